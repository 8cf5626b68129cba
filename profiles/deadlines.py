"""By when something is done about a profile, and the moments that time alone decides. Rule: docs/rules.md, Profiles."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.core.calendar import end_of_day_utc
from cxc.core.days import today_in
from cxc.core.models.scheme import SchemeSettings
from cxc.core.moments import local_day
from cxc.workflow.batch import shared
from cxc.workflow.deadlines import Deadlines, days
from cxc.workflow.todo import Due

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def seat_date(partnership: Any, moment: datetime) -> date:
    """The local date of a moment at the Partnership's seat."""
    return today_in(partnership.seat, moment)


def zone_of(profile: Any) -> str:
    """The zone by whose days a profile is handled: of its Partnership's seat, or of the organisation before that."""
    country = profile.organisation.country if profile.partnership is None else profile.partnership.seat
    return str(country.time_zone)


def answer_day(profile: Any, deadlines: Deadlines) -> date | None:
    """By when a submitted profile is answered: some working days at the Partnership's seat."""
    if profile.submitted_at is None or profile.partnership is None:
        return None
    submitted_on = seat_date(profile.partnership, profile.submitted_at)
    count = deadlines.scheme.profile_answer_working_days
    return deadlines.after_working_days(submitted_on, count, profile.partnership.seat_id)


def _archive_day(profile: Any, deadlines: Deadlines) -> date:
    return local_day(profile.touched_at + days(deadlines.scheme.draft_archive_days), zone_of(profile))


def archive_warnings(scheme: SchemeSettings) -> Sequence[int]:
    """On which days before a draft is archived its holder is warned."""
    return [day - scheme.draft_archive_days for day in scheme.draft_warn_days]


ANSWERED = Due(
    answer_day, _("%(profile_answer_working_days)s working days (Partnership's seat) after it was submitted")
)
ARCHIVED = Due(_archive_day, _("%(draft_archive_days)s days after it was last touched: it is archived then"))


def interest_shown_at(profile: Any) -> datetime | None:
    """When its holder last showed interest; None while nobody is asked. Asks the database unless it was fetched."""
    row = getattr(profile, "last_interest", None)
    return None if row is None else row.shown_at


def interest_day(profile: Any, deadlines: Deadlines) -> date | None:
    """By when its holder says whether it is still interested; None while nobody is asked."""
    shown_at = interest_shown_at(profile)
    if shown_at is None:
        return None
    return local_day(shown_at + days(deadlines.scheme.interest_days), zone_of(profile))


def interest_reminders(scheme: SchemeSettings) -> Sequence[int]:
    """On which days before the answer is due a holder is asked whether it is still interested, and reminded."""
    return [-scheme.interest_answer_days, -scheme.interest_reminder_days]


INTEREST_ANSWERED = Due(interest_day, _("%(interest_answer_days)s days after it was asked"))


def interest_asked_from(profile: Any) -> datetime | None:
    """From when a holder is asked whether it is still interested; None while nobody is asked."""
    shown_at = interest_shown_at(profile)
    return None if shown_at is None else shown_at + days(shared("scheme", SchemeSettings.current).interest_ask_days)


def interest_asked_until(profile: Any) -> datetime | None:
    """Until when a holder is asked: then its period, or the participation, is over, and it meets nobody any more."""
    period = None if profile.available_to is None else end_of_day_utc(profile.available_to)
    return min((moment for moment in (period, participation_ends(profile)) if moment is not None), default=None)


def archived_from(profile: Any) -> datetime:
    """From when a draft that nobody touches is archived."""
    touched: datetime = profile.touched_at
    return touched + days(SchemeSettings.current().draft_archive_days)


def deleted_from(profile: Any) -> datetime | None:
    """From when an archived profile is deleted; None while it is not archived."""
    archived: datetime | None = profile.archived_at
    return archived + days(SchemeSettings.current().archived_purge_days) if archived else None


def participation_ends(profile: Any) -> datetime | None:
    """When its Partnership's participation in its generation ends; None where there is none."""
    participation = profile.participation
    return None if participation is None else end_of_day_utc(participation.last_day)


def profiles_taken_until(profile: Any) -> datetime:
    """Until when its Partnership takes profiles; without a Partnership: until when any does."""
    own = participation_ends(profile)
    if own is not None:
        return own
    last_day = profile.generation.last_day_for_profiles()
    return _LONG_AGO if last_day is None else end_of_day_utc(last_day)
