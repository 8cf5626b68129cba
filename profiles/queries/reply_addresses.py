"""Where answers to a message go: to the writer's Partnership, or to the Support Office."""

from cxc.access.scoped import PARTNERSHIP_SIDE_OF, Actor, Principal, Scoped, principals_on, sides_of
from cxc.core.models import SchemeSettings
from cxc.messaging.reply_addresses import ReplyAddress
from profiles.models import Partnership

NONE: ReplyAddress = ("", "")


def reply_address(thing: Scoped, actor: Actor) -> ReplyAddress:
    """The address and whose it is; for an organisation, that of the one Partnership on its side of the record."""
    if actor.principal is Principal.SUPPORT_OFFICE:
        address = SchemeSettings.current().support_office_email
        return (address, str(actor.label)) if address else NONE
    if actor.principal is Principal.PARTNERSHIP:
        return _of_partnerships({actor.principal_id or 0})
    sides = [PARTNERSHIP_SIDE_OF[side] for side in sides_of(actor, thing) if side in PARTNERSHIP_SIDE_OF]
    return _of_partnerships({pk for side in sides for pk in principals_on(thing, side)})


def _of_partnerships(ids: set[int]) -> ReplyAddress:
    """Of the one there is; of several the answer would reach one alone."""
    found = Partnership.objects.filter(pk__in=ids).exclude(email="").first() if len(ids) == 1 else None
    return NONE if found is None else (found.email, found.acronym)
