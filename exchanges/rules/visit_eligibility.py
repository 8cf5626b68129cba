"""Whether a visiting profile could come to an open visit, and the sentence why not.

What has to be looked up is asked in the query that fetches the rows (`exchanges.models.visit.eligibility`), so that a
list of any length takes the same number of queries; what the rows tell themselves is read here. It says what a
proposal requires (`matching.requirements.proposals`), and that enough days of the visit lie in the visitor's period.
Rule: docs/open-visits.md, Who can come.
"""

from datetime import UTC, date, datetime
from typing import Any, Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc import clock
from cxc.core.calendar import end_of_day_utc
from cxc.core.languages import in_sentence
from cxc.workflow.deadlines import Deadlines
from exchanges.enums import VisitState
from profiles.enums import Modality, ProfileState
from profiles.models import Profile

# At this moment (UTC) nothing is past yet.
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


class Visit(Protocol):
    """What is read of an open visit."""

    @property
    def state(self) -> str: ...
    @property
    def modality(self) -> str: ...
    @property
    def host_profile(self) -> Profile: ...
    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date: ...
    @property
    def last_day_to_ask(self) -> date | None: ...
    @property
    def time_zone(self) -> str: ...
    def has_begun(self, now: datetime, /) -> bool: ...
    def midnight_of(self, day: date, /) -> datetime: ...
    def get_modality_display(self) -> str: ...


def days_in_common(visitor: Profile, visit: Visit, deadlines: Deadlines) -> int:
    """Working days of the visit on which the visitor is free, by the host country's calendar."""
    if visitor.available_from is None or visitor.available_to is None:
        return 0
    first, last = max(visit.first_day, visitor.available_from), min(visit.last_day, visitor.available_to)
    country = visit.host_profile.organisation.country_id
    return deadlines.working_days(first, last, country) if first <= last else 0


def problem(visitor: Profile, visit: Visit, known: Any, deadlines: Deadlines) -> str:
    """The first thing that keeps this visitor from coming; '' when nothing does. `known` carries the facts."""
    return _problem_at(deadlines.now, visitor, visit, known, deadlines)


def lasting_problem(visitor: Profile, visit: Visit, known: Any, deadlines: Deadlines) -> str:
    """The same without what time alone brings about: `possible_until` says when that is."""
    return _problem_at(BEFORE_ALL, visitor, visit, known, deadlines)


def possible_until(visitor: Profile, visit: Visit, known: Any) -> datetime:
    """The moment (UTC) from which time keeps this visitor from coming.

    When the visit begins, or the last day of a profile or of a participation is over in UTC.
    """
    participations = (known.host_participates_until, known.visitor_participates_until)
    days = (visit.host_profile.available_to, visitor.available_to, *participations)
    return min(visit.midnight_of(visit.first_day), *(end_of_day_utc(day) for day in days if day is not None))


def _is_over(day: date | None, now: datetime) -> bool:
    return day is not None and end_of_day_utc(day) <= now


def _problem_at(now: datetime, visitor: Profile, visit: Visit, known: Any, deadlines: Deadlines) -> str:
    return (
        visit_problem(visit, known, now)
        or _visitor_problem(visitor, visit, known, now)
        or _pair_problem(visitor, visit, known)
        or _dates_problem(visitor, visit, deadlines)
    )


def request_problem(visit: Visit) -> str:
    """Why nobody can ask any more, though a place may still be offered; '' while one may."""
    until = visit.last_day_to_ask
    return last_day_was(visit) if until is not None and until < clock.today(visit.time_zone) else ""


def last_day_was(visit: Visit) -> str:
    """What to say of a last day to ask that is past."""
    return _("Look for another open visit: the last day to ask was %(day)s.") % {
        "day": date_format(visit.last_day_to_ask or visit.first_day)
    }


def visit_problem(visit: Visit, known: Any, now: datetime) -> str:
    """What keeps everybody from coming, whoever they are; of the facts `host_participates_until` is read."""
    host = visit.host_profile
    if visit.state != VisitState.OPEN:
        return _("Look for another open visit: this one is not open to visitors any more.")
    if visit.has_begun(now):
        return _("Look for another open visit: this one has begun.")
    if host.state != ProfileState.PUBLISHED or host.eligibility_confirmed_at is None:
        return _("Look for another open visit: the profile of %(host)s is not published at the moment.") % {
            "host": host.organisation
        }
    if _is_over(host.available_to, now):
        return _period_over(host)
    if not _participates(known.host_participates_until, now):
        return _("Ask the Support Office to extend the participation of %(partnership)s: it has ended.") % {
            "partnership": host.partnership
        }
    return (
        ""
        if getattr(host, visit.modality)
        else _("Look for another open visit: the host does not offer this modality any more.")
    )


def _participates(until: date | None, now: datetime) -> bool:
    return until is not None and not _is_over(until, now)


def _period_over(profile: Profile) -> str:
    return _("The period of %(who)s's profile ended on %(day)s.") % {
        "who": profile.organisation,
        "day": date_format(profile.available_to or clock.today()),
    }


def _visitor_problem(visitor: Profile, visit: Visit, known: Any, now: datetime) -> str:
    who = visitor.organisation
    if visitor.state != ProfileState.PUBLISHED:
        return _("Publish the profile of %(who)s first.") % {"who": who}
    if _is_over(visitor.available_to, now):
        return _period_over(visitor)
    if visitor.eligibility_confirmed_at is None:
        return _("The Partnership has to confirm the eligibility of %(who)s first.") % {"who": who}
    if not _participates(known.visitor_participates_until, now):
        return _("Ask the Support Office to extend the participation of %(partnership)s: it has ended.") % {
            "partnership": visitor.partnership
        }
    if not getattr(visitor, visit.modality):
        wish = in_sentence(visit.get_modality_display())
        return _("Add %(modality)s exchanges to the profile of %(who)s, or look for another open visit.") % {
            "who": who,
            "modality": wish,
        }
    if visit.modality == Modality.PHYSICAL and known.is_used_up:
        return _("Look for a virtual visit: %(who)s has its physical exchange of this generation already.") % {
            "who": who
        }
    return ""


def _pair_problem(visitor: Profile, visit: Visit, known: Any) -> str:
    host, who = visit.host_profile, visitor.organisation
    if host.organisation_id == who.pk:
        return _("Look for another open visit: this one is at the visitor's own organisation.")
    if host.generation_id != visitor.generation_id:
        return _("Look for another open visit: this one belongs to another generation.")
    if host.organisation.country_id == who.country_id:
        return _(
            "Look for an open visit in another country: both are in %(country)s, and an exchange crosses a border."
        ) % {"country": who.country}
    if not (known.visitor_country_takes_part and known.host_country_takes_part):
        return _("Look for another open visit: one of the two countries does not take part in this generation.")
    if known.pair_has_open_match:
        return _("Go on with the open match that the two have already.")
    if known.is_matched_elsewhere:
        return _("Wait until the other confirmed match of %(who)s has ended.") % {"who": who}
    return ""


def _dates_problem(visitor: Profile, visit: Visit, deadlines: Deadlines) -> str:
    free, least = days_in_common(visitor, visit, deadlines), visitor.generation.min_working_days
    if free >= least:
        return ""
    return _(
        "Look for another open visit, or choose a longer period in the profile of %(who)s: it is free on"
        " %(days)s working days of this visit, and at least %(least)s are needed."
    ) % {
        "who": visitor.organisation,
        "days": free,
        "least": least,
    }
