"""Who acts, on which side of a thing, and what that side may see and open."""
