"""What an exchange needs to be prepared and to be ready to start."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.ground.calendar import midnight
from cxc.ground.models import SchemeSettings
from cxc.ground.moves.asking import Ask, Kind, requirement
from exchanges.enums import COUNTING_STATES, ExchangeState, PartState
from exchanges.rules import figures_of, order_problem, stay_problem, visit_problem
from matching.enums import MatchState
from matching.models import Match
from profiles.enums import Modality
from profiles.rules import eligibility_problem


@requirement(gettext_lazy("Its match is confirmed."), place="match")
def match_confirmed(ask: Ask) -> bool:
    """Recorded afterwards, a match may have been completed by the time its exchange is entered."""
    return ask.thing.match.state in {MatchState.CONFIRMED, MatchState.COMPLETED}


@requirement(gettext_lazy("Its match is confirmed and has not been completed by an earlier exchange."), place="match")
def match_open(ask: Ask) -> bool:
    """A new exchange needs a match that holds; a completed one only goes on with the exchange it has."""
    return ask.thing.match.state == MatchState.CONFIRMED or (ask.is_recorded and match_confirmed.check(ask))


@requirement(gettext_lazy("The match has no other exchange."))
def only_exchange_of_match(ask: Ask) -> bool:
    exchange = ask.thing
    others = type(exchange).objects.filter(match_id=exchange.match_id).exclude(pk=exchange.pk)
    return not others.exclude(state=ExchangeState.CANCELLED).exists()


@requirement(gettext_lazy("The visit is at the same host profile and of the same modality."), place="visit")
def same_host_and_modality(ask: Ask) -> bool:
    visit, match = ask.thing.visit, ask.thing.match
    return (visit.host_profile_id, visit.modality) == (match.host_profile_id, match.modality)


@requirement(gettext_lazy("The visitor's Partnership's participation is open."), kind=Kind.TIMING)
def participation_open(ask: Ask) -> bool:
    participation = ask.thing.participation
    return participation is not None and participation.is_open(ask.now.date())


@requirement(gettext_lazy("The planned stay lies within the visit."), place="planned")
def planned_within_visit(ask: Ask) -> object:
    figures = figures_of(ask.thing, "planned")
    return not (problem := order_problem(figures) or visit_problem(ask.thing, figures)) or problem


@requirement(gettext_lazy("The host has a free place, where the place of this match was given back."), kind=Kind.TIMING)
def host_place_held(ask: Ask) -> object:
    """A place is given back when the last day has passed: an exchange moved to later days takes one anew.

    Counted under the lock on the host profile, which the mover holds.
    """
    exchange, today = ask.thing, ask.now.date()
    lapsed = exchange.match.place_until is not None and exchange.match.place_until < today
    if not lapsed or (exchange.end is not None and exchange.end < today):
        return True
    host = exchange.match.host_profile
    held = Match.objects.holding_a_place(host, today).exclude(pk=exchange.match_id).count()
    return held < host.places or _(
        "All %(places)s places of %(host)s are taken now, so the stay can't be that late."
    ) % {
        "places": host.places,
        "host": host.organisation,
    }


@requirement(gettext_lazy("Both organisations may take part in this generation."), place="match")
def both_eligible(ask: Ask) -> object:
    match = ask.thing.match
    profiles = (match.visiting_profile, match.host_profile)
    problems = [
        f"{profile.organisation}: {problem}"
        for profile in profiles
        if (problem := eligibility_problem(profile.organisation, profile.kind, profile.generation))
    ]
    return not problems or " ".join(problems)


@requirement(gettext_lazy("The two organisations are in different countries."), place="match")
def different_countries(ask: Ask) -> bool:
    match = ask.thing.match
    return bool(match.visiting_profile.organisation.country_id != match.host_profile.organisation.country_id)


@requirement(gettext_lazy("The type of exchange is chosen."), place="planned")
def type_chosen(ask: Ask) -> bool:
    return ask.thing.type_id is not None


@requirement(
    gettext_lazy("The planned stay is long enough, not too long, and within the visit and the generation."),
    place="planned",
)
def planned_stay_fits(ask: Ask) -> object:
    """At least 3 working days, at most a month, in the generation, within the visit's dates."""
    return not (problem := stay_problem(ask.thing, figures_of(ask.thing, "planned"))) or problem


@requirement(
    gettext_lazy("The agreed stay is long enough, not too long, and within the visit and the generation."),
    place="agreed",
)
def agreed_stay_fits(ask: Ask) -> object:
    return not (problem := stay_problem(ask.thing, figures_of(ask.thing, "agreed"))) or problem


@requirement(gettext_lazy("The visitor has no other physical exchange in this generation."), place="match")
def no_other_physical(ask: Ask) -> object:
    exchange = ask.thing
    if exchange.modality != Modality.PHYSICAL:
        return True
    others = (
        type(exchange)
        .objects.filter(
            organisation_id=exchange.organisation_id,
            generation_id=exchange.generation_id,
            modality=Modality.PHYSICAL,
            state__in=COUNTING_STATES,
        )
        .exclude(pk=exchange.pk)
    )
    return not others.exists() or _(
        "%(visitor)s already has a physical exchange in %(generation)s, and there is one only."
    ) % {"visitor": exchange.organisation, "generation": exchange.generation}


@requirement(gettext_lazy("The visit has a place left."), kind=Kind.TIMING, place="visit")
def visit_place_free(ask: Ask) -> object:
    """Counted under the lock on the visit, which the mover holds."""
    visit = ask.thing.visit
    taken = visit.exchanges.filter(state__in=COUNTING_STATES).exclude(pk=ask.thing.pk).count()
    limit = visit.places_in_force
    return taken < limit or _("All %(limit)s places of this visit are taken.") % {"limit": limit}


@requirement(gettext_lazy("The CTQ is validated and signed by all four parties."), kind=Kind.DOCUMENT, place="ctq")
def ctq_signed(ask: Ask) -> object:
    own, shared = ask.thing.own_part_or_none, ask.thing.visit.shared_part_or_none
    if own is None and ask.thing.is_recorded:
        return True
    if own is None or shared is None or shared.state != PartState.VALIDATED:
        return _("The shared part of the CTQ is not validated yet.")
    if own.state == PartState.SIGNED:
        return True
    if own.state != PartState.VALIDATED:
        return _("The own part of the CTQ is not validated yet.")
    return _("The CTQ still needs the signature of: %(who)s.") % {"who": ", ".join(own.missing_signature_labels())}


@requirement(
    gettext_lazy("The Financial Agreement is validated and signed by the visitor and its Partnership."),
    kind=Kind.DOCUMENT,
    place="fa",
)
def fa_signed(ask: Ask) -> object:
    if ask.thing.modality != Modality.PHYSICAL:
        return True
    agreement = ask.thing.agreement_or_none
    if agreement is None and ask.thing.is_recorded:
        return True
    if agreement is not None and agreement.state == PartState.SIGNED:
        return True
    if agreement is None or agreement.state != PartState.VALIDATED:
        return _("The Financial Agreement is not validated yet.")
    return _("The Financial Agreement still needs the signature of: %(who)s.") % {
        "who": ", ".join(agreement.missing_signature_labels())
    }


@requirement(gettext_lazy("The lump sum is not above the host country's ceiling."), place="fa")
def amount_within_ceiling(ask: Ask) -> object:
    exchange = ask.thing
    if exchange.modality != Modality.PHYSICAL or exchange.agreed_lump_sum is None:
        return True
    ceiling = exchange.ceiling
    if ceiling is None:
        return _("There is no lump sum ceiling for %(country)s on that day: ask the Support Office to enter one.") % {
            "country": exchange.host_country
        }
    return exchange.agreed_lump_sum <= ceiling or _(
        "The lump sum of %(amount)s EUR is above the ceiling of %(ceiling)s EUR."
    ) % {"amount": exchange.agreed_lump_sum, "ceiling": ceiling}


@requirement(gettext_lazy("A lump sum ceiling exists for the host country."), place="planned")
def ceiling_known(ask: Ask) -> object:
    exchange = ask.thing
    if exchange.modality != Modality.PHYSICAL or exchange.planned_start is None or exchange.ceiling is not None:
        return True
    return _("There is no lump sum ceiling for %(country)s on that day: ask the Support Office to enter one.") % {
        "country": exchange.host_country
    }


@requirement(gettext_lazy("The ceiling for this exchange is higher than the host country's."))
def ceiling_higher(ask: Ask) -> object:
    exchange = ask.thing
    known = exchange.country_ceiling()
    override = exchange.ceiling_override
    return (override is not None and override > (known or 0)) or _(
        "The ceiling of %(country)s is %(known)s EUR: enter a higher one."
    ) % {"country": exchange.host_country, "known": known}


@requirement(gettext_lazy("A new version of the Financial Agreement is being written."), place="fa")
def agreement_being_revised(ask: Ask) -> bool:
    agreement = ask.thing.agreement_or_none
    return (
        agreement is not None
        and agreement.is_support_office_version
        and agreement.state
        in {
            PartState.DRAFT,
            PartState.RETURNED,
        }
    )


@requirement(gettext_lazy("The sector of the exchange is entered."), place="agreed")
def sector_given(ask: Ask) -> bool:
    return ask.thing.sector_id is not None


@requirement(
    gettext_lazy("The agreed figures are entered: start, end, working days, and the lump sum of a physical exchange."),
    place="agreed",
)
def agreed_given(ask: Ask) -> bool:
    exchange = ask.thing
    dates = exchange.agreed_start and exchange.agreed_end and exchange.agreed_working_days is not None
    return bool(dates) and (exchange.modality != Modality.PHYSICAL or exchange.agreed_lump_sum is not None)


@requirement(gettext_lazy("The start is not past."), kind=Kind.TIMING, place="agreed")
def start_not_past(ask: Ask) -> object:
    start = ask.thing.agreed_start
    return (
        start is None
        or ask.now < midnight(start, ask.thing.visit.time_zone)
        or _("The start day, %(day)s, has begun.") % {"day": start}
    )


@requirement(gettext_lazy("The start is past."), kind=Kind.TIMING)
def start_past(ask: Ask) -> bool:
    return start_not_past.missing(ask) is not None


@requirement(gettext_lazy("CTQ and Financial Agreement were complete before the start."), kind=Kind.DOCUMENT)
def complete_before_start(ask: Ask) -> object:
    signed_at = ask.thing.documents_complete_at()
    start = midnight(ask.thing.agreed_start, ask.thing.visit.time_zone) if ask.thing.agreed_start else None
    return (signed_at is not None and start is not None and signed_at < start) or _(
        "CTQ and Financial Agreement were not complete before the start: ask the Support Office."
    )


@requirement(gettext_lazy("No request to cancel is open."), place="cancel")
def no_open_request(ask: Ask) -> bool:
    return ask.thing.cancel_asked_at is None


@requirement(gettext_lazy("A request to cancel is open."))
def request_open(ask: Ask) -> bool:
    return ask.thing.cancel_asked_at is not None


@requirement(gettext_lazy("The exchange has not started yet."), kind=Kind.TIMING)
def before_start(ask: Ask) -> bool:
    start = ask.thing.agreed_start or ask.thing.planned_start
    return start is None or ask.now < midnight(start, ask.thing.visit.time_zone)


@requirement(gettext_lazy("The start day has begun at the place of the visit."))
def start_reached(ask: Ask) -> bool:
    return ask.now >= midnight(ask.thing.agreed_start, ask.thing.visit.time_zone)


@requirement(gettext_lazy("It was cancelled only a few days ago."), kind=Kind.TIMING)
def cancelled_lately(ask: Ask) -> object:
    days = SchemeSettings.current().reopen_cancelled_days
    cancelled_at = ask.thing.cancelled_at
    return (cancelled_at is not None and ask.now <= cancelled_at + timedelta(days=days)) or _(
        "A Partnership can reopen it within %(days)s days; after that the Support Office can."
    ) % {"days": days}


# Planned figures are checked on the way to preparation, the agreed ones on the way to ready.
TO_PREPARE = (
    match_confirmed,
    both_eligible,
    different_countries,
    type_chosen,
    planned_stay_fits,
    ceiling_known,
    no_other_physical,
    visit_place_free,
)
TO_BE_READY = (
    match_confirmed,
    both_eligible,
    different_countries,
    type_chosen,
    agreed_given,
    agreed_stay_fits,
    no_other_physical,
    sector_given,
    amount_within_ceiling,
    ctq_signed,
    fa_signed,
    no_open_request,
)
