"""Things led along their lifecycles, each by its transitions."""

from datetime import UTC, date, datetime, time, timedelta

from cxc import clock
from cxc.access.scoped import Actor
from cxc.core.calendar import midnight
from cxc.core.models import StoredFile
from cxc.workflow import create, perform, perform_as_system
from exchanges.enums import CTQ_PARTIES, FA_PARTIES, Party
from exchanges.models import DocumentVersion, Exchange, FinancialAgreement, OwnPart, SharedPart, Signature, Visit
from exchanges.services import agenda, document_pdfs, signatures
from matching.models import Match
from profiles.enums import Modality, ProfileKind
from profiles.models import ExchangeType, Organisation, Partnership, Profile, Sector
from tests.factories import people
from tests.factories.cache import cached
from tests.factories.parties import Parties
from tests.files import pdf_of

# A Monday; the usual visit takes place three weeks later, Monday to Wednesday.
NOW = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
FIRST = date(2026, 9, 28)
LAST = date(2026, 9, 30)


@cached
def draft(
    of: Organisation, under: Partnership | None, by: Actor, kind: str = ProfileKind.VISITING, **fields: object
) -> Profile:
    """A profile filled in, not yet submitted."""
    defaults = {
        "available_from": FIRST - timedelta(days=60),
        "available_to": LAST + timedelta(days=200),
        "languages": ["en"],
        "motivation": "To learn.",
        "description": "What we do.",
        "eligibility_declared": True,
        "virtual": True,
        "generation": fields.get("generation") or people.generation(),
    }
    profile = create(Profile(organisation=of, partnership=under, kind=kind, **(defaults | fields)), by=by)
    profile.types.set(ExchangeType.objects.all()[:2])
    profile.own_sectors.set([of.sector_id] if of.sector_id else [])
    return profile


@cached
def published(of: Organisation, under: Partnership, by: Actor, reviewer: Actor, **fields: object) -> Profile:
    profile = draft(of, under, by, **fields)
    perform(profile, "submit", by=by)
    return perform(profile, "publish", by=reviewer)


@cached
def proposed(
    parties: Parties, modality: str = Modality.PHYSICAL, *, by: Actor | None = None, **fields: object
) -> Match:
    """A proposal, by the visitor unless said otherwise."""
    visiting = published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    host = published(parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind=ProfileKind.HOST)
    return create(
        Match(visiting_profile=visiting, host_profile=host, modality=modality, **fields), "propose", by=by or parties.vo
    )


@cached
def confirmed(parties: Parties, modality: str = Modality.PHYSICAL) -> Match:
    return perform(proposed(parties, modality), "host_yes", by=parties.ho)


@cached
def visit(match: Match, by: Actor, **fields: object) -> Visit:
    defaults = {"first_day": FIRST, "last_day": LAST, "time_zone": "Europe/Brussels", "lead_id": by.principal_id}
    return create(Visit(host_profile=match.host_profile, modality=match.modality, **(defaults | fields)), by=by)


@cached
def exchange(match: Match, on: Visit, by: Actor, **fields: object) -> Exchange:
    """A draft exchange with its type chosen."""
    return create(
        Exchange(
            match=match,
            visit=on,
            organisation=match.visiting_organisation,
            generation=match.generation,
            modality=match.modality,
            type=ExchangeType.objects.first(),
            **fields,
        ),
        by=by,
    )


@cached
def in_preparation(parties: Parties, modality: str = Modality.PHYSICAL) -> Exchange:
    match = confirmed(parties, modality)
    made = exchange(match, visit(match, parties.vop_coordinator), parties.vop_coordinator)
    return perform(made, "prepare", by=parties.vop_coordinator)


@cached
def joined(parties: Parties, on: Visit) -> Exchange:
    """The usual visitor joins a visit that stands; its exchange is in preparation."""
    visiting = published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    match = Match(visiting_profile=visiting, host_profile=on.host_profile, modality=on.modality)
    create(match, "propose", by=parties.vo)
    perform(match, "host_yes", by=parties.ho)
    return perform(exchange(match, on, parties.vop_coordinator), "prepare", by=parties.vop_coordinator)


# --- papers ------------------------------------------------------------------------------------------

SHARED_TEXTS = {
    "goals": "Find joint trials.",
    "mutual_learning": "Each leads a workshop.",
    "learning_between_visitors": "A round table.",
    "feedback_time": "Half an hour a day.",
}
OWN_TEXTS = {
    "objectives": "Learn about sensors.",
    "outcomes": "A letter of intent.",
    "follow_up": "A call.",
    "responsibilities": "The visitor brings a demonstrator.",
}
IBAN = "ES9121000418450200051332"


def agenda_lines(on: Visit) -> list[agenda.AgendaLine]:
    """A morning for every day of the visit."""
    days = [on.first_day + timedelta(days=n) for n in range((on.last_day - on.first_day).days + 1)]
    return [
        agenda.AgendaLine(day=day, starts=time(9), ends=time(12), title="Workshop", leader="The host") for day in days
    ]


@cached
def submitted_shared_part(parties: Parties, on: Visit) -> SharedPart:
    """The shared part written by the host and made ready by the lead, who is the usual VOP."""
    shared = SharedPart.objects.get(visit=on)
    perform(shared, "edit", by=parties.ho, version_read=shared.row_version, fields=SHARED_TEXTS)
    agenda.save_agenda(shared, agenda_lines(on), by=parties.ho, version_read=shared.row_version)
    return perform(shared, "submit", by=parties.vop_coordinator)


@cached
def submitted_own_part(parties: Parties, of: Exchange) -> OwnPart:
    own = OwnPart.objects.get(exchange=of)
    perform(own, "edit", by=parties.vo, version_read=own.row_version, fields=OWN_TEXTS)
    return perform(own, "submit", by=parties.vop_coordinator)


@cached
def submitted_agreement(parties: Parties, of: Exchange) -> FinancialAgreement:
    agreement = FinancialAgreement.objects.get(exchange=of)
    perform(agreement, "edit", by=parties.vo, version_read=agreement.row_version, fields={"iban": IBAN})
    return perform(agreement, "submit", by=parties.vop_coordinator)


@cached
def validated_documents(parties: Parties, of: Exchange) -> Exchange:
    """CTQ (its shared part too, unless it stands) and agreement validated; their PDFs stored."""
    shared = SharedPart.objects.get(visit=of.visit_id)
    if shared.state == "draft":
        submitted_shared_part(parties, shared.visit)
        perform(shared, "validate", by=parties.so)
    with_pdf(perform(submitted_own_part(parties, of), "validate", by=parties.so).current_version)
    if of.is_physical:
        with_pdf(perform(submitted_agreement(parties, of), "validate", by=parties.so).current_version)
    return Exchange.objects.get(pk=of.pk)


def with_pdf(version: DocumentVersion) -> DocumentVersion:
    """Its PDF stored as if rendered: quick, and without Pango."""
    document_pdfs.store_pdf(version, render=lambda document: pdf_of(str(document)))
    return version


def scan() -> StoredFile:
    return StoredFile.store(b"%PDF-1.7 scan", name="scan.pdf", content_type="application/pdf")


def sign(parties: Parties, version: DocumentVersion, *signing_parties: Party) -> list[Signature]:
    """The parties sign on paper today, each by its own signatory; two places of one body at once."""
    who = {
        Party.VO: parties.vo,
        Party.HO: parties.ho,
        Party.VOP: parties.vop_coordinator,
        Party.HOP: parties.hop_coordinator,
    }
    made = []
    for party in signing_parties:
        if party in version.signed_parties():
            continue
        made += signatures.sign_on_paper(
            versions=[version],
            party=party,
            signer=who[party].user,
            signed_on=clock.today("Europe/Brussels"),
            scan=scan(),
            by=who[party],
        )
    return made


@cached
def signed_documents(parties: Parties, of: Exchange) -> Exchange:
    """CTQ and agreement of an exchange in preparation validated and signed by all."""
    validated_documents(parties, of)
    sign(parties, DocumentVersion.objects.filter(exchange=of, kind="ctq").latest("number"), *CTQ_PARTIES)
    if of.is_physical:
        sign(parties, DocumentVersion.objects.filter(exchange=of, kind="fa").latest("number"), *FA_PARTIES)
    return Exchange.objects.get(pk=of.pk)


@cached
def signed(parties: Parties, modality: str = Modality.PHYSICAL) -> Exchange:
    """In preparation, with CTQ and Financial Agreement signed."""
    return signed_documents(parties, in_preparation(parties, modality))


@cached
def set_ready(parties: Parties, of: Exchange) -> Exchange:
    """A signed exchange gets its sector and becomes ready to start."""
    figures = {"start": of.agreed_start, "end": of.agreed_end, "lump_sum": of.agreed_lump_sum}
    perform(of, "set_agreed", by=parties.vop_coordinator, sector=Sector.objects.first(), **figures)
    return perform(of, "set_ready", by=parties.vop_coordinator)


@cached
def ready(parties: Parties, modality: str = Modality.PHYSICAL) -> Exchange:
    return set_ready(parties, signed(parties, modality))


@cached
def ongoing(parties: Parties, modality: str = Modality.PHYSICAL) -> Exchange:
    """Started at 00:00 of its start day; the caller's clock stays where it is."""
    made = ready(parties, modality)
    with clock.at(midnight(FIRST, made.visit.time_zone)):
        return perform_as_system(made, "begin_stay")


@cached
def planned(parties: Parties, modality: str = Modality.PHYSICAL) -> Exchange:
    """A draft exchange on its visit."""
    match = confirmed(parties, modality)
    return exchange(match, visit(match, parties.vop_coordinator), parties.vop_coordinator)
