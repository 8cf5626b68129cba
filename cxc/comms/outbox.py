"""The outbox: a mail is a row first, and is sent after the commit.

Rule: docs/rules.md, Work that the portal does by itself.

A mail's words are two small templates: `NAME.subject.txt` and `NAME.txt` (paragraphs). The layout
around them, greeting, link and footer, is `mail/base.txt` and `mail/base.html`; the HTML is made
from the same paragraphs, so that the two can't differ. `NAME.html` may say it in HTML of its own.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.db import models
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string

from cxc import clock
from cxc.access.scoped import ORGANISATION_SIDES, PARTNERSHIP_SIDES
from cxc.comms.models import Mail
from cxc.comms.recipients import Addressee
from cxc.comms.tasks import deliver_mails
from cxc.core import languages
from cxc.core.after_commit import after_commit, hand_over
from cxc.core.email_addresses import clean_address
from cxc.core.links import absolute, address_of
from cxc.workflow.requirements import LIVE, Timing

if TYPE_CHECKING:
    # The type checker reads it as the class of settings.AUTH_USER_MODEL.
    from django.contrib.auth.models import _User as User

_stored_only: ContextVar[bool] = ContextVar("mails are stored, not delivered", default=False)
_collected: ContextVar[list[Mail] | None] = ContextVar("mails written within a block", default=None)


@contextmanager
def stored_not_delivered() -> Iterator[None]:
    """Within the block mails are stored as sent and go to nobody: for loading the demo world."""
    token = _stored_only.set(True)
    try:
        yield
    finally:
        _stored_only.reset(token)


@contextmanager
def mails_collected() -> Iterator[list[Mail]]:
    """The list of the mails that are written within the block, each with its words as `body`."""
    collected: list[Mail] = []
    token = _collected.set(collected)
    try:
        yield collected
    finally:
        _collected.reset(token)


def queue_mail(
    *,
    template: str,
    to: Iterable["User | str | Addressee"],
    context: Mapping[str, Any] | None = None,
    about: models.Model | None = None,
    key: str | None = None,
    timing: Timing = LIVE,
    link: str = "",
    unsubscribe: str = "",
    reply_to: str = "",
    is_message: bool = False,
) -> list[Mail]:
    """Write a mail to each person (addressee, or address) into the outbox; it is sent once this transaction commits.

    template  'matching/mail/proposed'; it sees `context`, and `thing`, `recipient`, `link`. What is said in
              words is given lazily (gettext_lazy, or a function), so that each reads it in their language
    about     the thing it is about: named in the outbox, and where the link leads unless `link` says
    key       makes it go out once to each, whoever asks how often
    timing    nothing is written for what is recorded afterwards
    unsubscribe  the full address that stops such mails by one POST, for those that somebody asked for
    reply_to  an address at which answers are read; the mail says so
    is_message  a person wrote it: it is no mail that the portal sends by itself
    Returns the rows that were written now.
    """
    if timing.is_recorded:
        return []
    made = []
    for person, address, side in _distinct(to):
        values = {"reply_to": reply_to, **(context or {})}
        mail = _unsaved_mail(template, person, address, values, about, key, link)
        if mail is not None:
            _note_side(mail, side)
            mail.unsubscribe, mail.reply_to, mail.is_message = unsubscribe, reply_to, is_message
            made.append(mail)
    written = _write_once(made) if key else Mail.objects.bulk_create(made)
    waiting = [mail.pk for mail in written if mail.status == Mail.Status.DRAFT]
    if waiting:
        after_commit(_send_soon, waiting)
    if (collected := _collected.get()) is not None:
        collected += written
    return written


def _distinct(
    to: Iterable["User | str | Addressee"],
) -> Iterator[tuple["User | None", str, Addressee | None]]:
    """Each address once, with the side where that is known; nobody whose account is closed."""
    seen = set()
    for one in to:
        side = one if isinstance(one, Addressee) else None
        reader = one.person if isinstance(one, Addressee) else one
        person = None if isinstance(reader, str) else reader
        address = clean_address(reader if isinstance(reader, str) else reader.email)
        if person is not None and not person.is_active:
            continue
        if address not in seen:
            seen.add(address)
            yield person, address, side


def _note_side(mail: Mail, to: Addressee | None) -> None:
    """Store the reader's side and organisation or Partnership, which lists the mail on the page of the thing."""
    if to is not None:
        mail.to_side = to.side
        mail.to_organisation_id = to.principal_id if to.side in ORGANISATION_SIDES else None
        mail.to_partnership_id = to.principal_id if to.side in PARTNERSHIP_SIDES else None


def _unsaved_mail(
    template: str,
    person: "User | None",
    address: str,
    context: dict[str, Any],
    about: models.Model | None,
    key: str | None,
    link: str,
) -> Mail | None:
    """The row, not yet written; None where the key was used before."""
    full_key = _key(key, person, address)
    if full_key and Mail.objects.filter(key=full_key).exists():
        return None
    subject, body, text, html = _rendered(
        template, {"thing": about, **context, "recipient": person}, link or address_of(about)
    )
    row = Mail(
        key=full_key,
        to_address=address,
        to_user=person,
        subject=subject,
        text=text,
        html=html,
        about_kind=about._meta.label_lower if about is not None else "",
        about_id=about.pk if about is not None else None,
    )
    row.body = body
    if _stored_only.get():
        row.status, row.sent_at = Mail.Status.SENT, clock.now()
    return row


def _write_once(made: list[Mail]) -> list[Mail]:
    """Those whose key a parallel transaction has not used: the database lets one through and the other waits."""
    Mail.objects.bulk_create(made, ignore_conflicts=True)
    given = {mail.key: mail for mail in made}
    found = [
        mail
        for mail in Mail.objects.filter(key__in=given).order_by("pk")
        if mail.created_at == given[mail.key].created_at
    ]
    for mail in found:
        mail.body = given[mail.key].body
    return found


def _key(key: str | None, person: "User | None", address: str) -> str | None:
    if key is None:
        return None
    # An address is personal: the key holds what tells it apart, not itself.
    to = person.pk if person is not None else hashlib.sha256(address.encode()).hexdigest()[:32]
    full = f"{key}/{to}"
    return full if len(full) <= 200 else hashlib.sha256(full.encode()).hexdigest()


def _rendered(template: str, context: dict[str, Any], link: str) -> tuple[str, str, str, str]:
    """Subject, words alone, text and HTML, in the reader's language whatever the screen speaks that this comes from."""
    context |= {"link": link, "site": absolute("/")}
    with languages.speaking_to(context["recipient"]):
        subject = " ".join(_plain(f"{template}.subject.txt", context).split())[:250]
        body = _plain(f"{template}.txt", context).strip()
        mail_context = context | {"subject": subject, "body": body}
        try:
            inner: str = render_to_string(f"{template}.html", mail_context)
        except TemplateDoesNotExist:
            inner = ""
        html = render_to_string("mail/base.html", mail_context | {"inner": inner})
        return subject, body, _plain("mail/base.txt", mail_context).strip() + "\n", html


def _plain(name: str, context: dict[str, Any]) -> str:
    """A text template: nothing is escaped, for nothing reads it as HTML."""
    template: Any = get_template(name)
    return template.template.render(Context(context, autoescape=False))


def _send_soon(ids: list[int]) -> None:
    """Hand the rows to a worker; where there is none to be reached, the next tick finds them."""
    hand_over(deliver_mails, (ids,))
