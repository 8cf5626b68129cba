"""One visitor's way from its match to the payment, each step at its usual distance from the stay.

A scenario calls the steps in order and stops at the state that its record is to have. Distances are in days
before the start and after the end; a step that would lie in the future is refused.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cxc import clock
from cxc.access.scoped import PORTAL, Actor
from cxc.demo.scenarios import matching_steps, sample_texts
from cxc.demo.scenarios.days import DAY, Stay, at, days_of, on
from cxc.demo.scenarios.organisations import VisitProgramme, programmes
from cxc.demo.scenarios.participants import Participant, Participants
from cxc.demo.scenarios.sample_files import sample_pdf
from cxc.workflow import perform
from exchanges.enums import EvidenceKind, Party
from exchanges.models import DocumentVersion, Evidence, Exchange, Visit
from exchanges.services.agenda import save_agenda
from exchanges.services.document_openings import evidence_was_opened
from exchanges.services.evidence_submission import hand_in
from exchanges.services.exchange_start import start_moment
from exchanges.services.feedback import give_feedback
from exchanges.services.signatures import sign_on_paper
from exchanges.services.validation import validate_together
from exchanges.services.visits import add_exchange, create_visit
from matching.models import Match
from profiles.enums import Modality, ProfileKind
from profiles.models import Profile


@dataclass(frozen=True)
class Host:
    """A host with its published profile."""

    participant: Participant
    profile: Profile


@dataclass
class ExchangeBuilder:
    """Visitor, host and stay; `exchange` from the day it is begun."""

    participants: Participants
    visitor: Participant
    host: Host
    stay: Stay
    modality: Modality
    match: Match
    visit: Visit | None = None
    created: Exchange | None = None

    @property
    def exchange(self) -> Exchange:
        assert self.created is not None  # steps are called in order
        return self.created

    @property
    def vop(self) -> Actor:
        return self.visitor.team.coordinator

    @property
    def hop(self) -> Actor:
        return self.host.participant.team.coordinator

    @property
    def is_physical(self) -> bool:
        return self.modality == Modality.PHYSICAL

    @property
    def programme(self) -> VisitProgramme:
        """The host's own; for a visit online the one that all share."""
        return programmes()[self.host.participant.text.name if self.is_physical else ""]

    def days_before_start(self, days: int) -> AbstractContextManager[None]:
        """So many days before the start; yesterday where holidays have put the start off."""
        return on(min(self.stay.start - days * DAY, self.participants.today - DAY))

    # --- matching --------------------------------------------------------------------------------

    @classmethod
    def with_confirmed_match(
        cls,
        participants: Participants,
        visitor: Participant,
        host: Host,
        stay: Stay,
        modality: Modality = Modality.PHYSICAL,
        *,
        days_before: int = 60,
        profile: Profile | None = None,
    ) -> "ExchangeBuilder":
        """A match that the visitor proposed and the host accepted four days later."""
        day = min(stay.start - days_before * DAY, participants.today - 6 * DAY)
        visiting = profile or matching_steps.published_profile(
            participants, visitor, ProfileKind.VISITING, day - 10 * DAY
        )
        match = matching_steps.proposed_match(visiting, host.profile, modality, day, visitor.owner)
        matching_steps.answered_match(match, "host_yes", host.participant.owner, day + 4 * DAY)
        return cls(participants, visitor, host, stay, modality, match)

    # --- building --------------------------------------------------------------------------------

    def add_exchange_to_visit(
        self, days_before: int = 45, *, visit: Visit | None = None, type: str = "group_event"
    ) -> "ExchangeBuilder":
        """A visit (or a place on one) and a draft exchange, by the visitor's Partnership."""
        with self.days_before_start(days_before):
            self.visit = visit or create_visit(
                self.host.profile, self.modality, by=self.vop, first_day=self.stay.start, last_day=self.stay.end
            )
            self.created = add_exchange(self.visit, self.match, by=self.vop, type=self.participants.types[type])
        return self

    def prepare(self, days_before: int = 42) -> "ExchangeBuilder":
        with self.days_before_start(days_before):
            perform(self.exchange, "prepare", by=self.vop)
        return self

    def write_shared_part(self, days_before: int = 38) -> "ExchangeBuilder":
        """Agenda and shared texts, by the host."""
        shared = self.exchange.visit.shared_part
        days = days_of(self.stay, self.host.participant.country)
        lines = self.programme.agenda(days, self.host.participant.organisation.legal_name)
        with self.days_before_start(days_before):
            save_agenda(shared, lines, by=self.host.participant.owner, version_read=shared.row_version)
            fields = self.programme.shared_part()
            perform(shared, "edit", by=self.host.participant.owner, version_read=shared.row_version, fields=fields)
        return self

    def write_own_part(self, days_before: int = 36) -> "ExchangeBuilder":
        """Own texts and account by the visitor; sector and agreed figures by its Partnership."""
        exchange = self.exchange
        with self.days_before_start(days_before):
            own = exchange.own_part
            fields = sample_texts.OWN | self.visitor.text.own_part()
            perform(own, "edit", by=self.visitor.owner, version_read=own.row_version, fields=fields)
            if self.is_physical:
                self._write_agreement()
            perform(
                exchange,
                "set_agreed",
                by=self.vop,
                start=exchange.agreed_start,
                end=exchange.agreed_end,
                sector=self.visitor.organisation.sector,
                lump_sum=exchange.agreed_lump_sum,
            )
        return self

    def _write_agreement(self) -> None:
        agreement = self.exchange.agreement
        fields = {
            "payee": self.visitor.organisation.legal_name,
            "iban": sample_texts.iban(self.visitor.country, self.visitor.organisation.legal_name),
            "payment_terms": sample_texts.TERMS,
        }
        perform(agreement, "edit", by=self.visitor.owner, version_read=agreement.row_version, fields=fields)

    def submit_shared_part(self, days_before: int = 30) -> "ExchangeBuilder":
        with self.days_before_start(days_before):
            shared = self.exchange.visit.shared_part
            shared.refresh_from_db()
            perform(shared, "submit", by=self.vop)
        return self

    def submit_own_documents(self, days_before: int = 30) -> "ExchangeBuilder":
        """Own part and agreement, by the visitor's Partnership."""
        with self.days_before_start(days_before):
            for document in self._own_documents():
                perform(document, "submit", by=self.vop)
        return self

    def validate(self, days_before: int = 25) -> "ExchangeBuilder":
        """Everything on one screen, by the Support Office; what is to be signed is rendered in the background."""
        own, *agreements = self._own_documents()
        with self.days_before_start(days_before):
            outcome = validate_together(
                self.exchange.visit, by=self.participants.offices.support, own=[own], agreements=agreements
            )
            assert not outcome.skipped, outcome.skipped
        for version in self._versions():
            self.participants.pdf_renderer.render_in_background(version)
        return self

    def _own_documents(self) -> list[Any]:
        documents = [self.exchange.own_part] + ([self.exchange.agreement] if self.is_physical else [])
        for document in documents:
            document.refresh_from_db()
        return documents

    def _versions(self) -> list[DocumentVersion]:
        return [document.current_version for document in self._own_documents()]

    def sign(self, *parties: Party, days_before: int = 21) -> "ExchangeBuilder":
        """On paper, by these parties (all when none is named), each with one scan for all it signs."""
        for number, party in enumerate(parties or self._signing()):
            with self.days_before_start(days_before - number):
                self._sign(party)
        return self

    def _signing(self) -> Sequence[Party]:
        """Where VOP and HOP are one body, one act fills both places."""
        same = self.visitor.team is self.host.participant.team
        return (Party.VO, Party.HO, Party.VOP) if same else (Party.VO, Party.HO, Party.VOP, Party.HOP)

    def _sign(self, party: Party) -> None:
        actor = {
            Party.VO: self.visitor.owner,
            Party.HO: self.host.participant.owner,
            Party.VOP: self.vop,
            Party.HOP: self.hop,
        }[party]
        versions = self._versions()
        signed = [version for version in versions if party in version.parties]
        for version in signed:
            self.participants.pdf_renderer.store(version)
        assert actor.user is not None
        day = clock.today()
        scan = sample_pdf(f"signed-{party}", f"Specimen of a scan, signed on paper for {actor.label} on {day}", actor)
        sign_on_paper(versions=signed, party=party, signer=actor.user, signed_on=day, scan=scan, by=actor)

    def set_ready(self, days_before: int = 15) -> "ExchangeBuilder":
        with self.days_before_start(days_before):
            self.exchange.refresh_from_db()
            perform(self.exchange, "set_ready", by=self.vop)
        return self

    def until_validated(self) -> "ExchangeBuilder":
        """From the match to validated papers, without a hitch."""
        self.add_exchange_to_visit().prepare().write_shared_part().write_own_part().submit_shared_part().submit_own_documents()
        return self.validate()

    def until_ready(self) -> "ExchangeBuilder":
        return self.sign().set_ready()

    # --- the stay and after ------------------------------------------------------------------------

    def start(self) -> "ExchangeBuilder":
        """At midnight of the start day, at the host's, by the portal."""
        with at(start_moment(self.exchange)):
            perform(self.exchange, "begin_stay", by=PORTAL)
        return self

    def hand_in_evidence(self, kind: str = EvidenceKind.HOTEL, days_after: int = 1) -> Evidence:
        with on(self.stay.end + days_after * DAY):
            file = sample_pdf(
                f"evidence-{kind}", f"Specimen of a paper: {EvidenceKind(kind).label}", self.visitor.owner
            )
            return hand_in(self.exchange, kind=kind, file=file, by=self.visitor.owner)

    def answer_evidence(
        self, evidence: Evidence, transition: str = "accept", days_after: int = 3, reason: str = ""
    ) -> None:
        with on(self.stay.end + days_after * DAY):
            evidence_was_opened(evidence, self.vop)
            perform(evidence, transition, by=self.vop, reason=reason)

    def submit_report(self, days_after: int = 3) -> "ExchangeBuilder":
        with on(self.stay.end + days_after * DAY):
            report = self.exchange.report
            fields = sample_texts.REPORT | self.programme.report() | {"follow_up": self.visitor.text.follow_up}
            perform(report, "edit", by=self.visitor.owner, version_read=report.row_version, fields=fields)
            perform(report, "submit", by=self.visitor.owner)
        return self

    def answer_report(self, transition: str = "accept", days_after: int = 4, reason: str = "") -> "ExchangeBuilder":
        with on(self.stay.end + days_after * DAY):
            self.exchange.report.refresh_from_db()
            perform(self.exchange.report, transition, by=self.vop, reason=reason)
        return self

    def accept_payable(self, days_after: int = 4) -> "ExchangeBuilder":
        with on(self.stay.end + days_after * DAY):
            self.exchange.refresh_from_db()
            perform(self.exchange, "accept_payable", by=self.vop)
        return self

    def close(self, days_after: int = 5) -> "ExchangeBuilder":
        with on(self.stay.end + days_after * DAY):
            self.exchange.refresh_from_db()
            perform(self.exchange, "close", by=self.vop)
        return self

    def until_closed(self) -> "ExchangeBuilder":
        """From the start to the close, everything in order and in time; a payment is due then."""
        self.start()
        if self.is_physical:
            self.answer_evidence(self.hand_in_evidence())
        self.submit_report().answer_report()
        if self.is_physical:
            self.accept_payable()
        return self.close()

    def pay(self, days_after: int = 12, amount: Decimal | None = None) -> "ExchangeBuilder":
        """What is due, or an instalment of so many EUR."""
        with on(self.stay.end + days_after * DAY):
            exchange = Exchange.objects.get(pk=self.exchange.pk)
            payment, day = exchange.payment, clock.today()
            paid = amount or payment.amount
            perform(payment, "pay", by=self.vop, paid_on=day, amount=paid, reference=exchange.reference)
        return self

    def give_feedback(self, days_after: int = 6) -> "ExchangeBuilder":
        with on(self.stay.end + days_after * DAY):
            give_feedback(self.exchange, by=self.visitor.owner, rating=5, text="Open doors and good coffee.")
            give_feedback(self.exchange, by=self.host.participant.owner, rating=4, text="Well prepared guests.")
        return self
