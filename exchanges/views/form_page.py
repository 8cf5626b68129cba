"""What the screens here share: who may open a form, and the form that calls one service."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cxc.access.guards import PortalRequest
from cxc.access.scoped import Actor
from cxc.core.sanitise import whole_number
from cxc.web.form_drafts.restore import differences
from cxc.workflow import (
    AvailableTransition,
    NotAllowed,
    Refused,
    Stale,
    StatefulModel,
    available_transitions,
    consequences,
    perform,
    transitions_of,
)
from cxc.workflow.execution import not_allowed, sides_that_may, wrong_state
from cxc.workflow.merge import Baseline, digests, values_of, write_merged
from exchanges.services.outcomes import Skipped, Thing

FORM = "exchanges/form.html"


@dataclass(frozen=True)
class SaveResult:
    """What `save` says and where it leads; with no words, it has said all itself."""

    message: str = ""
    next_url: str = ""


def require_available(thing: StatefulModel, actor: Actor, *names: str) -> AvailableTransition:
    """The first of these transitions that the actor may make now; NotAllowed or WrongState when there is none.

    Its requirements may still be unmet: the form shows them, and the service refuses.
    """
    made = {available.transition.name: available for available in available_transitions(thing, actor)}
    found = next((made[name] for name in names if name in made), None)
    if found is not None:
        return found
    declared = [transitions_of(type(thing))[name] for name in names]
    if not any(sides_that_may(each, thing, actor) for each in declared):
        raise not_allowed(declared[0])
    raise wrong_state(declared[0], thing)


def require_may_create(thing: StatefulModel, actor: Actor, name: str = "create") -> None:
    """NotAllowed unless the actor may begin this new thing; what it requires the service checks."""
    declared = transitions_of(type(thing))[name]
    if not sides_that_may(declared, thing, actor):
        raise not_allowed(declared)


def form_page(
    request: PortalRequest,
    form: forms.BaseForm,
    save: Callable[[dict[str, Any]], Any],
    *,
    title: Any,
    back: str,
    template: str = FORM,
    **context: Any,
) -> HttpResponse:
    """Show the form; when it is right, call `save` with its values, say what happened and go `back`.

    `save` may return a sentence that says what happened, or `SaveResult`. What a service refuses stands above
    the form, with all that was typed (status 400); somebody's newer text stands beside it.
    """
    if request.method == "POST" and form.is_valid():
        done, newer = try_to_save(form, save)
        if form.is_valid():
            return redirect_with_message(request, done, back)
        context |= newer
    available, thing = context.get("available"), context.get("thing")
    if available is not None and isinstance(thing, StatefulModel):
        context["consequence"] = consequences.of(thing, available.transition)
        context["at_stage"] = consequences.at_stage(thing, available.transition, request.actor)
    context |= {"form": form, "title": title, "back": back, "back_page": back.partition("#")[0]}
    return render(request, template, context, status=400 if form.is_bound and form.errors else 200)


def warn_of_skipped(
    request: HttpRequest, skipped: Iterable[Skipped[Thing]], label: Callable[[Thing], object] = str
) -> None:
    """A message for each that was left out, with the reason."""
    for one in skipped:
        values = {"what": label(one.thing), "why": " ".join(one.sentences)}
        messages.warning(request, _("Skipped %(what)s: %(why)s") % values)


def document_form_page(
    request: PortalRequest, document: Any, form_class: type[forms.ModelForm], *, title: Any, **context: Any
) -> HttpResponse:
    """Write a document through its transition `edit`, under the version that the writer read."""
    available = require_available(document, request.actor, "edit")
    form = form_class(post_data(request), instance=document)

    def save(fields: dict[str, Any]) -> None:
        save_merged(request, document, fields)

    context_of_form = {"available": available, "comments": document.comments, "button": _("Save")} | baseline_fields(
        request, document, form
    )
    return form_page(request, form, save, title=title, back=document.get_absolute_url(), **(context_of_form | context))


def baseline_fields(request: HttpRequest, document: Any, form: forms.BaseForm) -> dict[str, Any]:
    """What a form carries of the record as it was read: its version, and a digest of each field."""
    if request.method == "POST":
        return {"version": version_read(request.POST), "base": request.POST.get("base", "")}
    names = [name for name in form.fields if hasattr(document, name)]
    return {"version": document.row_version, "base": digests(values_of(document, names))}


def save_merged(request: PortalRequest, document: Any, fields: dict[str, Any]) -> None:
    """Edit a document: what was changed in this form is written; Stale where the same was changed elsewhere."""

    def write(version: int, changed: dict[str, Any]) -> None:
        perform(document, "edit", by=request.actor, version_read=version, fields=changed)

    def current() -> Any:
        return type(document)._base_manager.select_related("edited_by").get(pk=document.pk)

    write_merged(write, typed=fields, current=current, baseline=Baseline.sent(request.POST), by=request.user)


def try_to_save(form: forms.BaseForm, save: Callable[[dict[str, Any]], Any]) -> tuple[Any, dict[str, Any]]:
    """What `save` answered; or, with the refusal among the form's errors, somebody's newer text for the page."""
    try:
        return save(form.cleaned_data), {}
    except NotAllowed:
        raise
    except Stale as error:
        form.add_error(None, error.sentences[0])
        return None, conflicts_of(form, error)
    except Refused as error:
        for sentence in error.sentences:
            form.add_error(None, sentence)
        return None, {}


def redirect_with_message(request: HttpRequest, done: Any, back: str) -> HttpResponse:
    """Say what happened and go on."""
    outcome = done if isinstance(done, SaveResult) else SaveResult(done if isinstance(done, str) else _("Saved."))
    if outcome.message:
        messages.success(request, outcome.message)
    return redirect(outcome.next_url or back)


def conflicts_of(form: forms.BaseForm, stale: Stale) -> dict[str, Any]:
    """For the page: the fields that both have changed, theirs and one's own; what only they changed is in the form."""
    if stale.merged is None:
        return {"version": stale.current.row_version}
    found = differences(form, stale.merged, stale.mine)
    return {"differences": found, "overwrite": stale.current.row_version}


def version_read(data: Mapping[str, Any]) -> int:
    """The version of the row that the writer had before them; 0, which is always stale, when none is said."""
    return whole_number(data.get("version_read", "")) or 0


def post_data(request: HttpRequest) -> Any:
    """What was typed; nothing on a first look."""
    return request.POST if request.method == "POST" else None


def post_data_and_files(request: HttpRequest) -> tuple[Any, Any]:
    """What was typed and handed in, for a form with a file; nothing on a first look."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
