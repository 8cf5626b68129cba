"""Mails about signatures that follow no declaration: a signature that was declined, or passed to a colleague."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Actor, Side
from cxc.comms.outbox import queue_mail
from cxc.comms.recipients import Addressee, addressees_on
from cxc.core.links import absolute, address_of
from exchanges import links
from exchanges.enums import Party
from exchanges.models import DocumentVersion
from exchanges.models.documents.base import SignedPart
from profiles.models import User
from profiles.queries.principals import link_to_act_for

TEMPLATE = "mail/notification"


def declined(part: SignedPart, *, by: Actor, reason: str) -> None:
    """To all parties and to those who had signed: who has declined to sign it, and why."""
    exchange, version = part.exchange, part.current_version
    assert version is not None  # only a version that was made is signed
    signers = [
        Addressee(one.signer, Side(one.party), exchange.body_of(one.party).pk) for one in version.valid_signatures()
    ]
    parties = addressees_on(exchange, *(Side(party) for party in version.parties))
    queue_mail(
        template=TEMPLATE,
        to=[one for one in (*parties, *signers) if one.person != by.user],
        context={
            "title": gettext_lazy("A signature was declined"),
            "text": partial(_declined, by),
            "label": partial(str, version),
            "reason": reason,
            "by": by.label,
        },
        about=part,
        link=address_of(part),
    )


def _declined(by: Actor) -> str:
    return _(
        "%(person)s has declined to sign this document for %(body)s, so it was returned. The visitor and its"
        " Partnership change it and mark it ready again. Signatures that were given stay with their version."
    ) % {"person": by.user, "body": by.label}


def passed_on(version: DocumentVersion, party: Party, colleague: User, *, by: Actor) -> None:
    """To the colleague who is asked to sign, with one link that opens the document for the same body."""
    body = version.exchange.body_of(party)
    context: dict[str, Any] = {
        "title": gettext_lazy("You are asked to sign a document"),
        "text": partial(_passed_on, str(by.user), str(body)),
        "label": partial(str, version),
        "reason": "",
        "by": by.label,
    }
    queue_mail(
        template=TEMPLATE,
        to=[Addressee(colleague, Side(party), body.pk)],
        context=context,
        about=version.exchange,
        link=absolute(link_to_act_for(body, links.signing(version))),
    )


def _passed_on(person: str, body: str) -> str:
    return _("%(person)s asks you to read this document and to sign it for %(body)s.") % {
        "person": person,
        "body": body,
    }
