"""Queues the mails that transitions declare (`notify`), in the transaction of the transition.

A mail carries the reason that was given, and is left out for what is recorded afterwards.
"""

from functools import partial
from typing import Any

from django.apps import apps
from django.db import models

from cxc.comms.outbox import queue_mail
from cxc.comms.recipients import addressees_on
from cxc.core.links import absolute, address_of
from cxc.core.models.scheme import SchemeSettings
from cxc.workflow import StatefulModel, registry, transitions_of
from cxc.workflow.next_links import next_link_of
from cxc.workflow.notify import Notify
from cxc.workflow.requirements import TransitionContext
from cxc.workflow.todo import with_settings
from cxc.workflow.transitions import kind_of

TEMPLATE = "mail/notification"
# After whatever performs further transitions, so that a mail says how it stands in the end.
ORDER = 90


def register() -> None:
    """Follow every transition that declares a mail. Called once all models are loaded."""
    for model in apps.get_models():
        if issubclass(model, StatefulModel):
            for declared in transitions_of(model).values():
                for notify in declared.notify:
                    registry.after(kind_of(model), declared.name, order=ORDER)(partial(_queue, notify))


def _queue(notify: Notify, context: TransitionContext) -> None:
    if context.is_recorded:
        return
    thing: models.Model = context.thing
    text = notify.text
    values: dict[str, Any] = {
        "title": notify.subject,
        # Made when the mail is written, in its reader's language.
        "text": partial(text, context) if callable(text) else partial(with_settings, text, SchemeSettings.current()),
        "label": partial(notify.label, thing),
        "reason": context.reason,
        "by": context.actor.label if context.actor.user else "",
    }
    readers = [one for one in addressees_on(context.thing, *notify.to) if one.person != context.actor.user]
    queue_mail(template=TEMPLATE, to=readers, context=values, about=thing, link=_link(thing, notify))


def _link(thing: models.Model, notify: Notify) -> str:
    step = next_link_of(thing) if notify.to_next_step else None
    return absolute(step.path) if step else address_of(thing, notify.anchor)
