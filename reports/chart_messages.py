"""Says in one sentence what each table shows: the message of its pictures, for eyes and ears alike."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.tables import Table


def message_of(table: Table) -> str:
    """The table's message. "Nothing to count." where there is nothing."""
    if not any(sum(_counts(row)) for row in table.rows):
        return _("Nothing to count.")
    return _MESSAGES[table.key](table)


def percent(part: int, whole: int) -> str:
    """A share in whole percent; "less than 1 %" rather than 0 for something."""
    share = round(100 * part / whole) if whole else 0
    return _("less than 1\u00a0%%") % {} if part and not share else f"{share}\u00a0%"


def _counts(row: Sequence[object]) -> list[int]:
    return [cell for cell in row[1:] if isinstance(cell, int)]


def _total(table: Table) -> int:
    return sum(sum(_counts(row)) for row in table.rows)


def _most(table: Table) -> tuple[str, int, bool]:
    """The row with the largest sum, or those that share it; that sum; whether several share it."""
    sums = {str(row[0]): sum(_counts(row)) for row in table.rows}
    most = max(sums.values())
    words = [word for word, number in sums.items() if number == most]
    return _listed(words), most, len(words) > 1


def _each(text: object, *, shared: bool) -> str:
    """ "38", or "38 each" where several rows have as many."""
    return _("%(text)s each") % {"text": text} if shared else str(text)


def _listed(words: list[str]) -> str:
    """ "A", "A and B", "A, B and C", "A, B and 5 more"."""
    if len(words) == 1:
        return words[0]
    more = len(words) - 2
    last = words[-1] if more < 2 else ngettext("%(count)s more", "%(count)s more", more) % {"count": more}
    some = ", ".join(words[:-1] if more < 2 else words[:2])
    return _("%(some)s and %(last)s") % {"some": some, "last": last}


def _leader(sentence: Callable[[], str]) -> Callable[[Table], str]:
    """A sentence with the largest row, its number, the total and the share."""

    def message(table: Table) -> str:
        words, most, shared = _most(table)
        whole = _total(table)
        return sentence() % {
            "most": words,
            "number": _each(most, shared=shared),
            "total": whole,
            "share": _each(percent(most, whole), shared=shared),
        }

    return message


def _overview(table: Table) -> str:
    counts = _counts(table.rows[0])
    if len(counts) == 1:
        return ngettext("%(count)s confirmed exchange.", "%(count)s confirmed exchanges.", counts[0]) % {
            "count": counts[0]
        }
    total = sum(counts)
    return ngettext(
        "%(count)s confirmed exchange: %(physical)s physical, %(virtual)s virtual.",
        "%(count)s confirmed exchanges: %(physical)s physical, %(virtual)s virtual.",
        total,
    ) % {"count": total, "physical": counts[0], "virtual": counts[1]}


def _hosts(table: Table) -> str:
    total = _total(table)
    some = sum(any(_counts(row)) for row in table.rows)
    countries = ngettext("%(count)s country", "%(count)s countries", some) % {"count": some}
    return ngettext(
        "%(count)s host profile is published, from %(countries)s.",
        "%(count)s host profiles are published, from %(countries)s.",
        total,
    ) % {"count": total, "countries": countries}


def _visits(table: Table) -> str:
    grouped, total = sum(_counts(table.rows[0])), _total(table)
    return _("%(number)s of %(total)s visits are grouped (%(share)s).") % {
        "number": grouped,
        "total": total,
        "share": percent(grouped, total),
    }


def _months(table: Table) -> str:
    words, most, shared = _most(table)
    return _("Most exchanges start in %(most)s (%(number)s); the first in %(first)s, the last in %(last)s.") % {
        "most": words,
        "number": _each(most, shared=shared),
        "first": table.rows[0][0],
        "last": table.rows[-1][0],
    }


def _partnerships(table: Table) -> str:
    target, confirmed = (sum(row[index] for row in table.rows) for index in (2, 3))
    reached = sum(row[3] >= row[2] for row in table.rows)
    return _(
        "Together %(done)s of %(target)s exchanges are confirmed (%(share)s); "
        "%(reached)s of %(all)s targets are reached."
    ) % {
        "done": confirmed,
        "target": target,
        "share": percent(confirmed, target),
        "reached": reached,
        "all": len(table.rows),
    }


_MESSAGES: dict[str, Callable[[Table], str]] = {
    "overview": _overview,
    "hosts": _hosts,
    "host-countries": _leader(lambda: _("Most exchanges are hosted in %(most)s: %(number)s of %(total)s (%(share)s).")),
    "types": _leader(lambda: _("The most frequent is %(most)s: %(number)s of %(total)s exchanges (%(share)s).")),
    "durations": _leader(lambda: _("Most exchanges take %(most)s working days: %(number)s of %(total)s (%(share)s).")),
    "visits": _visits,
    "states": _leader(lambda: _("The most frequent state is %(most)s: %(number)s of %(total)s exchanges (%(share)s).")),
    "months": _months,
    "initiators": _leader(lambda: _("Most often by %(most)s: %(number)s of %(total)s matches (%(share)s).")),
    "match-states": _leader(
        lambda: _("The most frequent state is %(most)s: %(number)s of %(total)s matches (%(share)s).")
    ),
    "partnerships": _partnerships,
}
