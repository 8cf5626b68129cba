"""What pages, lists and their files say of matches."""
