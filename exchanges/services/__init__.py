"""What is done with visits, exchanges, documents and money."""
