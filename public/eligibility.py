"""The eligibility check: five questions, answered by the portal's own rules.

The answers are asked of `profiles.rules` through an organisation that is never saved, so that the check can't
say anything else than the portal does when a profile is submitted. Rule: docs/rules.md, Eligibility.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.sanitise import storable
from profiles.enums import OrganisationKind, ProfileKind
from profiles.models import ClusterOrganisation, Country, Generation, Organisation
from profiles.queries.generations import last_open_day
from profiles.rules import NEEDS_NO_CLUSTER, eligibility_problem, exception_is_possible, kind_problem

NO_CLUSTER = "none"
YES, NO = "yes", "no"
MAX_CLUSTERS = 25


@dataclass(frozen=True)
class Step:
    """One question: its parameter in the address, and its words."""

    name: str
    question: Any
    help: Any = ""


STEPS = (
    Step("as", gettext_lazy("Do you want to visit, or to host?")),
    Step("kind", gettext_lazy("What kind of organisation are you?")),
    Step(
        "country",
        gettext_lazy("In which country is your organisation registered?"),
        gettext_lazy("Where it is registered counts, not the nationality of who travels."),
    ),
    Step(
        "cluster",
        gettext_lazy("Does your organisation belong to a cluster of the register?"),
        gettext_lazy(
            "A cluster is an association of firms and others of one trade or region. Type a part of its name and"
            " search; a cluster organisation looks for its own entry."
        ),
    ),
    Step("before", gettext_lazy("Have you been on a physical exchange in this generation already?")),
)


@dataclass(frozen=True)
class Answers:
    """What was answered, read from an address; what can't be read is as not answered."""

    role: str = ""
    kind: str = ""
    country: Country | None = None
    cluster: ClusterOrganisation | None = None
    no_cluster: bool = False
    before: str = ""

    @classmethod
    def read(cls, given: Any) -> "Answers":
        role, kind = given.get("as", ""), given.get("kind", "")
        cluster = given.get("cluster", "")
        return cls(
            role=role if role in ProfileKind.values else "",
            kind=kind if kind in OrganisationKind.values else "",
            country=Country.objects.filter(pk=storable(given.get("country", ""))[:2]).first(),
            cluster=_registered().filter(pk=int(cluster)).first() if _is_number(cluster) else None,
            no_cluster=cluster == NO_CLUSTER,
            before=given.get("before", "") if given.get("before") in {YES, NO} else "",
        )

    def as_query(self) -> dict[str, str]:
        """The same as parameters of an address, in the order of the questions; what is open is left out."""
        cluster = str(self.cluster.pk) if self.cluster else NO_CLUSTER if self.no_cluster else ""
        country = self.country.pk if self.country else ""
        given = {"as": self.role, "kind": self.kind, "country": country, "cluster": cluster, "before": self.before}
        return {name: value for name, value in given.items() if value}

    def next_step(self) -> Step | None:
        """The first question that is open; None when all are answered."""
        given = self.as_query()
        return next((step for step in STEPS if step.name not in given and self._is_asked(step)), None)

    def _is_asked(self, step: Step) -> bool:
        """A host may host again, and a network needs no cluster: these are not asked."""
        if step.name == "cluster":
            return self.kind not in NEEDS_NO_CLUSTER
        return step.name != "before" or self.role != ProfileKind.HOST


@dataclass(frozen=True)
class Verdict:
    """The answer: whether they may, why (or why not), and what is left to say."""

    may_take_part: bool
    reasons: tuple[str, ...]
    exception_possible: bool = False


def check_eligibility(answers: Answers, generation: Generation) -> Verdict:
    """Ask the rules. Only for answers that are complete."""
    organisation = Organisation(kind=answers.kind, country=answers.country, cluster=answers.cluster)
    problems = [
        eligibility_problem(organisation, answers.role, generation),
        kind_problem(organisation),
        _closed_problem(generation),
        _visit_used_problem(answers, generation),
    ]
    found = tuple(problem for problem in problems if problem)
    if not found:
        return Verdict(True, tuple(_reasons_for(answers, generation)))
    only_the_cluster = found == (problems[0],) and generation.takes_part(organisation.country_id)
    possible = only_the_cluster and exception_is_possible(organisation, answers.role)
    return Verdict(False, found, possible and answers.kind in generation.kinds_for(answers.role))


def _closed_problem(generation: Generation) -> str:
    if last_open_day(generation):
        return ""
    return _("Wait for the next generation, or ask us: no Partnership takes profiles in %(generation)s now.") % {
        "generation": generation
    }


def _visit_used_problem(answers: Answers, generation: Generation) -> str:
    if answers.role == ProfileKind.HOST or answers.before != YES:
        return ""
    return _(
        "Take part online, host, or travel again in the next generation: a visitor travels once in a generation, and"
        " you have been in %(generation)s."
    ) % {"generation": generation}


def _reasons_for(answers: Answers, generation: Generation) -> list[str]:
    """What speaks for it, in sentences."""
    values = {
        "kind": OrganisationKind(answers.kind).label,
        "role": ProfileKind(answers.role).label,
        "generation": generation,
        "country": answers.country,
        "cluster": answers.cluster,
    }
    reasons = [
        _("%(kind)s: may take part in %(generation)s as %(role)s.") % values,
        _("%(country)s participates in %(generation)s.") % values,
    ]
    if answers.cluster is not None:
        reasons.append(_("%(cluster)s is in the cluster register.") % values)
    elif answers.kind in NEEDS_NO_CLUSTER:
        reasons.append(_("It needs no cluster: its Partnership confirms that it is similar to one."))
    return reasons


def search_clusters(text: str, country: Country | None) -> list[ClusterOrganisation]:
    """Clusters of the register whose name holds each word; those of one's own country first."""
    rows = _registered()
    for word in storable(text).split()[:6]:
        rows = rows.filter(name__folded_contains=word)
    own = country.pk if country else ""
    found = list(rows.select_related("country").order_by("name__folded")[: MAX_CLUSTERS * 4])
    return sorted(found, key=lambda cluster: cluster.country_id != own)[:MAX_CLUSTERS]


def _registered() -> Any:
    return ClusterOrganisation.objects.filter(is_registered=True)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
