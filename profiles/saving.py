"""Saving a step of the profile's form: what is good is saved, what differs is told, nothing is lost."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cxc.ground.access import Actor
from cxc.ground.moves import Stale
from profiles import languages
from profiles.enums import ProfileState
from profiles.forms.steps import StepForm, TextsForm, digest, said
from profiles.models import Profile
from profiles.services import profiles


@dataclass(frozen=True)
class Difference:
    """A field on which two people, or two tabs, differ."""

    label: str
    theirs: str
    mine: str


@dataclass
class Saving:
    """What became of an attempt to save: saved, or not for the differences. `current_version`: to read on from."""

    current_version: int
    base: str = ""
    differences: list[Difference] = field(default_factory=list)


def save_step(profile: Profile, form: StepForm, *, by: Actor, whole: bool) -> Saving:
    """Save the good fields of a validated form; `whole` when the person pressed the button.

    While one types a published profile is left alone (each of its edits is an event), and so is a choice of
    Partnership. Somebody else's change to the same fields is never overwritten: the differences come back.
    """
    fields, links = form.edit()
    if isinstance(form, TextsForm) and whole and form.takes_off:
        fields["brochure"] = None
    if not may_save_while_typing(profile):
        # Its event names what was changed, not all that stood in the form; the form has written on `profile` already.
        kept = Profile.objects.get(pk=profile.pk)
        fields, links = _changed(kept, fields), _changed(kept, links)
    upload = form.cleaned_data.get("brochure_file") if whole else None
    version = form.cleaned_data.get("version_read") or 0
    try:
        profiles.save(profile, by=by, version_read=version, fields=fields, links=links, upload=upload)
    except Stale as stale:
        theirs: Profile = stale.current
        differences = _differences(theirs, form, fields | links)
        untouched = form.cleaned_data.get("base") == digest(type(form), theirs)
        if differences and not untouched:
            return Saving(theirs.row_version, digest(type(form), theirs), differences)
        profiles.save(profile, by=by, version_read=theirs.row_version, fields=fields, links=links, upload=upload)
    if whole and isinstance(form, TextsForm):
        _give_to_partnership(profile, form, by)
    return Saving(profile.row_version, digest(type(form), profile))


def may_save_while_typing(profile: Profile) -> bool:
    """Only drafts save themselves: an edit of what is published is an event with a name to it."""
    return profile.state == ProfileState.DRAFT


def _changed(profile: Profile, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if _plain(value) != said(profile, name)}


def _give_to_partnership(profile: Profile, form: TextsForm, by: Actor) -> None:
    if "partnership" not in form.cleaned_data:
        return
    chosen = form.cleaned_data["partnership"]
    if chosen is None or chosen.pk != profile.partnership_id:
        profiles.choose_partnership(profile, by=by, partnership=chosen)


def _differences(theirs: Profile, form: StepForm, mine: dict[str, Any]) -> list[Difference]:
    found = []
    for name, value in mine.items():
        if name in form.fields and _plain(value) != said(theirs, name):
            label = str(form.fields[name].label or name)
            found.append(Difference(label, _words(name, _value(theirs, name)), _words(name, value)))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(str(getattr(one, "pk", one)) for one in value)
    return value


def _value(profile: Profile, name: str) -> Any:
    return list(getattr(profile, name).all()) if name in Profile.EDITABLE_LINKS else getattr(profile, name)


def _words(name: str, value: Any) -> str:
    if value in (None, "", []):
        return _("(empty)")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name == "languages":
        return ", ".join(languages.names(value))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
