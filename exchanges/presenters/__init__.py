"""What pages show, worked out from models for one reader: no request, no response."""
