"""Questions and the messages in which they are answered."""

from helpdesk.models.messages import HelpMessage
from helpdesk.models.requests import HelpRequest

__all__ = ["HelpMessage", "HelpRequest"]
