"""Makes the profiles and matches of the samples, and their memberships, requests, questions and plans."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cxc.access.scoped import Actor
from cxc.core.models import StoredFile
from cxc.web.models import SavedView
from cxc.web.saved_views import store
from cxc.workflow import create, perform
from exchanges.services import recorded_submissions
from helpdesk.services.questions import ask_question, ask_question_as_visitor
from matching.models import Match, SavedSearch
from matching.services import saved_searches
from profiles.enums import Modality, ProfileKind
from profiles.models import Membership, PartnershipMembership, User
from profiles.services import cluster_requests, invitations, membership_requests, preferences
from profiles.services.eligibility_exceptions import record_exception
from tests.access.sample import OWN, RELATED, Sample
from tests.factories import people
from tests.factories.recorded import recorded_exchange
from tests.files import PDF
from tests.matching import plan_factory
from tests.scenarios import lifecycle, open_visits
from tests.scenarios.lifecycle import NOW


def stored(name: str, by: Actor) -> StoredFile:
    return StoredFile.store(PDF, name=name, content_type="application/pdf", by=by.user)


def uploaded(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, "application/pdf")


def propose(samples: dict[str, Sample]) -> None:
    """The host has proposed to each visitor; profiles, requests, questions, plans and open visits are there."""
    people.partnership("FR", people.generation("next", first=date(2026, 1, 1)))
    for sample in samples.values():
        _teams(sample)
        _recorded(sample)
        _profiles(sample, host_of=samples[OWN] if sample is samples[RELATED] else None)
        _requests(sample)
    for sample in samples.values():
        _open_visits(sample, samples[OWN] if sample is samples[RELATED] else None)
    for sample in samples.values():
        _plan(sample)


def match(samples: dict[str, Sample]) -> None:
    """The visitor's Partnership has entered its visitor's yes, and there is a visit without an exchange."""
    for sample in samples.values():
        by = sample.parties.vop_coordinator
        given = {"on": NOW.date(), "how": "By telephone."}
        sample["match"] = perform(sample["match"], "visitor_yes_outside", by=by, **given)
        if sample is samples[RELATED]:
            sample["visit"] = samples[OWN]["visit"]
        else:
            sample["visit"] = lifecycle.visit(sample["match"], sample.parties.hop_coordinator)


def _teams(sample: Sample) -> None:
    """A second owner and coordinator, so that nobody is the last; members and invitations to be changed."""
    parties = sample.parties
    for organisation in (parties.visitor, parties.host):
        people.member(organisation)
    for partnership in (parties.vop, parties.hop):
        people.coordinator(partnership)
    editor = people.user_of(people.member(parties.visitor, "editor"))
    reader = people.user_of(people.coordinator(parties.vop, "reader"))
    sample["membership"] = Membership.objects.get(user=editor)
    sample["vop_membership"] = PartnershipMembership.objects.get(user=reader)
    sample["invitation"] = invitations.invite(
        parties.visitor, by=parties.vo, email=f"invited.{sample.mark.lower()}@test.example", role="reader"
    )
    sample["vop_invitation"] = invitations.invite(
        parties.vop, by=parties.vop_coordinator, email=f"asked.{sample.mark.lower()}@test.example", role="reader"
    )
    membership_requests.ask_to_join(
        by=people.stranger(), legal_name=parties.visitor.legal_name, country=parties.visitor.country
    )
    sample["membership_request"] = parties.visitor.membership_requests.get()


def _profiles(sample: Sample, host_of: Sample | None) -> None:
    parties = sample.parties
    files = {"brochure": stored(f"cv-{sample.mark}.pdf", parties.vo)}
    sample["visiting"] = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator, **files)
    if host_of is None:
        files = {"brochure": stored(f"leaflet-{sample.mark}.pdf", parties.ho)}
        sample["host"] = lifecycle.published(
            parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind=ProfileKind.HOST, **files
        )
    else:
        sample["host"] = host_of["host"]
    proposal = Match(visiting_profile=sample["visiting"], host_profile=sample["host"], modality=Modality.PHYSICAL)
    sample["match"] = create(proposal, "propose", by=parties.ho)
    sample["draft"] = lifecycle.draft(parties.visitor, parties.vop, parties.vo, kind=ProfileKind.HOST)
    newcomer = people.organisation("ES")
    sample["newcomer"] = people.member(newcomer)
    sample["submitted"] = perform(
        lifecycle.draft(newcomer, parties.vop, sample["newcomer"]), "submit", by=sample["newcomer"]
    )


def _requests(sample: Sample) -> None:
    """Requests to the Support Office and the helpdesk, and what a person saves for themselves."""
    parties, mark = sample.parties, sample.mark
    alone = people.organisation("ES", cluster=None)
    cluster_requests.name_cluster(alone, None, f"Cluster {mark}", by=people.member(alone))
    sample["cluster_request"] = alone.cluster_requests.get()
    sample["exception"] = record_exception(
        parties.visitor,
        by=parties.so,
        generation=people.generation(),
        approved_by="The head of unit",
        approved_on=NOW.date(),
        file=uploaded(f"exception-{mark}.pdf"),
    )
    sample["question"] = ask_question(
        by=parties.vo,
        subject=f"Question-{mark}",
        text=f"By when, {mark}?",
        file=uploaded(f"screen-{mark}.pdf"),
        about=sample["visiting"],
    )
    sample["message"] = sample["question"].messages.get()
    sample["visitor_question"] = ask_question_as_visitor(
        name="Ana", email=f"ana.{mark.lower()}@test.example", subject="Who?", text="May we?"
    )
    sample["search"] = saved_searches.save(name=f"Search-{mark}", query="kind=host", weekly=True, by=parties.vo)
    sample["view"] = store.save(SavedView, "exchanges", name=f"View-{mark}", query="state=ready", by=parties.vo)
    user: User = people.user_of(parties.vo)
    preferences.new_calendar_address(user)
    sample["preferences"] = preferences.preferences_of(user)
    assert SavedSearch.objects.filter(pk=sample["search"].pk).exists()


def _recorded(sample: Sample) -> None:
    """Two exchanges of the year before: one handed in, one returned."""
    for name, fields in {"entry": {}, "returned_entry": {"modality": "virtual"}}.items():
        sample[name] = recorded_submissions.hand_in(
            sample.parties.vop,
            recorded_exchange(sample.parties, **fields),
            source=f"Source-{sample.mark}",
            by=sample.parties.vop_coordinator,
        )
    perform(sample["returned_entry"], "send_back", by=sample.parties.so, reason="Which sector?")


def _open_visits(sample: Sample, host_of: Sample | None) -> None:
    """One visit that takes visitors, and one with a waiting list on which this visitor stands."""
    parties = sample.parties
    if host_of is None:
        virtual: dict[str, Any] = {"modality": Modality.VIRTUAL}
        sample["open_visit"] = open_visits.open_visit(parties, sample["host"], **virtual)
        full = open_visits.open_visit(parties, sample["host"], places=1, **virtual)
        profile, owner = open_visits.another_published_visitor(parties)
        sample["full_visit"], sample["asked"] = full, open_visits.proposed_on(full, profile, owner)
    else:
        sample["open_visit"], sample["full_visit"] = host_of["open_visit"], host_of["full_visit"]
    sample["waiting"] = open_visits.waiting_on(sample["full_visit"], sample["visiting"], parties.vo)


def _plan(sample: Sample) -> None:
    if "asked" in sample.records:
        perform(sample["asked"], "host_no", by=sample.parties.ho, reason="No.")
    sample["plan"] = plan_factory.generated(sample.parties.vop_coordinator, modality=Modality.VIRTUAL)
    sample["pair"] = sample["plan"].pairs.first()
