"""The field in which an organisation names its cluster: suggestions while one types, plain text without scripts."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.folding import folded
from cxc.core.sanitise import whole_number
from cxc.core.text_fields import FreeTextFormField, OneLineFormField, WebAddressFormField
from profiles.models import ClusterOrganisation, Country

MAX_NAMED = 5


def registered_clusters() -> Any:
    """The clusters of the register, by name."""
    return ClusterOrganisation.objects.filter(is_registered=True)


class ClusterInput(forms.TextInput):
    """A text with the register's entries as suggestions; the browser narrows them while one types."""

    template_name = "profiles/widgets/cluster.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["attrs"] |= {"list": f"{widget['attrs'].get('id', name)}_list", "autocomplete": "off"}
        widget["suggestions"] = [str(cluster) for cluster in registered_clusters()]
        return context

    def format_value(self, value: Any) -> str | None:
        """The entry in words, also where a form begins with its key."""
        if key := whole_number(value):
            value = ClusterOrganisation.objects.filter(pk=key).first() or value
        return super().format_value(value)


class ClusterForm(forms.Form):
    """To be mixed in: the cluster, and a tick where it is not in the register."""

    cluster = OneLineFormField(
        label=gettext_lazy("Cluster"),
        required=False,
        widget=ClusterInput,
        help_text=gettext_lazy(
            "The registered cluster that the organisation is or belongs to. Type a part of its name and choose."
        ),
    )
    cluster_unlisted = forms.BooleanField(
        label=gettext_lazy("Our cluster is not listed: ask the Support Office to add it"),
        required=False,
        help_text=gettext_lazy(
            "Write its name above. You can go on with a profile: it stays a draft until the Support Office answers."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """`cluster` becomes the entry, or None; `unlisted_cluster` the name of one that is asked for."""
        values = super().clean() or self.cleaned_data
        typed, unlisted = values.pop("cluster", ""), values.pop("cluster_unlisted", False)
        values |= {"cluster": None, "unlisted_cluster": ""}
        if not typed:
            if unlisted:
                self.add_error("cluster", _("Write the name of your cluster."))
            return values
        found = find_clusters(typed)
        if len(found) == 1:
            values["cluster"] = found[0]
        elif unlisted:
            values["unlisted_cluster"] = typed
        else:
            self.add_error("cluster", _ambiguity_message(found))
        return values


def find_clusters(typed: str) -> list[ClusterOrganisation]:
    """The entry with this name; else those whose name holds each word of it."""
    entries = list(registered_clusters().select_related("country"))
    if key := whole_number(typed):
        return [entry for entry in entries if entry.pk == key]
    wanted = folded(typed)
    named = [entry for entry in entries if wanted == folded(str(entry))]
    named = named or [entry for entry in entries if wanted == folded(entry.name)]
    return named or [entry for entry in entries if all(word in folded(str(entry)) for word in wanted.split())]


def _ambiguity_message(found: Iterable[ClusterOrganisation]) -> str:
    names = ", ".join(f"“{entry}”" for entry in list(found)[:MAX_NAMED])
    if names:
        return _("Several clusters have this in their name. Write one of them in full: %(names)s.") % {"names": names}
    return _("The register has no such cluster. Try a part of its name, or tick that it is not listed.")


class NameClusterForm(ClusterForm):
    """The cluster of an organisation that has named none."""

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.errors and not values["cluster"] and not values["unlisted_cluster"]:
            self.add_error("cluster", _("Write the name of your cluster."))
        return values


class ClusterRequestAnswerForm(forms.Form):
    """The Support Office's answer to who asks for a cluster."""

    ADD, REFUSE = "add", "refuse"
    decision = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[
            (ADD, gettext_lazy("Add it to the register")),
            (REFUSE, gettext_lazy("Do not add it, for the reason below")),
        ],
        widget=forms.RadioSelect,
    )
    name = OneLineFormField(label=gettext_lazy("Name in the register"))
    country = forms.ModelChoiceField(Country.objects.all(), label=gettext_lazy("Country"))
    city = OneLineFormField(label=gettext_lazy("City"), max_length=100, required=False)
    website = WebAddressFormField(label=gettext_lazy("Website"), required=False)
    reason = FreeTextFormField(
        label=gettext_lazy("Reason"),
        required=False,
        rows=3,
        printed=False,
        help_text=gettext_lazy("The organisation reads it."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("decision") == self.REFUSE and not values.get("reason"):
            self.add_error("reason", _("Say why: the organisation reads it."))
        return values
