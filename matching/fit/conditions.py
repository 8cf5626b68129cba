"""Hard conditions: who may be shown at all to a profile that looks for a partner.

Published in the same generation with eligibility confirmed, both participations open, different
participating countries, not the same organisation, and at least one modality that both offer, in
which the pair has nothing open and the visitor is not used up; periods that overlap. It is what a
proposal requires (`matching.requirements`), and the period.
"""

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable

from cxc import clock
from matching.enums import OPEN_STATES
from matching.models import Match
from matching.used_up import is_used_up, used_up_profile
from profiles.enums import Modality, ProfileState
from profiles.models import Participation, Profile
from profiles.models.profile import ProfileQuerySet


def candidates(mine: Profile) -> ProfileQuerySet:
    """Whom this profile may propose to, each with `can_physical` and `can_virtual`.

    Their periods overlap; whether by enough days is asked where they are scored.
    """
    if not _may_look(mine):
        return Profile.objects.none()
    others = (
        Profile.objects.published()
        .exclude(kind=mine.kind)
        .exclude(organisation=mine.organisation_id)
        .exclude(organisation__country=mine.organisation.country_id)
        .filter(
            _participation_open(),
            generation=mine.generation_id,
            eligibility_confirmed_at__isnull=False,
            organisation__country__in=mine.generation.countries.values("pk"),
            available_from__lte=mine.available_to,
            available_to__gte=mine.available_from,
        )
    )
    physical = Q(physical=mine.physical) & Q(physical=True) & ~_open_pair(mine, Modality.PHYSICAL)
    virtual = Q(virtual=mine.virtual) & Q(virtual=True) & ~_open_pair(mine, Modality.VIRTUAL)
    return others.annotate(can_physical=_truth(physical & _visitor_left(mine)), can_virtual=_truth(virtual)).filter(
        Q(can_physical=True) | Q(can_virtual=True)
    )


def _may_look(mine: Profile) -> bool:
    """Whether anybody can be proposed to this profile at all."""
    participation = mine.participation
    return bool(
        mine.state == ProfileState.PUBLISHED
        and mine.eligibility_confirmed_at is not None
        and participation is not None
        and participation.is_open(clock.today())
        and mine.generation.countries.filter(pk=mine.organisation.country_id).exists()
    )


def _participation_open() -> Exists:
    return Exists(
        Participation.objects.filter(
            partnership=OuterRef("partnership"), generation=OuterRef("generation"), last_day__gte=clock.today()
        )
    )


def _open_pair(mine: Profile, modality: str) -> Exists:
    me, other = ("visiting_profile", "host_profile") if mine.is_visiting else ("host_profile", "visiting_profile")
    pairs = Match.objects.filter(modality=modality, state__in=OPEN_STATES)
    return Exists(pairs.filter(**{me: mine, other: OuterRef("pk")}))


def _visitor_left(mine: Profile) -> Q:
    """The visitor of the pair still has its physical exchange before it."""
    if not mine.is_visiting:
        return ~Q(used_up_profile())
    return Q(Value(not is_used_up(mine.organisation_id, mine.generation_id)))


def _truth(condition: Q | Combinable) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
