"""Hard conditions: who may be shown to a profile at all. They are what a proposal requires, the period, the places, and
what either side demands; they never trade against the score. Rule: docs/matching.md, Who is shown at all.

Each is one expression in SQL over `m`, the row of the profile that looks, and `o`, another's: the ranking asks all of
them, "why is X not in my list" each of them. `can_physical` and `can_virtual` are in the query: both offer it, nothing
is open between the two in it, and (physical) the visitor is not used up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from matching.enums import CAN_BE_MUST, Criterion


@dataclass(frozen=True)
class Condition:
    """One hard condition.

    removes  whom it removes, for "12 are ..."
    why      what stands between the two, to the one who looks
    relax    what the one who looks can do about it; empty where nothing
    """

    name: str
    sql: str
    removes: Any
    why: Any
    relax: Any = ""


def all_of(conditions: Iterable[Condition]) -> str:
    """The conditions as one expression."""
    return " AND ".join(f"({condition.sql})" for condition in conditions)


def _weekdays(first: str, last: str) -> str:
    """Weekdays from the first to the last day, both included, in SQL. 3 January 2000 was a Monday."""
    until, before = f"({last} - date '2000-01-03')", f"({first} - date '2000-01-03')"
    return f"{until} / 7 * 5 + least({until} %% 7 + 1, 5) - {before} / 7 * 5 - least({before} %% 7, 5)"


_FIRST, _LAST = "greatest(m.begins, o.begins)", "least(m.last, o.last)"
_LONG_ENOUGH = (
    f"{_FIRST} <= {_LAST} AND {_weekdays(_FIRST, _LAST)} >="
    " CASE WHEN m.visiting THEN m.working_days ELSE o.working_days END"
)


def _free(row: str) -> str:
    day = f"(%(moment)s AT TIME ZONE {row}.time_zone)::date"
    return f"{row}.visiting OR {row}.full_until IS NULL OR {row}.full_until < {day}"


_WIDENING = _("Widen your period, or ask for fewer working days.")

COMMON = (
    Condition(
        "other_organisation",
        "o.organisation_id <> m.organisation_id",
        _("are of your own organisation"),
        _("It is a profile of your own organisation."),
    ),
    Condition(
        "other_country",
        "o.country <> m.country",
        _("are in your own country"),
        _("Both are in the same country: an exchange crosses a border."),
    ),
    Condition(
        "takes_part",
        "m.takes_part AND o.takes_part",
        _("are in a country that does not take part"),
        _("One of the two countries does not take part in this generation."),
    ),
    Condition(
        "eligible",
        "m.eligible AND o.eligible",
        _("wait for their eligibility to be confirmed"),
        _("The eligibility of one of the two is not confirmed at the moment: its Partnership has to confirm it."),
    ),
    Condition(
        "participations_open",
        "m.open_until >= %(today)s AND o.open_until >= %(today)s",
        _("are with a Partnership whose participation has ended"),
        _("The participation of one of the two Partnerships has ended."),
    ),
    Condition(
        "period_not_over",
        "m.last >= %(today)s AND o.last >= %(today)s",
        _("have a period that is over"),
        _("The period of one of the two profiles is over: later days have to be chosen first."),
        _("If it is your own period that is over, edit your profile and choose later days."),
    ),
    Condition(
        "interested",
        "o.dormant_from > %(today)s",
        _("have not answered whether they are still interested"),
        _(
            "It has not confirmed that it is still interested. It is shown again once its holder confirms that, edits"
            " the profile, or makes or answers a proposal."
        ),
        _("You can still propose to it from the catalogue."),
    ),
    Condition(
        "modality",
        "o.can_physical OR o.can_virtual",
        _("have no way of meeting in common with you, are in a match with you already, or have had their exchange"),
        _(
            "There is no way of meeting left: both must offer it, nothing may be open between the two in it, and the"
            " visitor may not have had its physical exchange."
        ),
        _("Open your profile to virtual exchanges, or look at your matches."),
    ),
    Condition(
        "long_enough",
        _LONG_ENOUGH,
        _("are not free for enough working days in your period"),
        _("The days from today on which both are free do not hold the working days that the visitor asks for."),
        _WIDENING,
    ),
    Condition(
        "place_free",
        f"({_free('m')}) AND ({_free('o')})",
        _("have no place free"),
        _("All places of the host are taken at the moment."),
        _("Raise your number of places if you host, or look again later."),
    ),
    Condition(
        "not_hidden",
        "NOT EXISTS (SELECT FROM hidden WHERE hidden.profile_id = o.profile_id)",
        _("are those you said “not for me” to"),
        _("You said “not for me” to it."),
        _("Show it again from your list of hidden profiles."),
    ),
)

# What a must asks: something named by the one (`a`) and found at the other (`b`), as bit strings.
_FOUND = {
    Criterion.TOPICS: "{a}.seeks = 0::bit(256) OR ({a}.seeks & {b}.offers) <> 0::bit(256)",
    Criterion.SECTORS: "{a}.wish = 0::bit(128) OR ({a}.wish & {b}.near_sectors) <> 0::bit(128)",
    Criterion.TYPES: "{a}.types = 0::bit(16) OR ({a}.types & {b}.types) <> 0::bit(16)",
    Criterion.LANGUAGES: "{a}.languages = 0::bit(64) OR ({a}.languages & {b}.languages) <> 0::bit(64)",
    Criterion.COUNTRIES: "{a}.countries = 0::bit(64) OR get_bit({a}.countries, {b}.country) = 1",
}
MUST_BITS = {criterion: 1 << list(Criterion).index(criterion) for criterion in CAN_BE_MUST}
_OWN = {
    Criterion.TOPICS: (_("offer nothing that you seek"), _("It offers nothing that you seek.")),
    Criterion.SECTORS: (_("are in no sector near those you look for"), _("It is in no sector near those you want.")),
    Criterion.TYPES: (_("offer no type of exchange of yours"), _("You have no type of exchange in common.")),
    Criterion.LANGUAGES: (_("speak none of your languages"), _("You have no language in common.")),
    Criterion.COUNTRIES: (_("are not in a country you look for"), _("It is not in a country you look for.")),
}
_THEIRS = {
    Criterion.TOPICS: (_("need a topic you don't offer"), _("It asks for a topic that you do not offer.")),
    Criterion.SECTORS: (_("need a sector you are not near to"), _("It asks for a sector that you are not near to.")),
    Criterion.TYPES: (_("need a type of exchange you don't offer"), _("It asks for a type of exchange in common.")),
    Criterion.LANGUAGES: (_("need a language you don't have"), _("It asks for a language in common.")),
    Criterion.COUNTRIES: (_("look in other countries"), _("It asks for partners in other countries.")),
}


def _must(criterion: Criterion, *, own: bool) -> Condition:
    a, b, words = ("m", "o", _OWN[criterion]) if own else ("o", "m", _THEIRS[criterion])
    sql = f"({a}.musts & {MUST_BITS[criterion]}) = 0 OR " + _FOUND[criterion].format(a=a, b=b)
    relax = _("This is a must of yours: make it “important” to see them.") if own else ""
    return Condition(f"{'own' if own else 'their'}_must_{criterion}", sql, *words, relax)


CONDITIONS = (
    *COMMON,
    *(_must(criterion, own=True) for criterion in CAN_BE_MUST),
    *(_must(criterion, own=False) for criterion in CAN_BE_MUST),
)
