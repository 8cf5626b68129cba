"""Which Partnership looks after a profile whose holder picks none, and why.

Rule: docs/rules.md, Profiles.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cxc import clock
from profiles.models import Country, Generation, Participation, Partnership, Profile, Sector


@dataclass(frozen=True)
class Assignment:
    """A Partnership with the reason for it, in words."""

    partnership: Partnership
    why: str


@dataclass(frozen=True)
class _Candidate:
    """What a Partnership has in common with a profile."""

    partnership: Partnership
    sectors: list[Sector]
    country: Country | None
    is_seat: bool

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Sector and country before sector before country; then a seat there, then the name."""
        return (
            -(2 * bool(self.sectors) + bool(self.country)),
            -len(self.sectors),
            not self.is_seat,
            self.partnership.acronym,
        )

    @property
    def why(self) -> str:
        if self.sectors and self.country:
            return _("It works in your sector %(sector)s and in %(country)s.") % {
                "sector": self.sectors[0],
                "country": self.country,
            }
        if self.sectors:
            return _("It works in your sector %(sector)s; none of those works in your country.") % {
                "sector": self.sectors[0]
            }
        if self.country:
            return _("It works in %(country)s; none works in your sector.") % {"country": self.country}
        return _("No Partnership names your sector or country: this is the first that still takes profiles.")


def open_participations(generation: Generation) -> "QuerySet[Participation]":
    """Participations of the generation that still take new profiles today."""
    return Participation.objects.filter(generation=generation, last_day__gte=clock.today()).select_related(
        "partnership__seat"
    )


def nearest_partnership(profile: Profile) -> Assignment | None:
    """The open Partnership nearest to the profile by sector and country; None where none is open.

    The sectors are the profile's own and the organisation's; a Partnership's country is one it names or its
    seat. Equal ones are taken by name, so that the answer is the same tomorrow.
    """
    sectors = {*profile.own_sectors.values_list("pk", flat=True), profile.organisation.sector_id} - {None}
    rows = open_participations(profile.generation).prefetch_related("partnership__sectors", "partnership__countries")
    candidates = [_candidate(row.partnership, sectors, profile.organisation.country) for row in rows]
    best = min(candidates, key=lambda candidate: candidate.sort_key, default=None)
    return Assignment(best.partnership, best.why) if best else None


def _candidate(partnership: Partnership, sectors: set[str | None], country: Country) -> _Candidate:
    is_seat = partnership.seat_id == country.pk
    is_there = is_seat or country in partnership.countries.all()
    shared = [sector for sector in partnership.sectors.all() if sector.pk in sectors]
    return _Candidate(partnership, shared, country if is_there else None, is_seat)
