"""Mails: the outbox, their delivery, who gets them, and how somebody stops them."""
