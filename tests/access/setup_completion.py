"""Takes the exchanges of the samples from their signatures to the first instalment."""

from decimal import Decimal

from cxc import clock
from cxc.core.calendar import midnight
from cxc.workflow import perform, perform_as_system
from exchanges.enums import CTQ_PARTIES, FA_PARTIES, EvidenceKind
from exchanges.models import DocumentVersion, Exchange, FinalActivityReport, Payment, Signature
from exchanges.services import evidence_submission
from exchanges.services.document_openings import evidence_was_opened, report_was_opened
from exchanges.services.feedback import give_feedback
from tests.access.sample import Sample
from tests.access.setup_matching import stored
from tests.scenarios import completion, lifecycle
from tests.scenarios.completion import AFTER
from tests.scenarios.lifecycle import FIRST, NOW


def stay(samples: dict[str, Sample]) -> None:
    """The stay is over; no evidence is handed in."""
    for sample in samples.values():
        with clock.at(NOW):
            _sign(sample)
        exchange = Exchange.objects.get(pk=sample["exchange"].pk)
        with clock.at(midnight(FIRST, exchange.visit.time_zone)):
            perform_as_system(exchange, "begin_stay")


def hand_in(samples: dict[str, Sample]) -> None:
    """The evidence is handed in; the report is not written."""
    for sample in samples.values():
        _evidence(sample)
        exchange = Exchange.objects.get(pk=sample["exchange"].pk)
        sample["report"] = FinalActivityReport.objects.get(exchange=exchange)
        text, note = f"Feedback-{sample.mark}", f"Note-{sample.mark}"
        give_feedback(exchange, by=sample.parties.vo, rating=4, text=text, private_note=note)


def write(samples: dict[str, Sample]) -> None:
    """The report is written."""
    for sample in samples.values():
        by, found = sample.parties.vo, FinalActivityReport.objects.get(pk=sample["report"].pk)
        texts = completion.REPORT | {"outcomes": f"Outcomes-{sample.mark}"}
        perform(found, "edit", by=by, version_read=found.row_version, fields=texts)


def report(samples: dict[str, Sample]) -> None:
    """The report is handed in, the evidence accepted."""
    for sample in samples.values():
        parties = sample.parties
        perform(FinalActivityReport.objects.get(pk=sample["report"].pk), "submit", by=parties.vo)
        for name in ("evidence", "letter"):
            sample[name] = completion.accepted_evidence(sample[name], parties.vop_coordinator)
        for reader in (parties.vop_coordinator, parties.so):
            report_was_opened(FinalActivityReport.objects.get(pk=sample["report"].pk), reader)


def close(samples: dict[str, Sample]) -> None:
    """Closed, and paid in part."""
    for sample in samples.values():
        by = sample.parties.vop_coordinator
        perform(FinalActivityReport.objects.get(pk=sample["report"].pk), "accept", by=by)
        sample["far"] = DocumentVersion.objects.get(exchange=sample["exchange"], kind="far")
        exchange = Exchange.objects.get(pk=sample["exchange"].pk)
        perform(exchange, "accept_payable", by=by)
        perform(Exchange.objects.get(pk=exchange.pk), "close", by=by)
        payment = Payment.objects.get(exchange=exchange)
        reference = f"Transfer-{sample.mark}"
        sample["payment"] = perform(
            payment, "pay", by=by, paid_on=AFTER.date(), amount=Decimal("10.00"), reference=reference
        )


def _sign(sample: Sample) -> None:
    lifecycle.sign(sample.parties, sample["ctq"], *CTQ_PARTIES)
    lifecycle.sign(sample.parties, sample["fa"], *FA_PARTIES)
    sample["signature"] = Signature.objects.filter(version=sample["ctq"]).first()
    sample["fa_signature"] = Signature.objects.filter(version=sample["fa"]).first()
    perform(Exchange.objects.get(pk=sample["exchange"].pk), "set_ready", by=sample.parties.vop_coordinator)


def _evidence(sample: Sample) -> None:
    kinds = {
        "evidence": (EvidenceKind.HOTEL, sample.parties.vo),
        "letter": (EvidenceKind.HOST_LETTER, sample.parties.ho),
    }
    for name, (kind, by) in kinds.items():
        file = stored(f"{name}-{sample.mark}.pdf", by)
        exchange = Exchange.objects.get(pk=sample["exchange"].pk)
        sample[name] = evidence_submission.hand_in(exchange, kind=kind, file=file, by=by)
        for reader in (sample.parties.vop_coordinator, sample.parties.so):
            evidence_was_opened(sample[name], reader)
