"""Restores a draft into the form of a page, and says so."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc.access.personal import principal_key
from cxc.web.form_drafts import store
from cxc.web.models import FormDraft
from cxc.workflow.merge import Merged, digest, digests, parsed

# The field by which a form says under which address its draft is saved.
DRAFT_FIELD = "form_draft"
DONE_COOKIE = "draft-taken-"


@dataclass
class DraftState:
    """What a page says of its form's draft. `saved_at` is None where there was none.

    `theirs`: label and present words of each field that somebody else changed while this text waited.
    """

    address: str
    base: str
    person: str
    principal: str
    token: str
    saved_at: datetime | None = None
    theirs: list[tuple[str, str]] = field(default_factory=list)
    is_posted: bool = False
    is_changed: bool = False


def restore_form_draft(request: Any, form: Any, *, address: str = "", base: str = "") -> DraftState:
    """What was typed into this form before and not handed in is in it again; for the context's `kept`.

    Call it with the page's form, formset, or list of forms with prefixes, on each request that shows the page.
    A form that holds what was just posted is left as it is. `base`: what the record says, where the form does not
    know it.
    """
    state = DraftState(
        address=(address or request.get_full_path())[:400],
        base=_digest(base) if base else base_of(form),
        person=salted_hmac("cxc.form_drafts", str(request.user.pk)).hexdigest()[:16],
        principal=principal_key(request.actor),
        token=get_random_string(12),
        is_posted=request.method == "POST",
    )
    if request.method == "GET":
        waiting = store.find(by=request.actor, address=state.address)
        if waiting is not None:
            _restore(request, form, waiting, state)
    return state


def base_of(form: Any) -> str:
    """Stands for what the form, or formset, says before anybody types; the forms of a list come and go."""
    if isinstance(form, list):
        return ""
    if isinstance(form, forms.BaseFormSet):
        return _digest(repr(form.initial))
    return digests({name: _sent(form, name) for name, _field in _typed_fields(form)})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _typed_fields(form: forms.BaseForm) -> Iterable[tuple[str, forms.Field]]:
    """The fields that a draft holds: nothing private, no files, nothing of the page's own."""
    for name, each in form.fields.items():
        if not (name in store.PAGE_FIELDS or is_private(name, each) or isinstance(each, forms.FileField)):
            yield name, each


def is_private(name: str, of: forms.Field) -> bool:
    """Whether no draft holds this field: by its name, or because its widget says so."""
    is_secret = isinstance(of.widget, forms.PasswordInput)
    return is_secret or "data-private" in of.widget.attrs or store.is_private(name)


def _restore(request: Any, form: Any, waiting: FormDraft, state: DraftState) -> None:
    data = QueryDict(mutable=True)
    for name, value in waiting.fields:
        data.appendlist(name, value)
    state.is_changed = bool(waiting.base and waiting.base != state.base)
    if isinstance(form, forms.BaseFormSet):
        state.saved_at = waiting.saved_at
        refill_rows(form, data)
        return
    if isinstance(form, list):
        touched = [one for one in form if any(one.add_prefix(name) in data for name in one.fields)]
        for one in touched:
            refill(one, data)
        state.saved_at = waiting.saved_at if any(one.has_changed() for one in touched) else None
        return
    _leave_untouched(form, data, parsed(waiting.base))
    refill(form, data)
    changed = [name for name in form.changed_data if name in dict(_typed_fields(form))]
    if not changed:
        # It says what the record says by now: there is nothing to tell.
        store.erase(by=request.actor, address=state.address)
        return
    state.saved_at = waiting.saved_at
    if state.is_changed:
        state.theirs = [(str(form[name].label), stored_text(form, name)) for name in changed]


def _leave_untouched(form: forms.BaseForm, data: QueryDict, read: Mapping[str, str]) -> None:
    """A field that said what the record said when it was typed into says what the record says by now."""
    for name, _field in _typed_fields(form):
        typed = data.getlist(form.add_prefix(name))
        if read.get(name) == digest([one for one in typed if one]):
            data.setlist(form.add_prefix(name), _sent(form, name))


def refill(form: forms.BaseForm, data: QueryDict) -> None:
    """Put typed values into a form without telling errors: the person is still at it."""
    drafted = dict(_typed_fields(form))
    for name, each in form.fields.items():
        if name not in drafted and not isinstance(each, forms.FileField):
            data.setlist(form.add_prefix(name), _sent(form, name))
    form.data, form.is_bound = data, True
    form._errors = ErrorDict()  # type: ignore[attr-defined]


def show_theirs(form: forms.BaseForm, names: Iterable[str]) -> None:
    """Put what the record says into these fields of a form that was sent, which nobody changed in it."""
    data: QueryDict = form.data.copy()  # type: ignore[attr-defined]
    for name in names:
        data.setlist(form.add_prefix(name), _sent(form, name))
    form.data = data


def _sent(form: forms.BaseForm, name: str) -> list[str]:
    """What a browser would send of a field nobody touched."""
    value = form.fields[name].prepare_value(form.get_initial_for_field(form.fields[name], name))
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return [] if value in (None, "", False) else [str(value)]


def refill_rows(rows: forms.BaseFormSet, data: QueryDict) -> None:
    """The same for a formset: as many rows as were typed."""
    rows.data, rows.is_bound = data, True
    rows.__dict__.pop("forms", None)
    rows.__dict__.pop("management_form", None)
    for row in rows.forms:
        row._errors = ErrorDict()
    rows._errors, rows._non_form_errors = [{} for _ in rows.forms], rows.error_class()  # type: ignore[attr-defined]


class Difference(NamedTuple):
    """A field that was changed here and elsewhere, as people read it."""

    label: str
    theirs: str
    mine: str


def differences(form: forms.BaseForm, merged: Merged, mine: Mapping[str, Any]) -> list[Difference]:
    """Both texts of each such field; what was changed elsewhere alone is put into the form."""
    show_theirs(form, [name for name in merged.theirs if name in form.fields])
    return [
        Difference(str(each.label or name).removesuffix(" *"), stored_text(form, name), _as_text(each, mine[name]))
        for name, each in form.fields.items()
        if name in merged.conflicts
    ]


def stored_text(form: forms.BaseForm, name: str) -> str:
    """What the record says in this field, as a person reads it."""
    each = form.fields[name]
    return _as_text(each, form.get_initial_for_field(each, name))


def _as_text(each: forms.Field, value: Any) -> str:
    values = list(value.all() if hasattr(value, "all") else value) if _is_several(value) else [value]
    return ", ".join(_one_as_text(each, one) for one in values if one not in (None, ""))


def _is_several(value: Any) -> bool:
    return isinstance(value, list | tuple) or hasattr(value, "values_list")


def _one_as_text(each: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(each, forms.ModelChoiceField) and each.queryset is not None:
        found = each.queryset.filter(pk=getattr(value, "pk", value)).first()
        return str(found or value)
    if isinstance(each, forms.ChoiceField):
        return str(dict(_flat(each.choices)).get(value, value))
    return str(value)


def _flat(choices: Any) -> Iterable[tuple[Any, Any]]:
    """Choices without the headings that some stand under."""
    for value, label in choices:
        yield from label if isinstance(label, list | tuple) else [(value, label)]
