"""What `./portal` does: virtual environment, services, processes. Standard library only.

It runs before anything is installed, so nothing here imports from the environment it
builds; the exception says so at its top (`database`).
"""
