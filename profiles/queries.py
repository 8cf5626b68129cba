"""Reads with two or more callers."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import Actor, Principal
from profiles.enums import ProfileState
from profiles.models import Generation, Organisation, Partnership, Profile


def open_generations() -> "QuerySet[Generation]":
    """Generations in which some Partnership takes profiles today."""
    return Generation.objects.filter(participations__last_day__gte=clock.today()).distinct()


def default_generation(among: Iterable[Generation]) -> Generation | None:
    """The generation that is meant where nobody names one: the one running today, else the next, else the last.

    Of several that run, the one that began last. None where there is none.
    """
    today = clock.today()
    in_order = sorted(among, key=lambda one: (one.first_day, one.pk))
    begun = [one for one in in_order if one.first_day <= today]
    running = [one for one in begun if one.last_day >= today]
    to_come = [one for one in in_order if one.first_day > today]
    if running or to_come:
        return running[-1] if running else to_come[0]
    return max(begun, key=lambda one: (one.last_day, one.pk), default=None)


def present_generation() -> Generation | None:
    """The generation that texts speak of: the default one of those that take profiles, else of all."""
    return default_generation(open_generations()) or default_generation(Generation.objects.all())


def acting_organisation(actor: Actor) -> Organisation | None:
    """The organisation that somebody acts for; None where they act for something else."""
    if actor.principal is not Principal.ORGANISATION:
        return None
    return Organisation.objects.filter(pk=actor.principal_id or 0).first()


def acting_partnership(actor: Actor) -> Partnership | None:
    """The Partnership that somebody acts for; None where they act for something else."""
    if actor.principal is not Principal.PARTNERSHIP:
        return None
    return Partnership.objects.filter(pk=actor.principal_id or 0).first()


def next_step(profile: Profile, actor: Actor) -> str:
    """What comes next for a profile, in the words of whoever looks at it. Asks the database nothing."""
    reviews = actor.principal in {Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE}
    if profile.state == ProfileState.SUBMITTED and reviews:
        return _("Review it: publish it, send it back or refuse it.")
    if profile.state == ProfileState.PUBLISHED and profile.eligibility_confirmed_at is None:
        return _("Its kind, country or cluster changed: the Partnership confirms eligibility anew.")
    if profile.state == ProfileState.PUBLISHED and profile.is_over:
        return _(
            "Its period ended on %(day)s, so it is in no list and nobody can be proposed to it. Edit it and choose"
            " later days, or archive it."
        ) % {"day": date_format(profile.available_to or clock.today())}
    return {
        ProfileState.DRAFT: _("Fill it in and submit it."),
        ProfileState.SUBMITTED: _("Its Partnership looks at it."),
        ProfileState.PUBLISHED: _("Find a match."),
        ProfileState.REFUSED: _("Read why it was refused; you can submit it again with a reason."),
        ProfileState.ARCHIVED: _("Bring it back, or copy it into a new generation."),
    }[ProfileState(profile.state)]


def last_open_day(generation: Generation) -> date | None:
    """The last local date on which a Partnership of the generation takes profiles; None where none does."""
    found: date | None = generation.participations.aggregate(last=Max("last_day"))["last"]
    return found if found and found >= clock.today() else None
