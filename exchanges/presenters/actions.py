"""The buttons of a page: what the actor can do with a thing, each with its form or the page of its transition."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cxc.access.scoped import Actor
from cxc.workflow import AvailableTransition, StatefulModel, available_transitions, kind_of
from exchanges.enums import AGREEMENT, EXCHANGE, OWN, PAYMENT, RECORDED_SUBMISSION, REPORT, SHARED, VISIT

# Transitions with a form of their own; every other one is confirmed on the page that all transitions share.
FORMS = {
    (VISIT, "change_dates"): "visit_dates",
    (VISIT, "hand_over"): "visit_lead",
    (VISIT, "open_to_visitors"): "visit_opening",
    (VISIT, "change_opening"): "visit_opening",
    (SHARED, "edit"): "shared_edit",
    (SHARED, "remark"): "shared_remark",
    (EXCHANGE, "edit_planned"): "exchange_plan",
    (EXCHANGE, "edit_planned_in_preparation"): "exchange_plan",
    (EXCHANGE, "set_agreed"): "exchange_agreed",
    (EXCHANGE, "raise_ceiling"): "exchange_ceiling",
    (EXCHANGE, "raise_ceiling_while_ongoing"): "exchange_ceiling",
    (EXCHANGE, "correct_actual"): "exchange_actual",
    (EXCHANGE, "accept_payable"): "exchange_payable",
    (EXCHANGE, "cancel"): "exchange_cancel",
    (EXCHANGE, "cancel_ongoing"): "exchange_cancel",
    (OWN, "edit"): "own_edit",
    (AGREEMENT, "edit"): "agreement_edit",
    (AGREEMENT, "set_amount"): "agreement_amount",
    (REPORT, "edit"): "report_edit",
    (REPORT, "submit_for_visitor"): "report_submit_for",
    (PAYMENT, "pay"): "payment_pay",
    (PAYMENT, "take_back_instalment"): "payment_take_back",
    (RECORDED_SUBMISSION, "submit_again"): "recorded_submission_again",
}

# Where on the page of an exchange a transition stands; every other one beside the state.
SECTIONS = {
    "edit_planned": "planned",
    "edit_planned_in_preparation": "planned",
    "set_agreed": "agreed",
    "raise_ceiling": "agreed",
    "raise_ceiling_while_ongoing": "agreed",
    "correct_actual": "actual",
    "accept_payable": "payable",
    "ask_to_cancel": "cancel",
    "refuse_to_cancel": "cancel",
    "cancel": "cancel",
    "cancel_ongoing": "cancel",
    "delete_draft": "cancel",
    "reopen_cancelled": "cancel",
}


@dataclass(frozen=True)
class Action:
    """One button: what it is called, where it leads, what is still missing."""

    available: AvailableTransition
    address: str

    @property
    def label(self) -> Any:
        return self.available.transition.label


def actions_of(thing: StatefulModel | None, actor: Actor) -> list[Action]:
    """Everything that the actor has a button or a form for."""
    return (
        []
        if thing is None
        else [
            Action(available, address) for available, address in _addresses(thing, available_transitions(thing, actor))
        ]
    )


def by_section(actions: Iterable[Action]) -> dict[str, list[Action]]:
    """The actions of an exchange by the section they stand in."""
    sections: dict[str, list[Action]] = {}
    for action in actions:
        sections.setdefault(SECTIONS.get(action.available.transition.name, "state"), []).append(action)
    return sections


def _addresses(thing: StatefulModel, made: list[AvailableTransition]) -> Iterable[tuple[AvailableTransition, str]]:
    for available in made:
        if available.is_hidden:
            continue
        form = FORMS.get((kind_of(thing), available.transition.name))
        if form is not None:
            yield available, reverse(form, args=[_page_key(thing)])
        elif available.transition.button:
            yield available, reverse("transition", args=[kind_of(thing), thing.pk, available.transition.name])


def _page_key(thing: Any) -> int:
    """The number of the exchange or visit that stands in the address of a form of what belongs to it."""
    if kind_of(thing) in {EXCHANGE, RECORDED_SUBMISSION}:
        return int(thing.pk)
    return int(getattr(thing, "exchange_id", None) or getattr(thing, "visit_id", None) or thing.pk)
