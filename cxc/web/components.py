"""The living page of components: each in every state, made with the real ones, so that it can't go stale."""

from types import SimpleNamespace
from typing import Any, cast

from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc import clock
from cxc.access.guards import PortalRequest, View, signed_in
from cxc.access.scoped import Principal
from cxc.core.text_fields import FreeTextFormField, OneLineFormField
from cxc.web.fields import DayField
from cxc.workflow import NotAllowed, StatefulModel
from cxc.workflow.returned import Change, marked

THEMES = (("light", gettext_lazy("Light")), ("dark", gettext_lazy("Dark")))
LEVELS = (messages.INFO, messages.SUCCESS, messages.WARNING, messages.ERROR)
ICONS = ("plus", "download", "file-text", "search", "external-link", "lock", "clock", "trash-2")


def support_office_only(view: View) -> View:
    """The Support Office alone; everybody else who is signed in reads why not."""

    @signed_in
    def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor.principal is not Principal.SUPPORT_OFFICE:
            raise NotAllowed(_("This page is for the Support Office."))
        return view(request, *args, **kwargs)

    return guarded


class SampleForm(forms.Form):
    """One field of each kind."""

    name = OneLineFormField(label=gettext_lazy("A text"), help_text=gettext_lazy("Help stands beneath the field."))
    story = FreeTextFormField(label=gettext_lazy("A longer text"), rows=3)
    day = DayField(label=gettext_lazy("A day"), required=False)
    choice = forms.ChoiceField(label=gettext_lazy("One of several"))
    several = forms.MultipleChoiceField(
        label=gettext_lazy("Any of these"), widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField(label=gettext_lazy("A tick"))
    paper = forms.FileField(label=gettext_lazy("A file"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [("one", _("The first")), ("two", _("The second"))]
        self.fields["choice"].choices = [("", _("Choose")), *words]  # type: ignore[attr-defined]
        self.fields["several"].choices = words  # type: ignore[attr-defined]


class _Thing(SimpleNamespace):
    """Something with a state, as a page shows it."""

    def __str__(self) -> str:
        return str(_("The first"))


def _thing(state: str, label: Any) -> Any:
    return _Thing(state=state, get_state_display=lambda: label, get_absolute_url="#")


def states() -> list[tuple[str, Any]]:
    """Every state of every thing once, with its word."""
    found: dict[str, Any] = {}
    for model in apps.get_models():
        if issubclass(model, StatefulModel):
            found |= dict(cast(Any, model).state.field.flatchoices)
    return sorted(found.items())


def _checklist() -> list[tuple[Any, Any]]:
    done = SimpleNamespace(sentence=_("The dates stand."))
    missing = SimpleNamespace(sentence=_("The agenda has no feedback time yet."), anchor="checklist")
    return [(done, None), (done, missing)]


def _offers() -> list[Any]:
    transition = SimpleNamespace(label=_("Submit"), name="submit")
    checklist = _checklist()
    missing = [row for _need, row in checklist if row]
    return [
        SimpleNamespace(transition=transition, is_open=True, missing=[], checklist=checklist),
        SimpleNamespace(transition=transition, is_open=False, missing=missing, checklist=checklist),
    ]


def _returned() -> Any:
    change = Change(_("goals"), marked(_("We visit three mills."), _("We visit two mills and a laboratory.")))
    return SimpleNamespace(returned_reason=_("What do visitors bring?"), changes_since_return=[change])


def _steps(present: int) -> list[tuple[Any, str]]:
    names = [_("Registration"), _("Matching"), _("Exchange building"), _("Exchange finalisation")]
    words = {True: "done", False: "to-come"}
    return [(name, "present" if i == present else words[i < present]) for i, name in enumerate(names)]


@support_office_only
def components(request: PortalRequest) -> HttpResponse:
    """Every component in every state, in both themes, with a word on when to use which."""
    event = SimpleNamespace(
        happened_at=None,
        is_recorded=True,
        principal_label=_("A Partnership"),
        reason=_("A reason"),
        get_side_display=_("Partnership"),
    )
    context = {
        "themes": [
            (theme, label, SampleForm(prefix=theme), SampleForm({}, prefix=f"{theme}-wrong")) for theme, label in THEMES
        ],
        "states": [_thing(state, label) for state, label in states()],
        "reference": "CXC-00251",
        "thing": _thing("preparation", _("Preparation")),
        "offered": [(offer, "#") for offer in _offers()],
        "tones": ["neutral", "info", "success", "warning", "danger"],
        "samples_of_messages": [Message(level, _("What just happened.")) for level in LEVELS],
        "paths": [_steps(present) for present in (0, 2, 4)],
        "checklist": _checklist(),
        "returned": _returned(),
        "at_stage": [_("The host and the other visitors are told.")],
        "differences": [
            {
                "label": _("goals"),
                "theirs": _("We visit three mills."),
                "mine": _("We visit two mills and a laboratory."),
            }
        ],
        "icons": ICONS,
        "form_draft": SimpleNamespace(saved_at=clock.now(), theirs=[], address="/components/", token=""),
        "page_of_list": Paginator(range(30), 10).page(2),
        "rows": [(event, _("Submitted"), _("Published"))],
    }
    return render(request, "design/components.html", context)


@support_office_only
def confirm(request: HttpRequest) -> HttpResponse:
    """The page that asks "are you sure", as others extend it; nothing happens here."""
    context = {"title": _("Withdraw the proposal"), "thing": _thing("proposed", _("Proposed")), "back": "/components/"}
    return render(request, "design/confirm.html", context)
