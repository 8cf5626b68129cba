"""Plans: requested, generated, edited by hand, submitted. Rule: the coordinator's bench."""
