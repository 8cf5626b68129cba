"""What is run at build time, not by the portal: each package is a program, `python -m tools.NAME`."""
