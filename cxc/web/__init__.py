"""What all screens share: forms and their drafts, lists, menu, components, middleware."""
