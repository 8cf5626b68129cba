"""Signatures on paper, on the screen and in files signed elsewhere: who, for whom, on which version.

Rule: docs/rules.md, Signatures. Rows are only added; a party signs a version once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.confirmed_identity import Confirmation
from cxc.access.scoped import PORTAL, Actor, Side, sides_of
from cxc.core.days import future_day_error, today_in
from cxc.core.models import StoredFile
from cxc.documents.pages import PDF
from cxc.seals.signed_files import Certificate, certificate_of
from cxc.workflow import NotAllowed, Refused, lock, perform
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.documents.kinds import Document, document_of
from exchanges.enums import BEING_WRITTEN_STATES, PartState, Party, SignatureMethod
from exchanges.models import DocumentVersion, Exchange, OwnPart, Signature, SignatureMethods
from exchanges.models.documents.base import SignedPart
from exchanges.models.documents.version import latest_version
from exchanges.rules.signatories import UPLOADERS
from exchanges.services import document_seals
from profiles.models import User
from profiles.queries.signatories import people_who_may_sign

Scan = UploadedFile | StoredFile


@dataclass(frozen=True, kw_only=True)
class Signing:
    """How somebody signs for a party.

    signed_on     the local date at the party's seat
    file          the scan, or the file that was signed elsewhere
    confirmation  on the screen: how the signer has confirmed who they are
    certificate   elsewhere: that of the signer
    """

    party: Party
    signer: User
    signed_on: date
    method: SignatureMethod
    file: StoredFile | None = None
    confirmation: Confirmation | None = None
    certificate: Certificate | None = None

    @property
    def proof(self) -> dict[str, object]:
        """The columns of a signature that depend on its method."""
        proof: dict[str, object] = {"method": self.method, "file": self.file}
        if self.confirmation is not None:
            confirmed_at = datetime.fromtimestamp(self.confirmation.at, UTC)
            proof |= {"confirmed_by": self.confirmation.method, "confirmed_at": confirmed_at}
        if self.certificate is not None:
            proof |= {"issuer": self.certificate.issuer, "subject": self.certificate.subject}
            proof["certificate_sha256"] = self.certificate.sha256
        return proof


def parties_to_sign(exchange: Exchange, actor: Actor) -> list[Party]:
    """The parties for which the actor may hand in a signature."""
    own = sides_of(actor, exchange) if actor.may_write else frozenset()
    return [party for party in Party if own & set(UPLOADERS[party])]


def sign_on_paper(
    *, versions: Sequence[DocumentVersion], party: Party, signer: User, signed_on: date, scan: Scan, by: Actor
) -> list[Signature]:
    """Enter what `signer` signed for `party` on these versions, all in one scan; all or none.

    `signed_on` is the local date at the visit. Refused, with a sentence, when the person may not sign,
    a version does not stand or its PDF is not made, or the date can't be. With the last needed
    signature a document is signed. Where VOP and HOP are one, one act fills both places.
    """
    with unit_of_work():
        locked = [_locked(version) for version in _in_locking_order(versions)]
        for version in locked:
            refuse_uploader(version.exchange, party, by)
            if problem := signing_problem(version, party, signer, signed_on, SignatureMethod.PAPER):
                raise Refused(f"{version}: {problem}")
        stored = scan if isinstance(scan, StoredFile) else StoredFile.store_upload(scan, by=by.user)
        signing = Signing(party=party, signer=signer, signed_on=signed_on, method=SignatureMethod.PAPER, file=stored)
        made = [row for version in locked for row in _record(version, signing, by)]
        for version in locked:
            _complete(version)
    return made


def sign_on_screen(version: DocumentVersion, *, confirmation: Confirmation, by: Actor) -> list[Signature]:
    """Enter the signature that the actor gives now on this version, for the body that they act for.

    NotAllowed for anybody but a signatory of a party; Refused, with a sentence, as for `sign_on_paper`.
    With the last needed signature the document is signed. Where VOP and HOP are one, one act fills both places.
    """
    with unit_of_work():
        locked = _locked(version)
        party = party_signed_for(locked, by)
        if party is None or by.user is None:
            raise NotAllowed(_("Only those who may sign for one of the parties can sign this document."))
        if problem := signing_problem_on_screen(locked, party, by):
            raise Refused(problem)
        signing = Signing(
            party=party,
            signer=by.user,
            signed_on=today_in(locked.exchange.home_of(party)),
            method=SignatureMethod.SCREEN,
            confirmation=confirmation,
        )
        made = _record(locked, signing, by)
        _complete(locked)
    return made


def signing_problem_on_screen(version: DocumentVersion, party: Party, actor: Actor) -> str:
    """Why the actor can't sign this version now for the party; '' when they can."""
    assert actor.user is not None  # `party_signed_for` names a party to people only
    today = today_in(version.exchange.home_of(party))
    return signing_problem(version, party, actor.user, today, SignatureMethod.SCREEN)


def enter_signed_file(
    version: DocumentVersion, *, party: Party, signer: User, upload: UploadedFile, by: Actor
) -> list[Signature]:
    """Enter a file that `signer` signed elsewhere, with a certificate of their own.

    It is the stored PDF with signatures added, and nothing else. Refused, with a sentence, for any other file, and as
    for `sign_on_paper`. The date is that of the entry, where the party is at home.
    """
    refuse_uploader(version.exchange, party, by)
    content = upload.read()
    certificate = certificate_of(content, original=_pdf_of(version))
    with unit_of_work():
        locked = _locked(version)
        today = today_in(locked.exchange.home_of(party))
        problem = signing_problem(locked, party, signer, today, SignatureMethod.ELSEWHERE)
        if problem := problem or _certificate_problem(locked, signer, certificate):
            raise Refused(problem)
        signing = Signing(
            party=party,
            signer=signer,
            signed_on=today,
            method=SignatureMethod.ELSEWHERE,
            certificate=certificate,
            file=StoredFile.store(content, name=upload.name or "signed.pdf", content_type=PDF, by=by.user),
        )
        made = _record(locked, signing, by)
        _complete(locked)
    return made


def _pdf_of(version: DocumentVersion) -> bytes:
    if version.pdf is None:
        raise Refused(_("The PDF of this version is not made yet; try again in a minute."))
    with version.pdf.file.open("rb") as file:
        return bytes(file.read())


def party_signed_for(version: DocumentVersion, actor: Actor) -> Party | None:
    """The party of this version for whose body the actor may sign; of two that are one body, the first."""
    if not actor.signatory:
        return None
    own = sides_of(actor, version.exchange)
    return next((Party(party) for party in version.parties if Side(party) in own), None)


def not_validated(own: OwnPart) -> str:
    """Why its CTQ can't be signed yet, in a sentence."""
    gaps = own.gaps()
    if own.state in BEING_WRITTEN_STATES and gaps:
        return _("Its own part is “%(state)s”; still missing: %(gaps)s.") % {
            "state": own.get_state_display(),
            "gaps": ", ".join(gaps),
        }
    return _("Its own part is “%(state)s”, not validated.") % {"state": own.get_state_display()}


def refuse_uploader(exchange: Exchange, party: Party, by: Actor) -> None:
    """NotAllowed for anybody but the party, its Partnership and the Support Office, writing."""
    if not by.may_write or not sides_of(by, exchange) & set(UPLOADERS[party]):
        raise NotAllowed(
            _("Only this party (%(party)s), its Partnership or the Support Office can hand in its signature.")
            % {"party": Party(party).label}
        )


def signing_problem(
    version: DocumentVersion, party: Party, signer: User, signed_on: date, method: SignatureMethod
) -> str:
    """Why this person can't sign this version for the party on that day in that way; '' when they can."""
    return (
        _version_problem(document_of(version.kind), version, party)
        or _method_problem(version, method)
        or _signed_already(version, party, signer)
        or _person_problem(version, party, signer)
        or _day_problem(version, party, signed_on)
    )


def _version_problem(document: Document, version: DocumentVersion, party: Party) -> str:
    exchange = version.exchange
    if party not in version.parties:
        return _("This document is not signed by this party: %(party)s.") % {"party": Party(party).label}
    if version.voided_at is not None:
        return _("A signatory has objected to this version: sign the one before.")
    if latest_version(exchange, version.kind) != version:
        return _("It was replaced by a later version: sign that one.")
    if document.version_in_force(exchange) != version:
        return _("It is not validated: a new version is being written.")
    if not document.takes_signatures(exchange):
        return _("The exchange is “%(state)s”, and its documents are locked.") % {"state": exchange.get_state_display()}
    return "" if version.pdf_id else _("The PDF of this version is not made yet; try again in a minute.")


def _method_problem(version: DocumentVersion, method: SignatureMethod) -> str:
    """The Support Office says, for each generation and document, which ways of signing count."""
    counting = SignatureMethods.objects.filter(generation=version.exchange.generation_id, kind=version.kind).first()
    if counting is None or method in counting.methods:
        return ""
    labels = [str(SignatureMethod(one).label) for one in counting.methods]
    return _("This document is signed in another way: %(ways)s.") % {"ways": ", ".join(labels)}


def _signed_already(version: DocumentVersion, party: Party, signer: User) -> str:
    """Who has signed for the party, and when; '' while this person's signature is needed."""
    given = version.signatures_of(party)
    own = [one for one in given if one.signer_id == signer.pk]
    if own or party in version.signed_parties():
        return " ".join(one.sentence for one in own or given)
    return ""


def _person_problem(version: DocumentVersion, party: Party, signer: User) -> str:
    body = version.exchange.body_of(party)
    if signer not in people_who_may_sign(body):
        return _("%(person)s is not registered as a signatory of %(body)s.") % {"person": signer, "body": body}
    if version.content.get("one_signatory_note"):
        return ""
    others = [
        signature.principal_label
        for signature in version.valid_signatures()
        if signature.signer_id == signer.pk and version.exchange.body_of(signature.party) != body
    ]
    if others:
        return _("%(person)s has signed this document for %(other)s: nobody signs it for two bodies.") % {
            "person": signer,
            "other": others[0],
        }
    return ""


def _certificate_problem(version: DocumentVersion, signer: User, certificate: Certificate) -> str:
    """A certificate stands for one person: who has signed the document with it before."""
    for given in version.valid_signatures():
        if given.certificate_sha256 == certificate.sha256 and given.signer_id != signer.pk:
            return _("%(person)s has signed this document with this certificate: each person signs with their own.") % {
                "person": given.signer_name
            }
    return ""


def _day_problem(version: DocumentVersion, party: Party, signed_on: date) -> str:
    """Days are those where the party that signs is at home."""
    home = version.exchange.home_of(party)
    if problem := future_day_error(signed_on, home):
        return problem
    made_on = today_in(home, version.made_at)
    if signed_on < made_on:
        return _("This version was validated on %(made)s, after %(day)s: it can't have been signed then.") % {
            "made": date_format(made_on),
            "day": date_format(signed_on),
        }
    return ""


def _in_locking_order(versions: Iterable[DocumentVersion]) -> list[DocumentVersion]:
    """Host by host, so that two people who sign for several visits do not wait for each other."""
    return sorted(versions, key=lambda v: (v.exchange.visit.host_profile_id, v.exchange.pk, v.kind))


def _locked(version: DocumentVersion) -> DocumentVersion:
    """The version as it stands under the lock of the record it was written in, or of its exchange."""
    record: SignedPart | None = document_of(version.kind).record_of(version.exchange)
    exchange: Exchange = lock(version.exchange) if record is None else lock(record).exchange
    fresh: DocumentVersion = DocumentVersion._base_manager.select_related("pdf").get(pk=version.pk)
    fresh.exchange = exchange
    return fresh


def _record(version: DocumentVersion, signing: Signing, by: Actor) -> list[Signature]:
    """The rows of one act: one for each party that is this body."""
    exchange, signer = version.exchange, signing.signer
    body = exchange.body_of(signing.party)
    assert by.user is not None  # a signature is entered by a person
    parties = [party for party in version.unsigned_parties() if exchange.body_of(party) == body]
    return [
        Signature.objects.create(
            version=version,
            party=signing_party,
            number=len(version.signatures_of(signing_party)) + 1,
            principal_label=str(body),
            signer=signer,
            signer_name=str(signer),
            signer_function=signer.job_title,
            signed_on=signing.signed_on,
            sha256=version.pdf.sha256 if version.pdf else "",
            entered_by=by.user,
            entered_at=clock.now(),
            **signing.proof,
        )
        for signing_party in parties
    ]


def _complete(version: DocumentVersion) -> None:
    record: SignedPart | None = document_of(version.kind).record_of(version.exchange)
    if record is None:
        if not version.unsigned_parties():
            document_seals.seal_signed(version)
    elif record.state == PartState.VALIDATED and not record.parties_still_to_sign():
        perform(record, "complete_signatures", by=PORTAL)
