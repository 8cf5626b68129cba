"""Back-ups of the portal: database and files, made while it runs, restored where they fit. docs/backup.md."""
