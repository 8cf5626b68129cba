"""Forms of visits, exchanges, documents and money."""
