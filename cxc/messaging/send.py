"""Sends one message about one record: stored with its parties, and a mail for each reader alone."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from cxc.access.principal_names import principal_names
from cxc.access.scoped import ORGANISATION_SIDES, Actor, Principal, Side
from cxc.bulk.actions import BulkInput
from cxc.comms.outbox import queue_mail
from cxc.comms.recipients import Addressee, addressees_of
from cxc.core.languages import in_the_portals_language
from cxc.core.refusals import Refused
from cxc.messaging.forms import chosen_people
from cxc.messaging.limits import check_limit
from cxc.messaging.models import MOST_CHARACTERS, Message, MessageParty
from cxc.messaging.placeholders import fill, has_placeholders
from cxc.messaging.reply_addresses import reply_address
from cxc.messaging.subjects import MessageSubject, own_sides, principals_to_write_to, sides_on
from cxc.workflow import NotAllowed
from cxc.workflow.transitions import kind_of

TEMPLATE = "mail/message"


def send_message(subject: MessageSubject, thing: Any, actor: Actor, entered: BulkInput) -> Message:
    """Store the message and queue its mails. A reader gets the same text once in a run, on however many records.

    NotAllowed where the actor may write to nobody there, Refused where nobody chosen can be reached, or where it
    would be too many mails.
    """
    assert actor.user is not None
    # One message of a person after the other, so that two workers count the same mails.
    get_user_model().objects.select_for_update(no_key=True).get(pk=actor.user.pk)
    readers = _readers(subject, thing, actor, entered.values["to"])
    title, text = (_filled(subject, thing, entered.values[name]) for name in ("subject", "text"))
    message = _store(thing, actor, title, text)
    MessageParty.objects.bulk_create(
        [_writer(subject, message, thing, actor), *_reader_parties(message, readers, entered.values["to"])]
    )
    message.mails_count = _queue_mails(message, thing, actor, readers, entered)
    check_limit(message.written_by, message.mails_count)
    message.save(update_fields=["mails_count"])
    return message


def _readers(subject: MessageSubject, thing: Any, actor: Actor, chosen: list[str]) -> list[Addressee]:
    """Who is written to: all who may write on the chosen sides, and the chosen people; not the writer."""
    allowed = sides_on(subject, thing, actor)
    if not allowed:
        raise NotAllowed(_("You may not write to anybody about this."))
    principals = {side: principals_to_write_to(subject, thing, side, actor) for side in allowed if str(side) in chosen}
    people = chosen_people(chosen)
    single = [one for one in subject.members(thing) if one.person.pk in people] if people else []
    found = [one for one in (*addressees_of(principals), *single) if one.person != actor.user]
    if not found:
        raise Refused(_("Choose other readers: nobody there can be reached by mail."))
    return found


def _filled(subject: MessageSubject, thing: Any, text: str) -> str:
    filled = fill(text, {name: partial(one.value, thing) for name, one in subject.placeholders.items()})
    if len(filled) > MOST_CHARACTERS:
        raise Refused(_("Shorten the message: with its values it is too long."))
    return filled


def _store(thing: Any, actor: Actor, title: str, text: str) -> Message:
    assert actor.user is not None
    return Message.objects.create(
        about_kind=kind_of(thing),
        about_id=thing.pk,
        about_label=_label(thing),
        written_by_id=actor.user.pk,
        subject=title[:250],
        text=text,
    )


@in_the_portals_language
def _label(thing: Any) -> str:
    return str(thing)[:300]


def _reader_parties(message: Message, readers: Iterable[Addressee], chosen: list[str]) -> Iterable[MessageParty]:
    """Those that are written to, by value; a person only where not the whole side was chosen."""
    named = principal_names((_principal(one.side), one.principal_id) for one in readers if one.principal_id)
    found = {}
    for one in readers:
        person = None if str(one.side) in chosen else one.person.pk
        label = named.get((str(_principal(one.side)), one.principal_id or 0), str(one.side.label))
        found[one.side, one.principal_id, person] = _party(message, one.side, one.principal_id, label, person)
    return found.values()


def _principal(side: Side) -> Principal:
    return Principal.ORGANISATION if side in ORGANISATION_SIDES else Principal.PARTNERSHIP


def _party(message: Message, side: Side, principal_id: int | None, label: str, person: int | None) -> MessageParty:
    is_organisation = side in ORGANISATION_SIDES
    return MessageParty(
        message=message,
        side=side,
        organisation_id=principal_id if is_organisation else None,
        partnership_id=None if is_organisation else principal_id,
        label=label[:300],
        person_id=person,
    )


@in_the_portals_language
def _writer(subject: MessageSubject, message: Message, thing: Any, actor: Actor) -> MessageParty:
    side = own_sides(subject, thing, actor)[0]
    principal_id = None if side == Side.SO else actor.principal_id
    party = _party(message, side, principal_id, str(actor.label), None)
    party.is_writer = True
    return party


def _queue_mails(message: Message, thing: Any, actor: Actor, readers: Iterable[Addressee], entered: BulkInput) -> int:
    address, whose = reply_address(thing, actor)
    written = queue_mail(
        template=TEMPLATE,
        to=readers,
        about=thing,
        key=_key(message, entered),
        context={
            "title": message.subject,
            "text": message.text,
            "by": partial(_name_of, actor),
            "label": partial(str, thing) if entered.is_single or _differs(entered.values) else "",
            "answers_to": whose,
            "answers_on_page": not address,
        },
        reply_to=address,
        is_message=True,
    )
    return len(written)


def _name_of(actor: Actor) -> str:
    """Person and principal; never an address, which `str` of a person without a name is."""
    name = actor.user.full_name if actor.user is not None else ""
    return f"{name}, {actor.label}" if name else str(actor.label)


def _differs(values: Mapping[str, Any]) -> bool:
    return has_placeholders(values["subject"]) or has_placeholders(values["text"])


def _key(message: Message, entered: BulkInput) -> str:
    """The same text of one run goes out once to each reader."""
    digest = hashlib.sha256(f"{message.subject}\n{message.text}".encode()).hexdigest()[:32]
    return f"message:{entered.run_id}:{digest}"
