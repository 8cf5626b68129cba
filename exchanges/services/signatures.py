"""Signatures given on paper: who, for whom, on which version, with the scan beside the PDF.

Rule: docs/rules.md, Signatures. Rows are only added; a party signs a version once.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import PORTAL, Actor, sides_of
from cxc.core.days import future_day_error, today_in
from cxc.core.models import StoredFile
from cxc.workflow import NotAllowed, Refused, lock, perform
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.enums import BEING_WRITTEN_STATES, VALIDATED_STATES, ExchangeState, PartState, Party
from exchanges.models import CtqVersion, Exchange, FaVersion, FinancialAgreement, OwnPart, Signature
from exchanges.rules.signatories import UPLOADERS
from profiles.models import User
from profiles.queries.signatories import people_who_may_sign

Version = CtqVersion | FaVersion
Scan = UploadedFile | StoredFile


def parties_to_sign(exchange: Exchange, actor: Actor, parties: Iterable[Party]) -> list[Party]:
    """For which of these parties the actor may hand in a signature."""
    own = sides_of(actor, exchange) if actor.may_write else frozenset()
    return [party for party in parties if own & set(UPLOADERS[party])]


def sign_on_paper(
    *, versions: Sequence[Version], party: Party, signer: User, signed_on: date, scan: Scan, by: Actor
) -> list[Signature]:
    """Enter what `signer` signed for `party` on these versions, all in one scan; all or none.

    `signed_on` is the local date at the visit. Refused, with a sentence, when the person may not sign,
    a version does not stand or its PDF is not made, or the date can't be. With the last needed
    signature a document is signed. Where VOP and HOP are one, one act fills both places.
    """
    with unit_of_work():
        documents = [_locked(version) for version in _in_locking_order(versions)]
        for document, version in documents:
            refuse_uploader(version.exchange, party, by)
            if problem := signing_problem(document, version, party, signer, signed_on):
                raise Refused(f"{version}: {problem}")
        stored = scan if isinstance(scan, StoredFile) else StoredFile.store_upload(scan, by=by.user)
        made = [row for _, version in documents for row in _sign(version, party, signer, signed_on, stored, by)]
        for document, _version in documents:
            _complete(document)
    return made


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
    document: OwnPart | FinancialAgreement, version: Version, party: Party, signer: User, signed_on: date
) -> str:
    """Why this person can't sign this version for the party on that day; '' when they can."""
    return (
        _version_problem(document, version, party)
        or _signed_already(version, party)
        or _person_problem(version, party, signer)
        or _day_problem(version, party, signed_on)
    )


def _version_problem(document: OwnPart | FinancialAgreement, version: Version, party: Party) -> str:
    if party not in version.PARTIES:
        return _("This document is not signed by this party: %(party)s.") % {"party": Party(party).label}
    current = document.current_version
    if current is None or current.pk != version.pk:
        return _("It was replaced by a later version: sign that one.")
    if document.state not in VALIDATED_STATES:
        return _("It is not validated: a new version is being written.")
    if not _takes_signatures(document):
        return _("The exchange is “%(state)s”, and its documents are locked.") % {
            "state": document.exchange.get_state_display()
        }
    return "" if version.pdf_id else _("The PDF of this version is not made yet; try again in a minute.")


def _signed_already(version: Version, party: Party) -> str:
    """Who has signed for the party, and when; '' while nobody has."""
    given = next((one for one in version.valid_signatures() if one.party == party), None)
    return given.sentence if given else ""


def _takes_signatures(document: OwnPart | FinancialAgreement) -> bool:
    """In preparation; an agreement also while the Support Office's version of it is open."""
    if document.exchange.state == ExchangeState.PREPARATION:
        return True
    return (
        isinstance(document, FinancialAgreement)
        and document.is_support_office_version
        and document.exchange.state == ExchangeState.ONGOING
    )


def _person_problem(version: Version, party: Party, signer: User) -> str:
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


def _day_problem(version: Version, party: Party, signed_on: date) -> str:
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


def _in_locking_order(versions: Iterable[Version]) -> list[Version]:
    """Host by host, so that two people who sign for several visits do not wait for each other."""
    return sorted(versions, key=lambda v: (v.exchange.visit.host_profile_id, v.exchange.pk, isinstance(v, FaVersion)))


def _locked(version: Version) -> tuple[OwnPart | FinancialAgreement, Version]:
    """The own part or agreement under its lock, and the version as it stands then."""
    document: OwnPart | FinancialAgreement
    document = lock(version.exchange.own_part) if isinstance(version, CtqVersion) else lock(version.agreement)
    fresh: Version = type(version)._base_manager.select_related("pdf").get(pk=version.pk)
    if isinstance(fresh, CtqVersion):
        fresh.exchange = document.exchange
    else:
        assert isinstance(document, FinancialAgreement)
        fresh.agreement = document
    return document, fresh


def _sign(
    version: Version, party: Party, signer: User, signed_on: date, scan: StoredFile, by: Actor
) -> list[Signature]:
    exchange = version.exchange
    body = exchange.body_of(party)
    assert by.user is not None  # a document is handed in by a person
    signed = version.signed_parties()
    parties = [
        signing_party
        for signing_party in version.PARTIES
        if signing_party == party or (signing_party not in signed and _is_same_body(exchange, signing_party, party))
    ]
    return [
        Signature.objects.create(
            ctq_version=version if isinstance(version, CtqVersion) else None,
            fa_version=version if isinstance(version, FaVersion) else None,
            party=signing_party,
            principal_label=str(body),
            signer=signer,
            signer_name=str(signer),
            signer_function=signer.job_title,
            signed_on=signed_on,
            sha256=version.pdf.sha256 if version.pdf else "",
            scan=scan,
            entered_by=by.user,
            entered_at=clock.now(),
        )
        for signing_party in parties
    ]


def _is_same_body(exchange: Exchange, signing_party: Party, party: Party) -> bool:
    """VOP = HOP: one act fills both places."""
    return exchange.body_of(signing_party) == exchange.body_of(party)


def _complete(document: OwnPart | FinancialAgreement) -> None:
    if document.state == PartState.VALIDATED and not document.parties_still_to_sign():
        perform(document, "complete_signatures", by=PORTAL)
