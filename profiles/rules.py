"""Who may take part, and which share of the ceiling is paid, as plain rules. Rule: docs/rules.md, Eligibility."""

from collections.abc import Container, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from cxc.core.languages import in_sentence
from profiles.enums import OrganisationKind, ProfileKind

Row = TypeVar("Row", covariant=True)


class ClusterEntry(Protocol):
    """An entry of the cluster register."""

    @property
    def country_id(self) -> str: ...
    @property
    def is_registered(self) -> bool: ...


class ClusterRequest(Protocol):
    """A cluster that the Support Office is asked to add."""

    @property
    def name(self) -> str: ...
    @property
    def answered_at(self) -> datetime | None: ...


class RecordedException(Protocol):
    """An exception that the Support Office recorded for one generation."""

    @property
    def generation_id(self) -> int: ...


class Rows(Protocol[Row]):
    """The rows that belong to something."""

    def all(self) -> Iterable[Row]: ...


class Organisation(Protocol):
    """What the rules read of an organisation."""

    pk: int

    @property
    def kind(self) -> str: ...
    @property
    def country_id(self) -> str: ...
    @property
    def country(self) -> object: ...
    @property
    def cluster_id(self) -> int | None: ...
    @property
    def cluster(self) -> ClusterEntry | None: ...
    @property
    def cluster_requests(self) -> Rows[ClusterRequest]: ...
    @property
    def exceptions(self) -> Rows[RecordedException]: ...
    def get_kind_display(self) -> str: ...


class Generation(Protocol):
    """What the rules read of a generation."""

    pk: int

    def kinds_for(self, kind: str, /) -> Container[str]: ...
    def takes_part(self, country_id: str, /) -> bool: ...


# A cluster must be in the register itself; a network is confirmed by the Partnership as similar
# to a cluster; everybody else names the registered cluster they belong to.
NEEDS_NO_CLUSTER = {OrganisationKind.BUSINESS_NETWORK}
# Who may take part without the cluster they should have, when the Support Office records an exception.
MAY_HAVE_EXCEPTION = {(OrganisationKind.SME, ProfileKind.HOST)}


def eligibility_problem(organisation: Organisation, kind: str, generation: Generation) -> str:
    """Why this organisation can't take part as `kind` (visiting, host) in the generation; '' when it can."""
    if organisation.kind not in generation.kinds_for(kind):
        return _(
            "Correct the kind of organisation, or choose another generation: %(what)s can't take part as %(kind)s"
            " in %(generation)s."
        ) % {
            "what": organisation.get_kind_display(),
            "kind": in_sentence(ProfileKind(kind).label),
            "generation": generation,
        }
    if not generation.takes_part(organisation.country_id):
        return _(
            "Correct the country, or choose a generation in which it participates: %(country)s does not in"
            " %(generation)s."
        ) % {
            "country": organisation.country,
            "generation": generation,
        }
    if organisation.kind in NEEDS_NO_CLUSTER or _in_register(organisation):
        return ""
    return _cluster_problem(organisation, kind, generation)


def has_to_name_cluster(organisation: Organisation) -> bool:
    """Whether the organisation has named no cluster, and has to."""
    return organisation.cluster_id is None and organisation.kind not in NEEDS_NO_CLUSTER


def kind_problem(organisation: Organisation) -> str:
    """What contradicts itself in an organisation's kind and cluster, whatever the generation; '' when nothing does."""
    cluster = organisation.cluster
    if organisation.kind == OrganisationKind.CLUSTER and cluster and cluster.country_id != organisation.country_id:
        return _("Choose the organisation's own entry: the register has %(cluster)s in another country.") % {
            "cluster": cluster
        }
    return ""


def exception_is_possible(organisation: Organisation, kind: str) -> bool:
    """Whether the Support Office may record an exception for it: as a host, without a cluster."""
    return (organisation.kind, kind) in MAY_HAVE_EXCEPTION and not _in_register(organisation)


def percent_for(steps: Iterable[tuple[int, Decimal]], working_days: int) -> Decimal:
    """The share of the ceiling (0 to 100) that this many working days earn; 0 below all steps (from days, percent)."""
    reached = [(start, percent) for start, percent in steps if start <= working_days]
    return max(reached, default=(0, Decimal(0)))[1]


def _in_register(organisation: Organisation) -> bool:
    return organisation.cluster is not None and organisation.cluster.is_registered


def _requested_cluster(organisation: Organisation) -> str:
    """The name of the cluster that the Support Office is asked to add; '' when there is no open request."""
    if not organisation.pk:
        return ""
    return next((one.name for one in organisation.cluster_requests.all() if one.answered_at is None), "")


def _cluster_problem(organisation: Organisation, kind: str, generation: Generation) -> str:
    if requested := _requested_cluster(organisation):
        return _(
            "You asked the Support Office to add the cluster “%(name)s” to the register. The profile stays a draft"
            " until it has answered; everything else can be filled in."
        ) % {"name": requested}
    if organisation.kind == OrganisationKind.CLUSTER:
        return _("Choose the entry of your organisation in the cluster register: a cluster organisation must be in it.")
    if exception_is_possible(organisation, kind):
        if organisation.pk and any(one.generation_id == generation.pk for one in organisation.exceptions.all()):
            return ""
        return _(
            "Name the registered cluster that the organisation belongs to, or ask the Support Office to record an"
            " exception: a host SME needs one of the two."
        )
    return _("Name the registered cluster that the organisation belongs to.")
