"""Validating and returning the CTQ and the agreements of a visit, as the Support Office does on one screen.

Texts are edited with `perform(part, "edit", version_read=…, fields={…})`; a part becomes ready, is
validated or returned by its transitions, and what follows is in `transition_handlers.documents`.

Rule: docs/rules.md, Commitment to Quality.
"""

from collections.abc import Iterable

from cxc.access.scoped import Actor
from cxc.workflow import StatefulModel, perform
from exchanges.enums import VALIDATED_STATES
from exchanges.models import FinancialAgreement, OwnPart, SharedPart, Visit
from exchanges.services.outcomes import Outcome, perform_each


def validate_together(
    visit: Visit,
    *,
    by: Actor,
    own: Iterable[OwnPart] = (),
    agreements: Iterable[FinancialAgreement] = (),
    editorial: bool = False,
    note: str = "",
) -> Outcome[StatefulModel, StatefulModel]:
    """Validate the shared part (once per version), then own parts and agreements beneath it.

    `editorial` marks the shared part's version so: validation and signatures of own parts stay, and
    `note` says on the signature page what changed. Each is done, or skipped with what it is missing.
    """
    shared = SharedPart.objects.get(visit=visit)

    def validate(thing: StatefulModel) -> StatefulModel:
        if thing is shared and editorial:
            return perform(thing, "validate_as_editorial", by=by, reason=note)
        if isinstance(thing, OwnPart):
            return _validate_own(thing, by)
        return perform(thing, "validate", by=by)

    first = [] if shared.state in VALIDATED_STATES else [shared]
    return perform_each([*first, *own, *agreements], validate)


def _validate_own(part: OwnPart, by: Actor) -> OwnPart:
    """An own part that an editorial version has just kept validated is done already."""
    part.refresh_from_db()
    return part if part.state in VALIDATED_STATES else perform(part, "validate", by=by)


def return_each(parts: Iterable[StatefulModel], *, by: Actor, reason: str) -> Outcome[StatefulModel, StatefulModel]:
    """Return own parts or agreements, each only itself. The shared part, returned, takes all with it."""
    return perform_each(parts, lambda part: perform(part, "send_back", by=by, reason=reason))
