"""An organisation: registered, edited, and moved from one kind, country or cluster to another."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor
from cxc.core.folding import folded
from cxc.core.languages import in_the_portals_language
from cxc.core.sanitise import one_full_stop
from cxc.workflow import OF_THE_EDIT, NotAllowed, ReasonMissing, Refused, perform, take_fields
from cxc.workflow.unit_of_work import unit_of_work
from profiles.enums import LIVE_STATES, OrganisationRole
from profiles.models import ClusterRequest, Membership, Organisation
from profiles.postal import says_none
from profiles.rules import kind_problem
from profiles.services import interest
from profiles.services.permissions import (
    is_support_office,
    may_agree_to_public_name,
    may_edit,
    require_edit,
    require_participant,
)

PLAIN_FIELDS = frozenset(
    {
        "legal_name",
        "street",
        "postal_code",
        "city",
        "website",
        "registration_number",
        "sector",
        "staff_count",
        "mission",
        "named_in_public",
    }
)
# What only the organisation's own members may agree to, once they are.
CONSENT_FIELDS = frozenset({"named_in_public"})
# What eligibility depends on: changed with a reason, through a transition of each live profile.
IDENTITY_FIELDS = frozenset({"kind", "country", "cluster"})
# From this similarity (trigrams in common, 0 to 1) on two names may be the same.
MIN_SIMILARITY = 0.55


class SimilarOrganisations(Refused):
    """There may already be such an organisation; `found` lists them. Not raised with `register_anyway`."""

    def __init__(self, found: Sequence[Organisation]) -> None:
        names = ", ".join(str(one) for one in found)
        super().__init__(one_full_stop(_("This may be registered already: %(names)s.") % {"names": names}))
        self.found = list(found)


def similar_to(
    *,
    legal_name: str,
    country_id: str,
    registration_number: str = "",
    website: str = "",
    excluded_pk: int | None = None,
) -> list[Organisation]:
    """Organisations of the same country with a similar name, the same number or website; at most five."""
    alike = Q(likeness__gte=MIN_SIMILARITY)
    if registration_number.strip() and not says_none(registration_number):
        alike |= Q(registration_number__folded=folded(registration_number))
    if host := _host(website):
        alike |= Q(website__iregex=rf"^https?://(www\.)?{_escaped(host)}(/|:|$)")
    near = Organisation.objects.filter(country_id=country_id).annotate(
        likeness=TrigramSimilarity("legal_name__folded", folded(legal_name))
    )
    return list(near.filter(alike).exclude(pk=excluded_pk or 0).order_by("-likeness", "pk")[:5])


def _host(website: str) -> str:
    return (urlsplit(website).hostname or "").removeprefix("www.")


def _escaped(host: str) -> str:
    return host.replace(".", r"\.")


@unit_of_work()
def register(
    *, by: Actor, register_anyway: bool = False, with_owner: bool = True, unlisted_cluster: str = "", **fields: Any
) -> Organisation:
    """A new organisation with the person who registers it as its owner.

    SimilarOrganisations when one like it exists and `register_anyway` is not set. Kinds that can only host are welcome
    too: which kind may do what is a question of the generation. The Support Office, and whoever
    registers on behalf (`with_owner` False), becomes no member. `unlisted_cluster`: the name of a cluster
    that is not in the register, which the Support Office is asked to add.
    """
    require_participant(by)
    _refuse_unknown(fields, (PLAIN_FIELDS | IDENTITY_FIELDS) - CONSENT_FIELDS)
    organisation = Organisation(**fields)
    _refuse_contradicting_cluster(organisation)
    _lock_country(organisation.country_id)
    if not register_anyway and (found := _similar(organisation)):
        raise SimilarOrganisations(found)
    _refuse_same(organisation)
    organisation.save()
    if with_owner and not is_support_office(by):
        assert by.user is not None
        Membership.objects.create(organisation=organisation, user=by.user, role=OrganisationRole.OWNER)
    _request_cluster(organisation, unlisted_cluster, by)
    return organisation


def _lock_country(country_id: str) -> None:
    """Wait for whoever registers or renames in this country: what they write is seen by the checks that follow."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('profiles.organisation'), hashtext(%s))", [country_id])


def _refuse_same(organisation: Organisation) -> None:
    """Refuses the same organisation a second time, whatever was ticked. Held by `one_organisation_a_name`."""
    same = Organisation.objects.filter(
        country_id=organisation.country_id,
        legal_name__folded=folded(organisation.legal_name),
        city__folded=folded(organisation.city),
        registration_number__folded=folded(organisation.registration_number),
    )
    if same.exclude(pk=organisation.pk).exists():
        raise Refused(
            _("%(name)s in %(city)s is registered already with the same number. Ask one of its owners to invite you.")
            % {"name": organisation.legal_name, "city": organisation.city}
        )


def _request_cluster(organisation: Organisation, name: str, by: Actor) -> None:
    """One open request an organisation: a later one, or a cluster that is named, takes the place of the first."""
    open_requests = organisation.cluster_requests.filter(answered_at__isnull=True)
    if name.strip() or organisation.cluster_id is not None:
        open_requests.delete()
    if name.strip() and organisation.cluster_id is None and by.user is not None:
        ClusterRequest.objects.create(organisation=organisation, name=name.strip(), asked_by=by.user)


def _similar(organisation: Organisation) -> list[Organisation]:
    return similar_to(
        legal_name=organisation.legal_name,
        country_id=organisation.country_id,
        registration_number=organisation.registration_number,
        website=organisation.website,
        excluded_pk=organisation.pk,
    )


@unit_of_work()
def edit(organisation: Organisation, *, by: Actor, version_read: int, **fields: Any) -> Organisation:
    """Change what eligibility does not depend on. Stale when somebody saved since `version_read`."""
    require_edit(by, organisation)
    return _write(organisation, fields, version_read, allowed=PLAIN_FIELDS, by=by)


@unit_of_work()
def change_identity(
    organisation: Organisation,
    *,
    by: Actor,
    reason: str,
    version_read: int,
    unlisted_cluster: str = "",
    **fields: Any,
) -> Organisation:
    """Change kind, country or cluster, with a reason, on every live profile at once.

    Each live profile goes through its transition `change_identity`; one that may not (a published one that would no
    longer be eligible, one with an exchange under way) refuses the whole. Rule: docs/rules.md, Eligibility.
    """
    _require_identity(by, organisation)
    if not reason.strip():
        raise ReasonMissing
    interest.renew_by_identity(organisation, by)
    written = _write(organisation, fields, version_read, allowed=IDENTITY_FIELDS, by=by)
    _refuse_contradicting_cluster(written)
    _request_cluster(written, unlisted_cluster, by)
    for profile in written.profiles.filter(state__in=LIVE_STATES).order_by("pk"):
        perform(profile, "change_identity", by=by, reason=reason, changes=_as_text(fields))
    return written


def _require_identity(by: Actor, organisation: Organisation) -> None:
    looks_after = by.may_write and Organisation.objects.filter(pk=organisation.pk).visible_to(by, "identity").exists()
    if not (looks_after or may_edit(by, organisation)):
        raise NotAllowed(_("You may not change kind, country or cluster of “%(name)s”.") % {"name": organisation})


def _write(
    organisation: Organisation, fields: Mapping[str, Any], version_read: int, *, allowed: frozenset[str], by: Actor
) -> Organisation:
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if fields.get("named_in_public") and not row.named_in_public and not may_agree_to_public_name(by, row):
        raise NotAllowed(_("Only owners and editors may agree that the organisation is named in public."))
    take_fields(row, fields, allowed=allowed, version_read=version_read, by=by.user)
    if problem := row.address_problem():
        raise Refused(problem)
    _lock_country(row.country_id)
    _refuse_same(row)
    row.save(update_fields=[*fields, *row.record_public_name_consent(by.user), *OF_THE_EDIT])
    return row


def _refuse_unknown(fields: Mapping[str, Any], known: frozenset[str]) -> None:
    if unknown := set(fields) - known:
        raise TypeError(f"Not to be edited here: {sorted(unknown)}")


def _refuse_contradicting_cluster(organisation: Organisation) -> None:
    if problem := kind_problem(organisation):
        raise Refused(problem)


@in_the_portals_language
def _as_text(fields: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value if value is not None else "") for name, value in fields.items()}
