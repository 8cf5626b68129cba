"""Factories: each makes one record, through the services where there is one."""
