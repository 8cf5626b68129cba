"""The requirements of a question's transitions."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from cxc.core.models import SchemeSettings
from cxc.workflow.requirements import TransitionContext, requirement


@requirement(
    _("A Partnership has the question; the Support Office has not got it yet."),
    otherwise=_("Wait for the Support Office: it has this question already."),
)
def is_with_the_partnership(context: TransitionContext) -> bool:
    return context.thing.partnership_id is not None and not context.thing.with_support_office


@requirement(
    _("The answer has stood for the number of days after which a question closes."),
    otherwise=_("Wait until the answer has stood for the number of days in the settings."),
)
def answered_long_ago(context: TransitionContext) -> bool:
    limit = timedelta(days=SchemeSettings.current().help_close_days)
    return bool(context.thing.answered_at and context.thing.answered_at + limit <= context.now)


@requirement(
    _("The address was not confirmed for the number of days after which a question is dropped."),
    otherwise=_("Wait until the days for confirming the address are over."),
)
def never_confirmed(context: TransitionContext) -> bool:
    limit = timedelta(days=SchemeSettings.current().help_confirm_days)
    return bool(context.thing.asked_at + limit <= context.now)
