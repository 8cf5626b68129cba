"""Site search: records, names, pages and actions found from anywhere, by the rules of access. docs/search.md."""
