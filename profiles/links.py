"""Links to where a profile is worked on, down to the field: for the to-do page, mails and checklists."""

from typing import Any

from django.urls import reverse

from cxc.core.links import path_of
from cxc.workflow.batch import prefetched
from cxc.workflow.fix import field, first_gap
from profiles.enums import ProfileState
from profiles.form_steps import step_of
from profiles.postal import missing_address_fields
from profiles.rules import has_to_name_cluster

# What a profile has to say, in the order of its form.
REQUIRED_FIELDS = ("types", "languages", "available_from", "available_to", "working_days", "motivation", "description")
# Fields with several checkboxes have a container with an id of its own.
_CHECKBOX_GROUPS = frozenset({"types", "languages"})


def profile_field(profile: Any, name: str) -> str:
    """The link to this field, in the step that holds it."""
    address = reverse("profile-step", args=[profile.pk, step_of(name)])
    return f"{address}#div_id_{name}" if name in _CHECKBOX_GROUPS else field(address, name)


def first_missing_field(profile: Any) -> str:
    """The first field that is empty; '' when the profile is filled in. Asks for its types (prefetch them)."""
    if not prefetched(profile, "types").types.all():
        return "types"
    empty = first_gap(profile, REQUIRED_FIELDS[1:])
    return empty or ("" if profile.physical or profile.virtual else "physical")


def first_gap_of(profile: Any) -> str:
    """The link to the first field that is empty."""
    return profile_field(profile, first_missing_field(profile) or "types")


def period(profile: Any) -> str:
    """When the profile is available."""
    return profile_field(profile, "available_to")


def declaration(profile: Any) -> str:
    """Where its holder declares that the organisation may take part."""
    return profile_field(profile, "eligibility_declared")


def next_input(profile: Any) -> str:
    """The link with which to go on with a draft: the first empty field, the declaration, the address, or submission."""
    missing_field = first_missing_field(profile) or ("" if profile.eligibility_declared else "eligibility_declared")
    if missing_field:
        return profile_field(profile, missing_field)
    if missing_address_fields(profile.organisation):
        return address(profile.organisation)
    return reverse("profile-step", args=[profile.pk, "texts"]) + "#step-form"


def available_transitions(profile: Any) -> str:
    """What can be done with it."""
    return path_of(profile, "transitions")


def submit_again(profile: Any) -> str:
    """Where a refused profile is submitted again, with the reason it was refused for."""
    return reverse("transition", args=["profiles.profile", profile.pk, "submit_again"]) + "#reason"


def choice_of_partnership(profile: Any) -> str:
    """Where its Partnership is chosen; once it is no draft the Support Office moves it."""
    if profile.state == ProfileState.DRAFT:
        return profile_field(profile, "partnership")
    return reverse("profile-reassign", args=[profile.pk])


def places(profile: Any) -> str:
    """How many visitors a host takes at a time."""
    return profile_field(profile, "places")


def identity(organisation: Any) -> str:
    """Kind, country and cluster, which decide who may take part; the cluster alone where only that is to be named."""
    if has_to_name_cluster(organisation):
        return field(reverse("organisation-cluster", args=[organisation.pk]), "cluster")
    return field(reverse("organisation-identity", args=[organisation.pk]), "kind")


def identity_of(profile: Any) -> str:
    """`identity` of a profile's organisation."""
    return identity(profile.organisation)


def address(organisation: Any) -> str:
    """Its address and registration number, with the first field that is missing."""
    missing = missing_address_fields(organisation)
    return field(reverse("organisation-edit", args=[organisation.pk]), next(iter(missing), "street"))


def contract_details(partnership: Any) -> str:
    """Where the coordinating organisation and the grant agreement numbers of a Partnership are entered."""
    return field(reverse("partnership-contract-details", args=[partnership.pk]), "legal_name")


def participation(row: Any) -> str:
    """Where the Support Office extends a Partnership's participation, or enters one."""
    if row is None:
        return reverse("admin:profiles_participation_add")
    return field(reverse("admin:profiles_participation_change", args=[row.pk]), "last_day")
