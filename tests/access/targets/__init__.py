"""What stands in each address, and what is sent to it: one list an app, read by `tests.access.targets.all`."""
