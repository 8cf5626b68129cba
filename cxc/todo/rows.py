"""A row of the to-do page, as a person reads it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxc.todo.returns import returned_text

# Due within so many days is “soon”.
SOON_DAYS = 7


@dataclass(frozen=True)
class TodoRow:
    """One thing that waits for the actor.

    due       a local date of the thing's place; `days_left` counts from today there, negative when late
    order     sorts among those of one day
    key       names it for good, in a calendar too: code, kind and id of the thing; empty for what has no date
    returned_on  the local date on which what is to be handed in was returned; None where it was not
    """

    title: str
    thing: str
    url: str
    group: str
    due: date | None = None
    is_late: bool = False
    order: tuple[Any, ...] = ()
    name: str = ""
    days_left: int | None = None
    is_optional: bool = False
    key: str = ""
    returned_on: date | None = None

    @property
    def returned(self) -> str:
        """“returned on 3 March 2026 with comments”, or ''."""
        return returned_text(self.returned_on)

    @property
    def when(self) -> str:
        """In words, beside the date: “3 days late”, “by tomorrow”; '' where the date alone says it best."""
        left = self.days_left
        if left is None or (left < 0 and self.is_optional):
            return ""
        if left < 0:
            return ngettext("%(count)s day late", "%(count)s days late", -left) % {"count": -left}
        if left < 2:
            return _("by today") if left == 0 else _("by tomorrow")
        return ngettext("in %(count)s day", "in %(count)s days", left) % {"count": left} if left <= SOON_DAYS else ""

    @property
    def urgency(self) -> int:
        """0 late, 1 within a week, 2 later, 3 without a date."""
        if self.days_left is None:
            return 3
        if self.days_left < 0 and not self.is_optional:
            return 0
        return 1 if self.days_left <= SOON_DAYS else 2
