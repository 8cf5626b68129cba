"""Forms of the Financial Agreement, of the ceiling, and of signatures on paper."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc import clock
from cxc.core.days import today_in
from cxc.web.bank_fields import BicField, IbanField, IbanInput, PrivateInput, let_groups_fit
from cxc.web.uploads import FileField
from exchanges import iban
from exchanges.enums import Party
from exchanges.forms import help_texts
from exchanges.forms.fields import add_help_texts, amount_field, day_field, reason_field
from exchanges.models import DocumentVersion, Exchange, FinancialAgreement
from profiles.queries.signatories import people_who_may_sign


class AgreementForm(forms.ModelForm):
    """Payee, bank account, payment terms. Saved by the service, not by the form."""

    class Meta:
        model = FinancialAgreement
        fields = list(FinancialAgreement.TEXTS)
        field_classes: ClassVar = {"iban": IbanField, "bic": BicField}
        widgets: ClassVar = {
            "iban": IbanInput(),
            "account_number": PrivateInput(),
            "bic": PrivateInput(),
            "bank_name": PrivateInput(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_groups_fit(self.fields["iban"])
        country = self.instance.exchange.organisation.country
        add_help_texts(
            self, help_texts.AGREEMENT, self.instance.needed_bank_details, before=help_texts.BEFORE_VALIDATION
        )
        if country.has_iban and not self.instance.account_number:
            del self.fields["account_number"], self.fields["bank_name"]
            return
        self.order_fields(["payee", "account_number", "bic", "bank_name", "iban", "payment_terms"])
        values = {"country": country}
        self.fields["iban"].help_text = _("Only for an account outside %(country)s.") % values

    def clean(self) -> dict[str, Any]:
        """Refuses an IBAN together with an account number."""
        values = super().clean() or self.cleaned_data
        if values.get("iban") and values.get("account_number"):
            self.add_error("account_number", iban.both())
        return values


class AmountForm(forms.Form):
    """The Financial Agreement's amount, which is the exchange's agreed lump sum."""

    amount = amount_field(gettext_lazy("Amount"))


class CeilingForm(forms.Form):
    """A higher ceiling for one exchange."""

    ceiling = amount_field(gettext_lazy("Higher ceiling for this exchange"))
    reason = reason_field()


def still_to_sign(parties: Iterable[Party], version: DocumentVersion) -> list[Party]:
    """Those of these parties that sign this version and have not yet."""
    lacking = version.unsigned_parties()
    return [party for party in parties if party in lacking]


def signer_choices(exchange: Exchange, parties: Iterable[Party]) -> list[tuple[str, Any]]:
    """Each party's registered signatories, under the party's name."""
    groups = []
    for party in parties:
        body = exchange.body_of(party)
        people = [(f"{party.value}:{user.pk}", str(user)) for user in people_who_may_sign(body)]
        groups.append((f"{Party(party).label}: {body}", people))
    return groups


class SignForm(forms.Form):
    """Signed on paper: who, when, and the scan."""

    signer = forms.ChoiceField(
        label=gettext_lazy("Who signed"),
        help_text=gettext_lazy(
            "Somebody missing? The owner of the organisation, or the Partnership, names signatories."
        ),
    )
    signed_on = day_field(gettext_lazy("Signed on"))
    scan = FileField(label=gettext_lazy("Scan of the signed paper"), as_signed=True)

    def __init__(self, *args: Any, exchange: Exchange, parties: Iterable[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose")), *signer_choices(exchange, parties)]
        self.fields["signer"].choices = choices  # type: ignore[attr-defined]
        days = (today_in(exchange.home_of(party)) for party in parties)
        self.fields["signed_on"].initial = min(days, default=clock.today(exchange.visit.time_zone))

    @property
    def party(self) -> Party:
        """The party that the chosen person signed for."""
        return Party(self.cleaned_data["signer"].partition(":")[0])

    @property
    def signer_id(self) -> int:
        return int(self.cleaned_data["signer"].partition(":")[2])


class SignDocumentsForm(SignForm):
    """The same for the documents of one exchange, several of which may lie in one scan; none is chosen beforehand."""

    documents = forms.MultipleChoiceField(
        label=gettext_lazy("What was signed"),
        widget=forms.CheckboxSelectMultiple,
        choices=[],
        error_messages={"required": gettext_lazy("Choose every document that is signed on the scan.")},
    )
    field_order = ("documents", "signer", "signed_on", "scan")

    def __init__(self, *args: Any, versions: dict[str, DocumentVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = versions
        self.fields["documents"].choices = [(key, str(version)) for key, version in versions.items()]  # type: ignore[attr-defined]

    def chosen(self) -> list[DocumentVersion]:
        return [self.versions[key] for key in self.cleaned_data["documents"]]

    def clean(self) -> dict[str, Any]:
        """A party that does not sign one of the documents is told so here."""
        values = super().clean() or self.cleaned_data
        if values.get("signer"):
            for key in values.get("documents", ()):
                if self.party not in self.versions[key].parties:
                    values = {"party": self.party.label}
                    self.add_error("documents", _("Not all of these are signed by this party: %(party)s.") % values)
                    break
        return values
