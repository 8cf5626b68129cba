"""A portal on several machines, people who write, and what fails meanwhile."""
