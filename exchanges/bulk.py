"""The bulk actions on exchanges, and on what belongs to them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor, VisibleQuerySet
from cxc.bulk.actions import BulkAction, by_transition, register
from exchanges.enums import AGREEMENT, EXCHANGE, OWN, VISIT
from exchanges.forms.ctq import OwnPartForm
from exchanges.forms.payments import PayableForm
from exchanges.forms.stay import AgreedForm, PlanForm
from exchanges.models import Exchange, OwnPart

VIA_EXCHANGE = {EXCHANGE: "exchange", VISIT: "exchange__visit"}
VIA_VISIT = {VISIT: "visit"}


def _with_display_relations() -> VisibleQuerySet:
    return Exchange.objects.with_display_relations()


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The initial values of a form, as JSON: days as 2026-11-28, nothing as ''."""
    return {
        name: value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
        for name, value in values.items()
    }


class OwnPartRowForm(OwnPartForm):
    """The texts of one own part among many, under the version that was read when the row was begun."""

    version_read = forms.IntegerField(widget=forms.HiddenInput)


def _plan_form(*, thing: Any, actor: Actor, **form: Any) -> PlanForm:
    return PlanForm(**form)


def _agreed_form(*, thing: Any, actor: Actor, **form: Any) -> AgreedForm:
    return AgreedForm(exchange=thing, **form)


def _payable_form(*, thing: Any, actor: Actor, **form: Any) -> PayableForm:
    return PayableForm(exchange=thing, **form)


def _own_form(*, thing: Any, actor: Actor, **form: Any) -> OwnPartRowForm:
    return OwnPartRowForm(**form)


def _own_values(part: Any) -> dict[str, Any]:
    return {name: getattr(part, name) for name in OwnPart.TEXTS} | {"version_read": part.row_version}


def _own_arguments(_part: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "version_read": values["version_read"],
        "fields": {name: value for name, value in values.items() if name in OwnPart.TEXTS},
    }


ACTIONS: tuple[BulkAction, ...] = (
    by_transition(
        EXCHANGE,
        "edit_planned",
        "edit_planned_in_preparation",
        label=_("Choose type and planned dates"),
        form=_plan_form,
        initial=lambda exchange: _plain(PlanForm.initial_of(exchange)),
        paths_to_rows=VIA_VISIT,
        queryset=_with_display_relations,
    ),
    by_transition(EXCHANGE, "prepare", paths_to_rows=VIA_VISIT),
    by_transition(
        EXCHANGE,
        "set_agreed",
        form=_agreed_form,
        initial=lambda exchange: _plain(AgreedForm.initial_of(exchange)),
        paths_to_rows=VIA_VISIT,
        queryset=_with_display_relations,
    ),
    by_transition(
        OWN,
        "edit",
        label=_("Write own parts of the CTQ"),
        accepts_comment=False,  # writing leaves no event and sends no mail
        form=_own_form,
        initial=_own_values,
        arguments=_own_arguments,
        paths_to_rows=VIA_EXCHANGE,
    ),
    by_transition(OWN, "submit", label=_("Own part of the CTQ: ready for validation"), paths_to_rows=VIA_EXCHANGE),
    by_transition(OWN, "take_back", label=_("Own part of the CTQ: take back"), paths_to_rows=VIA_EXCHANGE),
    by_transition(
        AGREEMENT, "submit", label=_("Financial Agreement: ready for validation"), paths_to_rows=VIA_EXCHANGE
    ),
    by_transition(AGREEMENT, "take_back", label=_("Financial Agreement: take back"), paths_to_rows=VIA_EXCHANGE),
    by_transition(EXCHANGE, "set_ready", "set_ready_late", paths_to_rows=VIA_VISIT),
    by_transition(EXCHANGE, "back_to_preparation", paths_to_rows=VIA_VISIT),
    by_transition(
        EXCHANGE,
        "accept_payable",
        label=_("Accept the payable amount"),
        form=_payable_form,
        paths_to_rows=VIA_VISIT,
        queryset=_with_display_relations,
    ),
    by_transition(EXCHANGE, "close", paths_to_rows=VIA_VISIT),
    by_transition(EXCHANGE, "cancel", paths_to_rows=VIA_VISIT),
)

register(*ACTIONS)
