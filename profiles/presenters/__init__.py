"""What pages and files show, computed for one reader: no request, no response."""
