"""The transitions of an exchange from its creation to where it is ready to start."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.workflow import Allowed, transition
from cxc.workflow.todo import Todo
from exchanges import deadlines, links, notifications
from exchanges.enums import ExchangeState
from exchanges.models.exchange.figures import ExchangeFigures
from exchanges.models.sides import HOP, PORTAL, SO, VOP
from exchanges.requirements import completion, documents, preparation, signatories
from profiles.models import ExchangeType, Sector

DRAFT, PREPARATION, READY, ONGOING, CLOSED, CANCELLED = ExchangeState


class PreparationTransitions(ExchangeFigures):
    """Draft, in preparation, ready."""

    class Meta(ExchangeFigures.Meta):
        abstract = True

    @transition(
        "state",
        label=_("Create the exchange"),
        source=DRAFT,
        creates=True,
        sides=(VOP, HOP, SO),
        requires=(
            preparation.match_open,
            preparation.only_exchange_of_match,
            preparation.same_host_and_modality,
            preparation.participation_open,
        ),
        invariants=(preparation.planned_within_visit, preparation.ceiling_known, preparation.host_place_available),
    )
    def create(self) -> None:
        self.created_at = self.moment
        self.is_recorded = self.context.is_recorded
        self._plan(self.planned_start or self.visit.first_day, self.planned_end or self.visit.last_day)

    @transition(
        "state",
        label=_("Delete the draft"),
        source=DRAFT,
        deletes=True,
        sides=(VOP, HOP, SO, PORTAL),
        requires=(documents.nothing_signed,),
    )
    def delete_draft(self) -> None: ...

    @transition(
        "state",
        label=_("Change the plan"),
        source=DRAFT,
        sides=(VOP, HOP, SO),
        invariants=(preparation.planned_within_visit, preparation.ceiling_known),
        button=False,
    )
    def edit_planned(self, *, start: date, end: date, type: ExchangeType | None) -> dict[str, Any]:
        return self._change_plan(start, end, type)

    @transition(
        "state",
        label=_("Change the plan"),
        source=PREPARATION,
        sides=(VOP, HOP, SO),
        invariants=(*preparation.TO_PREPARE, preparation.host_place_available),
        button=False,
    )
    def edit_planned_in_preparation(self, *, start: date, end: date, type: ExchangeType | None) -> dict[str, Any]:
        return self._change_plan(start, end, type)

    @transition(
        "state",
        label=_("Start the preparation"),
        source=DRAFT,
        target=PREPARATION,
        sides=(VOP, HOP, SO),
        requires=(*preparation.TO_PREPARE, preparation.host_place_available),
        todo=Todo(
            "prepare",
            (VOP, HOP),
            _("Complete the plan and start the preparation"),
            due=deadlines.CTQ,
            page=links.preparation,
            while_unmet=True,
        ),
        notify=(notifications.PREPARATION_BEGUN,),
    )
    def prepare(self) -> None:
        self._enter_preparation()

    @transition(
        "state",
        label=_("Set sector and agreed figures"),
        source=PREPARATION,
        sides=(VOP, SO),
        invariants=(
            preparation.agreed_stay_fits,
            preparation.ceiling_known,
            preparation.amount_within_ceiling,
            preparation.host_place_available,
        ),
        button=False,
    )
    def set_agreed(self, *, start: date, end: date, sector: Sector | None, lump_sum: Decimal | None) -> dict[str, Any]:
        """Working days are counted; the ceiling is looked up anew. A virtual exchange has no lump sum."""
        before = (self.agreed_start, self.agreed_end, self.agreed_working_days, self.agreed_lump_sum)
        if (start, end, lump_sum) != (self.agreed_start, self.agreed_end, self.agreed_lump_sum):
            self.frozen_ceiling = None
        if (start, end) != (self.agreed_start, self.agreed_end) or not self._ctq_is_validated():
            self.agreed_start, self.agreed_end = start, end
            self.agreed_working_days = self.count_days(start, end) if start <= end else 0
        self.sector = sector
        self.agreed_lump_sum = lump_sum if self.is_physical else None
        after = (self.agreed_start, self.agreed_end, self.agreed_working_days, self.agreed_lump_sum)
        return {"dates_changed": before[:3] != after[:3], "amount_changed": before[3] != after[3]}

    @transition("state", label=_("Count the working days anew"), source=DRAFT, sides=(PORTAL,), button=False)
    def recount(self) -> dict[str, Any]:
        """After a change of the visit's marked days."""
        return self._recount()

    @transition(
        "state",
        label=_("Count the working days anew"),
        source=PREPARATION,
        sides=(PORTAL,),
        invariants=(preparation.planned_stay_fits, preparation.agreed_stay_fits),
        button=False,
    )
    def recount_in_preparation(self) -> dict[str, Any]:
        return self._recount()

    @transition(
        "state",
        label=_("Set a higher ceiling"),
        source=(DRAFT, PREPARATION),
        sides=(SO,),
        reason=True,
        requires=(completion.is_physical,),
        invariants=(preparation.ceiling_higher,),
        button=False,
    )
    def raise_ceiling(self, *, ceiling: Decimal) -> dict[str, str]:
        """In EUR, for this exchange alone; the planned lump sum follows it."""
        self.frozen_ceiling = None
        return self._raise_ceiling(ceiling)

    @transition(
        "state",
        label=_("Set a higher ceiling for the new version of the agreement"),
        source=ONGOING,
        sides=(SO,),
        reason=True,
        requires=(completion.is_physical, preparation.agreement_being_revised),
        hides_when=(preparation.agreement_being_revised,),
        invariants=(preparation.ceiling_higher,),
        button=False,
    )
    def raise_ceiling_while_ongoing(self, *, ceiling: Decimal) -> dict[str, str]:
        """The ceiling of the version before stands until the new one's amount is set."""
        return self._raise_ceiling(ceiling)

    @transition(
        "state",
        label=_("Allow one person to sign for several bodies"),
        source=(DRAFT, PREPARATION, ONGOING),
        sides=(SO,),
        reason=True,
        requires=(signatories.one_signatory_only,),
        hides_when=(signatories.one_signatory_only,),
    )
    def allow_one_signatory(self) -> None:
        """The reason is printed where the documents are signed."""
        self.one_signatory_reason = self.context.reason

    @transition(
        "state",
        label=_("Ready to start"),
        source=PREPARATION,
        target=READY,
        sides=(VOP, SO),
        requires=(*preparation.TO_BE_READY, preparation.start_not_past),
        hides_when=(preparation.start_not_past,),
        todo=Todo(
            "set_ready",
            (VOP,),
            _("Everything is there: set the exchange ready to start"),
            due=deadlines.DAY_BEFORE_START,
            remind=(-3, 0, 1),
            text=_("An exchange that is not ready does not start."),
            anchor="state",
        ),
        notify=(notifications.READY_TO_START,),
    )
    def set_ready(self) -> None:
        self.ready_at = self.moment

    @transition(
        "state",
        label=_("Ready to start, after the start date"),
        source=PREPARATION,
        target=READY,
        sides=(Allowed(VOP, preparation.complete_before_start), Allowed(SO, reason=True)),
        requires=(*preparation.TO_BE_READY, preparation.start_past),
        hides_when=(preparation.start_past,),
        notify=(notifications.READY_TO_START,),
    )
    def set_ready_late(self) -> None:
        self.ready_at = self.moment

    @transition(
        "state",
        label=_("Back to preparation"),
        source=READY,
        target=PREPARATION,
        sides=(VOP, SO),
        reason=True,
        notify=(notifications.SET_BACK,),
    )
    def back_to_preparation(self) -> None:
        self.ready_at = None

    @transition(
        "state",
        label=_("Back to draft"),
        source=PREPARATION,
        target=DRAFT,
        sides=(SO,),
        reason=True,
        notify=(notifications.SET_BACK,),
    )
    def back_to_draft(self) -> None:
        """The plan is open again; what was agreed and written stays."""
