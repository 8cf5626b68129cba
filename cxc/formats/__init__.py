"""How a language writes moments, where Django does it otherwise than Europeans are used to."""
