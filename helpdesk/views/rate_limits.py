"""Rate limits in a form: the form says that it was too much, and what was typed stays in it."""

from django.forms import Form
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor
from helpdesk import rate_limits


def writer_of(actor: Actor) -> str:
    """By whom messages are counted."""
    return f"person-{actor.user.pk}" if actor.user is not None else ""


def is_within_limit(form: Form, writer: str) -> bool:
    """Counts one more message; where that is too many, the form says so and keeps what was typed."""
    if rate_limits.may_send(writer):
        return True
    form.add_error(None, _("Too many messages came from here. Please try again in an hour."))
    return False
