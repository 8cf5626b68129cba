"""Rules of the portal that are broken on purpose, to see that the tests notice."""
