"""Profiles, and what their lists need."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from cxc import clock
from cxc.core.models.scheme import SchemeSettings
from cxc.workflow.transitions import StatefulQuerySet
from profiles.enums import ProfileState

if TYPE_CHECKING:
    from profiles.models.profile.transitions import Profile  # noqa: F401 - named in a string below


def days_until_dormant() -> int:
    """So many dates in UTC after that of its holder's last interest a profile is dormant.

    One more than the days to answer: where a holder is, its last day may end on the next date in UTC.
    """
    return SchemeSettings.current().interest_days + 2


def dormant_since() -> datetime:
    """Before this moment interest was shown last in a profile that is dormant today."""
    day = clock.today() - timedelta(days=days_until_dormant() - 1)
    return datetime.combine(day, time(), UTC)


class ProfileQuerySet(StatefulQuerySet["Profile"]):
    """Profiles, and which of them one may browse."""

    def published(self) -> "ProfileQuerySet":
        return self.filter(state=ProfileState.PUBLISHED)

    def available(self) -> "ProfileQuerySet":
        """Published, and the period is not over: those who can still meet somebody."""
        return self.published().filter(available_to__gte=clock.today())

    def dormant(self) -> "ProfileQuerySet":
        """Those whose holder has not answered in time whether it is still interested, by the date in UTC.

        Rule: docs/rules.md, Still interested.
        """
        return self.filter(last_interest__shown_at__lt=dormant_since())

    def not_dormant(self) -> "ProfileQuerySet":
        """Those whose holder has answered in time, or is not asked."""
        return self.exclude(last_interest__shown_at__lt=dormant_since())

    def with_display_relations(self) -> "ProfileQuerySet":
        """With what a row of a list shows, in a constant number of queries."""
        return self.select_related(
            "organisation__country", "organisation__sector", "organisation__cluster", "partnership", "generation"
        )

    def with_eligibility(self) -> "ProfileQuerySet":
        """With what tells whether the organisation may take part, in a constant number of queries."""
        return self.prefetch_related(
            "generation__countries", "organisation__cluster_requests", "organisation__exceptions"
        )
