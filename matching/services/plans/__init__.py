"""Plans: asked for, made, edited by hand, sent. Rule: the coordinator's bench."""
