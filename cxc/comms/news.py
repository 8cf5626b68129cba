"""Mails that follow a transition: each app lists its own in `news.py`. Rule: work done by itself.

One row of that list says after which transitions who is written to, and what. The mail is queued in the
transition's transaction, goes to everybody on these sides but the person who performed it, carries the
reason given, and is left out for what is recorded afterwards.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import models

from cxc.access.scoped import Side
from cxc.comms.outbox import queue_mail
from cxc.comms.recipients import people_on
from cxc.core.links import absolute, address_of
from cxc.workflow import registry
from cxc.workflow.next_links import next_link_of
from cxc.workflow.requirements import TransitionContext

TEMPLATE = "mail/news"
# After what performs further transitions, so that a mail tells how it stands in the end.
ORDER = 90

Words = Any | Callable[[TransitionContext], Any]


def tell(
    kind: str,
    *moves: str,
    to: tuple[Side, ...],
    subject: Any,
    words: Words = "",
    place: str = "",
    label: Callable[[Any], object] = str,
    to_next_step: bool = False,
) -> None:
    """Write to these sides after these transitions.

    subject  what happened; the thing's label follows it
    words    what it means for the reader, or what to do; a text, or made from the Ask
    place    the part of the thing's page where the link leads (an anchor)
    to_next_step: the link leads to the next step from the thing (`cxc.workflow.next_links`), where one is known
    """

    def follow(context: TransitionContext) -> None:
        if context.is_recorded:
            return
        values = {
            "title": subject,
            # Said when the mail is written, in its reader's language.
            "words": partial(words, context) if callable(words) else words,
            "label": partial(label, context.thing),
            "reason": context.reason,
            "by": context.actor.label if context.actor.user else "",
        }
        _queue(context, to, values, _link(context.thing, place, to_next_step=to_next_step))

    for name in moves:
        registry.after(kind, name, order=ORDER)(follow)


def _queue(context: TransitionContext, to: tuple[Side, ...], values: dict[str, Any], link: str) -> None:
    thing: models.Model = context.thing
    readers = [person for person in people_on(context.thing, *to) if person != context.actor.user]
    queue_mail(template=TEMPLATE, to=readers, context=values, about=thing, link=link)


def _link(thing: models.Model, place: str, *, to_next_step: bool) -> str:
    step = next_link_of(thing) if to_next_step else None
    return absolute(step.path) if step else address_of(thing, place)
