"""What the moves of a question require."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from cxc.ground.models import SchemeSettings
from cxc.workflow.requirement import Ask, requirement


@requirement(_("A Partnership has the question; the Support Office has not got it yet."))
def is_with_the_partnership(ask: Ask) -> bool:
    return ask.thing.partnership_id is not None and not ask.thing.with_support_office


@requirement(_("The answer has stood for the number of days after which a question closes."))
def answered_long_ago(ask: Ask) -> bool:
    limit = timedelta(days=SchemeSettings.current().help_close_days)
    return bool(ask.thing.answered_at and ask.thing.answered_at + limit <= ask.now)


@requirement(_("The address was not confirmed for the number of days after which a question is dropped."))
def never_confirmed(ask: Ask) -> bool:
    limit = timedelta(days=SchemeSettings.current().help_confirm_days)
    return bool(ask.thing.asked_at + limit <= ask.now)
