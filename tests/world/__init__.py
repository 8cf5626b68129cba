"""A small scheme to test in, built through the services like anybody's."""
