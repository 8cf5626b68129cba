"""The cluster register and its import from CSV."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.web.admin.base import ReferenceDataAdmin, support_office
from cxc.workflow import Refused
from profiles.models import ClusterOrganisation
from profiles.services.cluster_register import ImportResult, import_clusters


class ImportForm(forms.Form):
    """A CSV file; with bad rows in it the good ones alone are taken only when asked for."""

    file = forms.FileField(label=gettext_lazy("CSV file (name, country, city, website)"))
    skip_bad_rows = forms.BooleanField(
        label=gettext_lazy("Take the good rows alone, should there be bad ones"), required=False
    )


@admin.register(ClusterOrganisation)
class ClusterOrganisationAdmin(ReferenceDataAdmin):
    list_display = ("name", "country", "city", "website", "is_registered")
    list_filter = ("is_registered", "country")
    search_fields = ("name", "city")
    list_select_related = ("country",)
    change_list_template = "admin/cluster_list.html"

    def get_urls(self) -> list[URLPattern]:
        own = path("import/", self.admin_site.admin_view(self.import_view), name="profiles_clusterorganisation_import")
        return [own, *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Take a file into the register; bad rows are listed by line and reason."""
        form = ImportForm(request.POST or None, request.FILES or None)
        result = self._import(request, form) if request.method == "POST" and form.is_valid() else None
        if result is not None and result.is_done:
            counts = {"added": result.added, "changed": result.changed, "unchanged": result.unchanged}
            messages.success(request, _("%(added)s added, %(changed)s changed, %(unchanged)s as before.") % counts)
            if not result.bad:
                return redirect("admin:profiles_clusterorganisation_changelist")
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Import clusters"),
            "form": form,
            "result": result,
            "opts": self.model._meta,
        }
        return TemplateResponse(request, "admin/cluster_import.html", context)

    def _import(self, request: HttpRequest, form: ImportForm) -> ImportResult | None:
        file, skip_bad_rows = form.cleaned_data["file"], form.cleaned_data["skip_bad_rows"]
        try:
            return import_clusters(file.read(), by=support_office(request), skip_bad_rows=skip_bad_rows)
        except Refused as refusal:
            form.add_error("file", str(refusal))
            return None
