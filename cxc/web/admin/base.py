"""The Support Office's admin: what all its pages share.

Things with a lifecycle are read here and changed by actions that perform transitions, with a reason;
their fields are edited on the portal's own pages. Nothing is written here without its rules and its event.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import IntegrityError
from django.db.models import Model, QuerySet, URLField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cxc.access.scoped import Actor, Principal, Rank, Side
from cxc.core.constraints import violation
from cxc.core.folding import is_text, order_path
from cxc.core.links import path_of
from cxc.core.sanitise import whole_number
from cxc.workflow import Refused, StatefulModel, Transition, perform, transitions_of
from cxc.workflow.models import StateEvent
from cxc.workflow.unit_of_work import unit_of_work

admin.site.site_header = gettext_lazy("ClusterXchange Support Office")
admin.site.site_title = gettext_lazy("Support Office")
admin.site.index_title = gettext_lazy("The scheme's data and records")
admin.site.site_url = "/"
admin.site.enable_nav_sidebar = True


def support_office(request: HttpRequest) -> Actor:
    """Whoever is in the admin acts for the Support Office there, whoever they act for elsewhere."""
    actor = request.actor  # type: ignore[attr-defined]
    return Actor(
        user=actor.user,
        principal=Principal.SUPPORT_OFFICE,
        rank=Rank.OWNER,
        label=str(_("Support Office")),
        organisations=actor.organisations,
        partnerships=actor.partnerships,
    )


@dataclass(frozen=True)
class Outcome:
    """What became of one thing in an action."""

    thing: Model
    refusal: Refused | None


class FoldedChangeList(ChangeList):
    """A list whose columns of text are ordered by their folded keys."""

    def get_ordering_field(self, field_name: Any) -> Any:
        found = super().get_ordering_field(field_name)
        return order_path(self.lookup_opts.model, found) if isinstance(found, str) else found


class PortalAdmin(admin.ModelAdmin):
    """What all share: texts are searched and ordered by their folded keys, a refusal of the database is a sentence."""

    formfield_overrides: ClassVar = {URLField: {"assume_scheme": "https"}}
    show_full_result_count = False  # what a filter leaves is counted, not all there is besides

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return FoldedChangeList

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A rule of the database that no form asked about is told in a sentence, and nothing is saved."""
        try:
            with unit_of_work():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            messages.error(request, violation(error))
            return redirect(request.get_full_path())

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        with unit_of_work():
            return super().delete_view(request, object_id, extra_context)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return [_searched(self.model, name) for name in super().get_search_fields(request)]


def _searched(model: type[Model], name: str) -> str:
    return f"{name}__folded_contains" if is_text(model, name) else name


class ReadOnlyAdmin(PortalAdmin):
    """Looked at, searched and filtered; never edited here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class _Choice(AutocompleteSelect):
    """Django's choice by search; what was sent in place of a row's number is shown as nothing, instead of a crash.

    Valid HTML wants an option with a text where nothing is chosen, and wants it first where the choice is compulsory.
    """

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        groups = super().optgroups(name, [str(one) for one in value if one and whole_number(one)], attr)
        options = groups[0][1]
        chosen = [option for option in options if option["value"]]
        options[:] = [self.create_option(name, "", "–", not chosen, 0), *chosen]
        return groups


class AutocompleteMixin(BaseModelAdmin):
    """Admin, or inline, with `autocomplete_fields`."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = _Choice(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ReferenceDataAdmin(AutocompleteMixin, PortalAdmin):
    """Reference data: added and edited, deleted only where nothing refers to it (the database protects).

    A code by which others refer to a row is given once: another one would be another row.
    """

    save_on_top = True

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        key = self.model._meta.pk
        fixed = [key.name] if obj is not None and not key.auto_created else []
        return [*super().get_readonly_fields(request, obj), *fixed]


class StatefulAdmin(ReadOnlyAdmin):
    """A thing with a lifecycle: every transition the Support Office may perform is an action with a reason."""

    object_history_template = "admin/history_of_transitions.html"

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The transitions as actions; Django's own deletion is left out."""
        found = {}
        model: type[StatefulModel] = self.model
        for declared in transitions_of(model).values():
            if declared.button and not declared.creates and declared.may(Side.SO):
                found[declared.name] = (_action(declared), declared.name, f"{declared.label} …")
        return found

    @admin.display(description=gettext_lazy("portal"))
    def on_the_portal(self, obj: Any) -> str:
        """A link to the thing's own page, where it is edited."""
        return format_html('<a href="{}">{}</a>', path_of(obj), _("Open"))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The thing's events, in place of Django's log of edits."""
        thing = self.get_object(request, object_id)
        events = StateEvent.of(thing) if thing is not None else StateEvent.objects.none()
        return super().history_view(request, object_id, {**(extra_context or {}), "events": events})


def _action(declared: Transition) -> Callable[[StatefulAdmin, HttpRequest, QuerySet[Any]], HttpResponse | None]:
    def run(modeladmin: StatefulAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        reason = request.POST.get("reason", "").strip()
        if "confirmed" not in request.POST or (declared.wants_reason(Side.SO) and not reason):
            return confirm_page(modeladmin, request, queryset, declared, missing="confirmed" in request.POST)
        _show_outcomes(request, declared, [_carry_out(thing, declared, request, reason) for thing in queryset])
        return None

    run.__name__ = declared.name
    return run


def confirm_page(
    modeladmin: StatefulAdmin, request: HttpRequest, queryset: QuerySet[Any], declared: Transition, *, missing: bool
) -> HttpResponse:
    """Asks whether the transition is meant for these things, and why."""
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": declared.label,
        "things": queryset,
        "declared": declared,
        "wants_reason": declared.wants_reason(Side.SO),
        "missing": missing,
        "opts": modeladmin.model._meta,
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/confirm_transition.html", context)


def _carry_out(thing: StatefulModel, declared: Transition, request: HttpRequest, reason: str) -> Outcome:
    try:
        perform(thing, declared.name, by=support_office(request), reason=reason)
    except Refused as refusal:
        return Outcome(thing, refusal)
    return Outcome(thing, None)


def _show_outcomes(request: HttpRequest, declared: Transition, outcomes: Sequence[Outcome]) -> None:
    done = sum(outcome.refusal is None for outcome in outcomes)
    if done:
        text = ngettext("%(transition)s: %(done)s done.", "%(transition)s: %(done)s done.", done)
        messages.success(request, text % {"transition": declared.label, "done": done})
    for outcome in outcomes:
        if outcome.refusal is not None:
            messages.error(request, f"{outcome.thing}: {outcome.refusal}")
