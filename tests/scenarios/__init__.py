"""Scenarios: records led along their lifecycles through the services, each step a transition."""
