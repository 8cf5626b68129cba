"""Saves a step of the profile's form: valid fields are saved, edits by others are shown, nothing is lost."""

from dataclasses import dataclass, field
from typing import Any

from cxc.access.scoped import Actor
from cxc.web.form_drafts.restore import Difference, differences
from cxc.workflow import Stale
from cxc.workflow.merge import Baseline, write_merged
from profiles.enums import ProfileState
from profiles.forms.steps import StepForm, TextsForm
from profiles.models import Profile
from profiles.services import profiles


@dataclass
class SaveResult:
    """The result of an attempt to save: saved, or not because of differences. `current_version`: to go on from.

    `sentence`: who saved in the meantime, and when.
    """

    current_version: int
    base: str = ""
    differences: list[Difference] = field(default_factory=list)
    sentence: str = ""


def save_step(profile: Profile, form: StepForm, *, by: Actor, whole: bool) -> SaveResult:
    """Save the valid fields of a validated form; `whole` when the person pressed the button.

    While one types a published profile is left alone (each of its edits is an event), and so is a choice of
    Partnership. Somebody else's change to the same fields is never overwritten: the differences come back.
    """
    fields, links = form.edit()
    upload = form.cleaned_data.get("brochure_file") if whole else None
    removes_brochure = isinstance(form, TextsForm) and whole and form.removes_brochure
    baseline = Baseline.sent(form.data)

    def write(version: int, changed: dict[str, Any]) -> None:
        edit: dict[str, dict[str, Any]] = {"fields": {}, "links": {}}
        for name, value in changed.items():
            edit["links" if name in Profile.EDITABLE_LINKS else "fields"][name] = value
        if removes_brochure:
            edit["fields"]["brochure"] = None
        profiles.save(profile, by=by, version_read=version, upload=upload, **edit)

    def current() -> Profile:
        return Profile.objects.select_related("edited_by").get(pk=profile.pk)

    typed = fields | links
    try:
        merged = write_merged(write, typed=typed, current=current, baseline=baseline, by=by.user)
    except Stale as stale:
        return _conflict(form, stale, typed)
    if whole and isinstance(form, TextsForm):
        _choose_partnership(profile, form, by)
    return SaveResult(profile.row_version, baseline.after(typed, merged))


def _conflict(form: StepForm, stale: Stale, typed: dict[str, Any]) -> SaveResult:
    """Both texts of each field that was changed here and elsewhere; what else was changed elsewhere is in the form."""
    if stale.merged is None:
        raise stale
    found = differences(form, stale.merged, typed)
    return SaveResult(stale.current.row_version, str(form.data.get("base", "")), found, stale.sentences[0])


def may_autosave(profile: Profile) -> bool:
    """Only drafts save themselves: an edit of what is published is an event with a name to it."""
    return profile.state == ProfileState.DRAFT


def _choose_partnership(profile: Profile, form: TextsForm, by: Actor) -> None:
    if "partnership" not in form.cleaned_data:
        return
    chosen = form.cleaned_data["partnership"]
    if chosen is None or chosen.pk != profile.partnership_id:
        profiles.choose_partnership(profile, by=by, partnership=chosen)
