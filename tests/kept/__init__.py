"""Forms whose connection, tab or session is killed."""
