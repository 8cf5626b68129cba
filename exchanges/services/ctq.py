"""Validating and returning the CTQ and the agreements of a visit, as the Support Office does on one screen.

Texts are edited with `perform(part, "edit", version_read=…, fields={…})`; a part becomes ready, is
validated or returned by its moves, and what follows is in `paper_effects`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cxc.ground.access import Actor
from cxc.ground.moves import Moving, Refused, perform
from exchanges.enums import PartState
from exchanges.models import FinancialAgreement, OwnPart, SharedPart, Visit

STANDING = (PartState.VALIDATED, PartState.SIGNED)


@dataclass(frozen=True)
class Skipped:
    """What was not done, and what it is missing."""

    thing: Moving
    sentences: tuple[str, ...]


@dataclass
class Outcome:
    """What was done to each thing of a group, and what was skipped."""

    done: list[Moving] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def try_to(self, move: str, thing: Moving, *, by: Actor, reason: str = "") -> None:
        """One object's refusal stops nobody else's."""
        try:
            self.done.append(perform(thing, move, by=by, reason=reason))
        except Refused as refusal:
            self.skipped.append(Skipped(thing, refusal.sentences))


def validate_together(
    visit: Visit,
    *,
    by: Actor,
    own: Iterable[OwnPart] = (),
    agreements: Iterable[FinancialAgreement] = (),
    editorial: bool = False,
    note: str = "",
) -> Outcome:
    """Validate the shared part (once per version), then own parts and agreements beneath it.

    `editorial` marks the shared part's version so: validation and signatures of own parts stay, and
    `note` says on the signature page what changed. Each is done or skipped by itself.
    """
    outcome = Outcome()
    shared = SharedPart.objects.get(visit=visit)
    if shared.state not in STANDING:
        outcome.try_to("validate_as_editorial" if editorial else "validate", shared, by=by, reason=note)
    for part in own:
        _validate_own(part, outcome, by)
    for agreement in agreements:
        outcome.try_to("validate", agreement, by=by)
    return outcome


def _validate_own(part: OwnPart, outcome: Outcome, by: Actor) -> None:
    """An own part that an editorial version has just kept validated is done already."""
    part.refresh_from_db()
    if part.state in STANDING:
        outcome.done.append(part)
    else:
        outcome.try_to("validate", part, by=by)


def return_each(parts: Iterable[Moving], *, by: Actor, reason: str) -> Outcome:
    """Return own parts or agreements, each only itself. The shared part, returned, takes all with it."""
    outcome = Outcome()
    for part in parts:
        outcome.try_to("send_back", part, by=by, reason=reason)
    return outcome
