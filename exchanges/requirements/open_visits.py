"""What opening a visit to visitors requires. Rule: docs/open-visits.md, Publishing."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.workflow.fix import Fix
from cxc.workflow.requirements import Kind, TransitionContext, requirement
from exchanges import deadlines, fixes
from exchanges.enums import VisitState
from exchanges.rules.stay import working_dates
from profiles.enums import ProfileState


@requirement(
    gettext_lazy("The visit has not begun."),
    otherwise=gettext_lazy("Choose a visit that has not begun: it is too late for this one."),
    kind=Kind.TIMING,
    met_until=deadlines.visit_begins,
)
def not_begun(context: TransitionContext) -> bool:
    return context.now < deadlines.visit_begins(context.thing)


@requirement(
    gettext_lazy("The host profile is published, and its Partnership's participation is open."),
    otherwise=gettext_lazy("Have the host profile published with this modality, in a participation that is open."),
    fix=Fix(lambda context: fixes.host_taking_visitors(context.thing.host_profile)),
)
def host_takes_visitors(context: TransitionContext) -> object:
    host = context.thing.host_profile
    if host.state != ProfileState.PUBLISHED:
        return _("Have the host profile published first.")
    if host.is_over:
        return _("Choose later days in the host profile: its period ended on %(day)s.") % {
            "day": date_format(host.available_to)
        }
    participation = host.participation
    if participation is None or not participation.is_open(context.now.date()):
        return _("Ask the Support Office to extend the participation of %(partnership)s: it has ended.") % {
            "partnership": host.partnership
        }
    return bool(getattr(host, context.thing.modality)) or _(
        "Offer this modality in the host profile again, or close the visit to visitors."
    )


@requirement(
    gettext_lazy("The outline says what visitors can expect."),
    otherwise=gettext_lazy("Write in the outline what visitors can expect."),
    fix=Fix(lambda context: fixes.opening_of_visit(context.thing, "outline")),
)
def outline_given(context: TransitionContext) -> bool:
    return bool(context.thing.outline)


@requirement(
    gettext_lazy("The last day to ask is not past."),
    otherwise=gettext_lazy("Choose a last day to ask that is not past."),
    fix=Fix(lambda context: fixes.opening_of_visit(context.thing, "last_day_to_ask")),
    kind=Kind.TIMING,
    met_until=deadlines.requests_end,
)
def last_day_to_ask_not_past(context: TransitionContext) -> bool:
    end = deadlines.requests_end(context.thing)
    return end is None or context.now < end


@requirement(
    gettext_lazy("An open visit is long enough, and its last day to ask is before its first day."),
    otherwise=gettext_lazy("Make the visit long enough, and choose a last day to ask before its first day."),
    fix=Fix(
        lambda context: [
            *fixes.dates_of_visit(context.thing, "first_day"),
            *fixes.opening_of_visit(context.thing, "last_day_to_ask"),
        ]
    ),
)
def open_visit_dates_fit(context: TransitionContext) -> object:
    """Asked of every edit; a visit that is not open has nothing to fit."""
    visit = context.thing
    if visit.state != VisitState.OPEN:
        return True
    if visit.last_day_to_ask is None or visit.last_day_to_ask >= visit.first_day:
        return _("Choose a last day to ask that is before the first day, %(day)s.") % {
            "day": date_format(visit.first_day)
        }
    days = len(working_dates(visit.host_country.pk, visit.first_day, visit.last_day))
    least = visit.host_profile.generation.min_working_days
    return days >= least or _(
        "Make the visit longer: it has %(days)s working days, and an exchange needs at least %(least)s."
    ) % {
        "days": days,
        "least": least,
    }
