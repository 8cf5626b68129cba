"""What the Support Office decides on one screen for a visit."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.sanitise import LONG
from exchanges.enums import ExchangeState, PartState
from exchanges.forms.fields import text_field
from exchanges.models import Exchange, FinancialAgreement, OwnPart, Visit

VALIDATE, EDITORIAL, RETURN, RETURN_SHARED = "validate", "editorial", "return", "return shared"


class ValidationForm(forms.Form):
    """The own parts and agreements chosen, what to do with them, and comments.

    `decision` comes from the button. Returning wants comments; returning the shared part returns all.
    """

    own = forms.MultipleChoiceField(required=False)
    agreements = forms.MultipleChoiceField(required=False)
    decision = forms.ChoiceField(
        choices=[(word, word) for word in (VALIDATE, EDITORIAL, RETURN, RETURN_SHARED)],
        error_messages={
            "required": gettext_lazy("Choose what to do."),
            "invalid_choice": gettext_lazy("Choose what to do."),
        },
    )
    comments = text_field(gettext_lazy("Comments"), rows=4, max_length=LONG)

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = visit.exchanges.exclude(state=ExchangeState.CANCELLED)
        self.exchanges: list[Exchange] = list(
            current.with_display_relations()
            .select_related("own_part", "agreement")
            .order_by("organisation__legal_name__folded")
        )
        self.own_parts = {str(part.pk): part for e in self.exchanges if (part := e.own_part_or_none) is not None}
        self.agreements_by_id = {
            str(agreement.pk): agreement for e in self.exchanges if (agreement := e.agreement_or_none) is not None
        }
        self.fields["own"].choices = [(key, key) for key in self.own_parts]  # type: ignore[attr-defined]
        self.fields["agreements"].choices = [(key, key) for key in self.agreements_by_id]  # type: ignore[attr-defined]
        self.shared_is_ready = visit.shared_part.state == PartState.READY
        self.may_be_editorial = self.shared_is_ready and bool(visit.shared_part.validated_version)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        decision = values.get("decision")
        if decision in (RETURN, RETURN_SHARED) and not values.get("comments", "").strip():
            self.add_error("comments", _("Please say what is to be changed."))
        nothing = not values.get("own") and not values.get("agreements")
        if nothing and (decision == RETURN or (decision == VALIDATE and not self.shared_is_ready)):
            self.add_error(None, _("Choose at least one own part or agreement."))
        return values

    @property
    def returns(self) -> bool:
        return bool(self.cleaned_data["decision"] == RETURN)

    @property
    def returns_shared(self) -> bool:
        return bool(self.cleaned_data["decision"] == RETURN_SHARED)

    @property
    def is_editorial(self) -> bool:
        return bool(self.cleaned_data["decision"] == EDITORIAL)

    @property
    def comments_text(self) -> str:
        """The comments, or what an editorial version changed."""
        return str(self.cleaned_data["comments"]).strip()

    def checked_parts(self) -> list[Any]:
        """What is ticked when the page is shown: at first all, later what was."""
        everything: list[Any] = [*self.own_parts.values(), *self.agreements_by_id.values()]
        if not self.is_bound:
            return everything
        own, agreements = set(self["own"].value() or ()), set(self["agreements"].value() or ())
        return [each for each in everything if str(each.pk) in (own if isinstance(each, OwnPart) else agreements)]

    def chosen_own(self) -> list[OwnPart]:
        return [self.own_parts[key] for key in self.cleaned_data["own"]]

    def chosen_agreements(self) -> list[FinancialAgreement]:
        return [self.agreements_by_id[key] for key in self.cleaned_data["agreements"]]
