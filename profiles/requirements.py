"""The requirements of a profile's transitions. Rule: docs/rules.md, Profiles."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cxc.access.scoped import Side
from cxc.core.calendar import weekdays
from cxc.workflow.fix import Fix
from cxc.workflow.fix_options import by_transitions
from cxc.workflow.requirements import Kind, Reads, TransitionContext, requirement
from cxc.workflow.todo import Todo
from profiles import deadlines, fixes, links
from profiles.enums import ProfileState
from profiles.postal import missing_address_fields
from profiles.rules import eligibility_problem

# What a profile says before it is submitted, with the name under which a person knows it.
_REQUIRED_FIELDS = {
    "working_days": gettext_lazy("the working days"),
    "available_from": gettext_lazy("the first possible day"),
    "available_to": gettext_lazy("the last possible day"),
    "languages": gettext_lazy("a language"),
    "motivation": gettext_lazy("the motivation"),
    "description": gettext_lazy("the description"),
}

_CORRECT_IDENTITY = Todo(
    "correct_identity",
    (Side.PARTNERSHIP, Side.SO),
    gettext_lazy(
        "Have the organisation's kind, country or cluster corrected, or unpublish the profile: the organisation can no"
        " longer take part"
    ),
    anchor="transitions",
    conflict=lambda profile: profile.organisation_id,
)
_PERIOD = by_transitions(*fixes.EDITS, page=links.period)


@requirement(
    gettext_lazy("The Partnership's participation in this generation is still open."),
    otherwise=gettext_lazy("Copy the profile into a new generation: the participation in this one has ended."),
    kind=Kind.TIMING,
    fix=Fix(lambda context: fixes.participation_options(context.thing)),
    met_until=deadlines.profiles_taken_until,
)
def participation_open(context: TransitionContext) -> object:
    """After a Partnership's last day: no new profile."""
    return context.now < deadlines.profiles_taken_until(context.thing) or _participation_problem(context.thing)


def _participation_problem(profile: Any) -> str:
    participation = profile.participation
    if participation is None:
        return _("Choose another generation: no Partnership takes profiles in %(generation)s now.") % {
            "generation": profile.generation
        }
    return _(
        "Copy the profile into a new generation: the participation of %(partnership)s in this one ended on %(day)s."
    ) % {"partnership": participation.partnership, "day": date_format(participation.last_day)}


@requirement(
    gettext_lazy("A Partnership looks after the profile."),
    otherwise=gettext_lazy("Choose a Partnership that takes part in this generation."),
    fix=by_transitions("choose_partnership", "reassign", page=links.choice_of_partnership),
)
def partnership_takes_part(context: TransitionContext) -> bool:
    return context.thing.participation is not None


@requirement(
    gettext_lazy("The profile is filled in."),
    otherwise=gettext_lazy("Fill in the fields of the profile that are still empty."),
    fix=by_transitions(*fixes.EDITS, page=links.first_gap_of),
)
def complete(context: TransitionContext) -> object:
    found = missing_fields(context.thing)
    return not found or _("Fill in what is missing: %(what)s.") % {"what": ", ".join(found.values())}


def missing_fields(profile: Any) -> dict[str, str]:
    """The fields that a profile has to have before it is submitted and has not, with their names for a person."""
    found = {name: str(label) for name, label in _REQUIRED_FIELDS.items() if not getattr(profile, name)}
    if not profile.physical and not profile.virtual:
        found["physical"] = _("physical, virtual or both")
    if profile.pk and not profile.types.exists():
        found["types"] = _("a type of exchange")
    return found


@requirement(
    gettext_lazy("The organisation's street, postal code, city and registration number are stated."),
    otherwise=gettext_lazy("Enter the street, postal code, city and registration number of your organisation."),
    kind=Kind.DOCUMENT,
    fix=Fix(lambda context: fixes.address_options(context.thing.organisation)),
)
def address_stated(context: TransitionContext) -> object:
    """Contracts print them. Rule: docs/rules.md, Organisations and Partnerships."""
    missing = missing_address_fields(context.thing.organisation)
    return not missing or _("Enter what contracts print of your organisation: %(what)s.") % {
        "what": ", ".join(missing.values())
    }


@requirement(
    gettext_lazy("The first possible day is not after the last."),
    otherwise=gettext_lazy("Choose a first possible day that is not after the last."),
    fix=_PERIOD,
)
def period_in_order(context: TransitionContext) -> bool:
    first, last = context.thing.available_from, context.thing.available_to
    return not (first and last) or first <= last


@requirement(
    gettext_lazy("The period still holds the working days asked for."),
    otherwise=gettext_lazy("Choose a longer or later period, or ask for fewer working days."),
    kind=Kind.TIMING,
    fix=_PERIOD,
)
def period_holds_days(context: TransitionContext) -> object:
    """Weekdays from today on: which holidays count is known when the host country is."""
    profile, today = context.thing, context.now.date()
    first, last = profile.available_from, profile.available_to
    if not (first and last):
        return True
    if last < today:
        return _("The period ended on %(day)s: choose later days.") % {"day": date_format(last)}
    left, wanted_days = weekdays(max(first, today), last), profile.working_days or 1
    return left >= wanted_days or ngettext(
        "From %(first)s to %(last)s there is %(left)s weekday, fewer than the %(asked)s working days asked for:"
        " choose a longer period, or ask for fewer working days.",
        "From %(first)s to %(last)s there are %(left)s weekdays, fewer than the %(asked)s working days asked for:"
        " choose a longer period, or ask for fewer working days.",
        left,
    ) % {"first": date_format(max(first, today)), "last": date_format(last), "left": left, "asked": wanted_days}


@requirement(
    gettext_lazy("A new period still holds the working days asked for."),
    otherwise=gettext_lazy("Choose a longer or later period, or ask for fewer working days."),
    kind=Kind.TIMING,
    fix=_PERIOD,
    reads=Reads.INPUT,
)
def new_period_holds_days(context: TransitionContext) -> object:
    """Asked of an edit of the period only: a text can be mended when the period is over."""
    changed = context.facts.get("fields", {}).keys() & {"available_from", "available_to", "working_days"}
    return not changed or period_holds_days.check(context)


@requirement(
    gettext_lazy("The organisation may take part in this generation."),
    otherwise=gettext_lazy("Correct the organisation's kind, country or cluster: as it is, it can't take part."),
    fix=by_transitions("change_identity", page=links.identity_of, todo=_CORRECT_IDENTITY),
)
def eligible(context: TransitionContext) -> object:
    profile = context.thing
    return not (problem := eligibility_problem(profile.organisation, profile.kind, profile.generation)) or problem


@requirement(
    gettext_lazy("The organisation may still take part."),
    otherwise=gettext_lazy("Choose a kind, country and cluster with which the organisation may take part."),
    fix=by_transitions("change_identity", page=links.identity_of),
)
def eligible_when_shown(context: TransitionContext) -> object:
    """What submitting and publishing required stays required; a draft may be anything."""
    return context.thing.state in {ProfileState.DRAFT, ProfileState.REFUSED} or eligible.check(context)


@requirement(
    gettext_lazy("The holder declares that the organisation may take part."),
    otherwise=gettext_lazy("Declare that the organisation may take part."),
    fix=by_transitions(*fixes.EDITS, page=links.declaration),
)
def declared(context: TransitionContext) -> bool:
    return bool(context.thing.eligibility_declared)


@requirement(
    gettext_lazy(
        "Nobody decides on a profile of an organisation they belong to: another coordinator or the Support Office does."
    ),
    otherwise=gettext_lazy(
        "Leave the decision to another coordinator or to the Support Office: you belong to this organisation."
    ),
    reads=Reads.ACTOR,
)
def not_own_organisation(context: TransitionContext) -> bool:
    return context.thing.organisation_id not in context.actor.organisations


@requirement(
    gettext_lazy("Untouched for the number of days after which drafts are archived."),
    otherwise=gettext_lazy("Wait until nobody has touched the draft for the number of days in the settings."),
    met_from=deadlines.archived_from,
)
def stale(context: TransitionContext) -> bool:
    return deadlines.archived_from(context.thing) <= context.now


@requirement(
    gettext_lazy(
        "Nobody of the organisation has done anything with the profile for the number of days in the settings, and"
        " neither its period nor the participation is over."
    ),
    otherwise=gettext_lazy("Wait until the holder is asked whether it is still interested."),
    met_from=deadlines.interest_asked_from,
    met_until=deadlines.interest_asked_until,
)
def interest_asked(context: TransitionContext) -> bool:
    """Rule: docs/rules.md, Still interested."""
    first = deadlines.interest_asked_from(context.thing)
    if first is None or context.now < first:
        return False
    end = deadlines.interest_asked_until(context.thing)
    return end is None or context.now < end


@requirement(
    gettext_lazy("The Partnership's participation has ended."),
    otherwise=gettext_lazy("Wait until the Partnership's participation has ended."),
    met_from=deadlines.participation_ends,
)
def participation_over(context: TransitionContext) -> bool:
    ends = deadlines.participation_ends(context.thing)
    return ends is not None and ends <= context.now


@requirement(
    gettext_lazy("The profile was never submitted."),
    otherwise=gettext_lazy("Leave the profile in the archive: it was submitted once, so it is not deleted."),
)
def never_submitted(context: TransitionContext) -> bool:
    return context.thing.first_submitted_at is None


@requirement(
    gettext_lazy("Archived for the number of days after which it is deleted."),
    otherwise=gettext_lazy("Wait until the profile has been archived for the number of days in the settings."),
    met_from=deadlines.deleted_from,
)
def archived_long_enough(context: TransitionContext) -> bool:
    moment = deadlines.deleted_from(context.thing)
    return moment is not None and moment <= context.now
