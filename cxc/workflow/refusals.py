"""How a transition is refused: always with a sentence that says why and what to do."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cxc.core import moments
from cxc.core.refusals import Refused
from cxc.workflow.requirements import UnmetRequirement


class NotAllowed(Refused):
    """This person, acting for this principal, may not do this."""


class WrongState(Refused):
    """The thing does not stand where the transition begins."""


class ReasonMissing(Refused):
    """The transition needs a reason."""

    def __init__(self) -> None:
        super().__init__(_("Please give a reason."))


class RequirementsUnmet(Refused):
    """Requirements are not met; `unmet` lists each with the place to put it right."""

    def __init__(self, unmet: Sequence[UnmetRequirement]) -> None:
        super().__init__(*(item.sentence for item in unmet))
        self.unmet = tuple(unmet)

    @property
    def checklist(self) -> list[tuple[None, UnmetRequirement]]:
        """As the page that explains it wants it: what is missing only."""
        return [(None, item) for item in self.unmet]


class Stale(Refused):
    """The row was saved in the meantime; `current` is the row as it stands now, `mine` what was not saved.

    `by`: the person who is told; `merged`: what of it could be merged (`cxc.workflow.merge`).
    """

    def __init__(
        self, current: Any, mine: Mapping[str, Any] | None = None, *, by: Any = None, merged: Any = None
    ) -> None:
        super().__init__(" ".join((_who_saved(current, by), _("Both texts are shown: keep what is right."))))
        self.current = current
        self.mine = dict(mine or {})
        self.merged = merged


def _who_saved(row: Any, by: Any) -> str:
    """Who saved the row last, and when: the reader in another tab, a colleague, or somebody where it is not known."""
    moment, who = getattr(row, "edited_at", None), getattr(row, "edited_by", None)
    if moment is None or who is None:
        return _("This was saved in the meantime.")
    values = {"moment": moments.moment_text(moment), "person": who}
    if by is not None and who.pk == by.pk:
        return _("You saved this in another tab or window: %(moment)s.") % values
    return _("%(person)s saved this in the meantime: %(moment)s.") % values
