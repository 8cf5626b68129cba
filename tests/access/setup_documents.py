"""Makes the exchanges of the samples, and their documents up to validation."""

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from cxc.access.scoped import Actor
from cxc.bulk import runs
from cxc.bulk.actions import action_of
from cxc.bulk.models import BulkRun
from cxc.workflow import perform
from exchanges.models import (
    DocumentVersion,
    Exchange,
    FinancialAgreement,
    OwnPart,
    PaperScan,
    SharedPart,
    Visit,
    VisitMove,
)
from exchanges.services import agenda
from exchanges.services.paper_scans import upload_scan
from profiles.models import Sector
from tests.access.sample import ANOTHERS, OWN, RELATED, Sample
from tests.files import pdf_of
from tests.scenarios import lifecycle, visit_moves

# The account and the amount differ in each sample, so that `leaks` can tell whose they are.
ACCOUNTS = {
    "Alder": "ES9121000418450200051332",
    "Birch": "ES7921000813610123456789",
    "Cedar": "ES1720852066623456789011",
}
AMOUNTS = {"Alder": Decimal("411.17"), "Birch": Decimal("422.29"), "Cedar": Decimal("433.31")}


def prepare(samples: dict[str, Sample]) -> None:
    """An exchange of each visitor in preparation; the other visitor's Partnership leads their visit."""
    for sample in samples.values():
        by = sample.parties.vop_coordinator
        made = lifecycle.exchange(sample["match"], sample["visit"], by)
        sample["exchange"] = perform(made, "prepare", by=by)
        sample["own_part"] = OwnPart.objects.get(exchange=made)
        sample["agreement"] = FinancialAgreement.objects.get(exchange=made)
        sample["shared"] = SharedPart.objects.get(visit=sample["visit"])
    own, related = samples[OWN], samples[RELATED]
    perform(own["visit"], "hand_over", by=own.parties.hop_coordinator, partnership=related.parties.vop)
    for sample in samples.values():
        sample["run"] = _bulk_run(sample)
        sample["lead"] = related.parties.vop_coordinator if sample in (own, related) else sample.parties.hop_coordinator


def _bulk_run(sample: Sample) -> BulkRun:
    """A bulk run, previewed and not confirmed."""
    action = action_of("exchange-cancel")
    assert action is not None
    rows = Exchange.objects.filter(pk=sample["exchange"].pk)
    return runs.create_run(action, rows, by=sample.parties.vop_coordinator)


def ask_to_move(samples: dict[str, Sample]) -> None:
    """The lead has asked to move each visit; nobody has answered."""
    for sample in samples.values():
        if sample is samples[RELATED]:
            sample["move"], sample["consent"] = samples[OWN]["move"], samples[OWN]["consent"]
        else:
            sample["move"] = visit_moves.ask(Visit.objects.get(pk=sample["visit"].pk), sample["lead"])
            sample["consent"] = sample["move"].consents.get(organisation=sample.parties.host)


def withdraw_moves(samples: dict[str, Sample]) -> None:
    """The visits keep their days."""
    for name in (OWN, ANOTHERS):
        move = VisitMove.objects.get(pk=samples[name]["move"].pk)
        perform(move, "withdraw", by=samples[name]["lead"], reason="It stays.")


def hand_in(samples: dict[str, Sample]) -> None:
    """Everything is written and waits for the Support Office; no visit moves any more."""
    withdraw_moves(samples)
    for sample in samples.values():
        if sample is not samples[RELATED]:
            _write_shared(sample, sample["lead"])
    for sample in samples.values():
        _write_own(sample)


def validate(samples: dict[str, Sample]) -> None:
    """Every document is validated, its PDF stored; nobody has signed."""
    for sample in samples.values():
        if sample is not samples[RELATED]:
            perform(SharedPart.objects.get(visit=sample["visit"].pk), "validate", by=sample.parties.so)
    for sample in samples.values():
        for name, model in {"own_part": OwnPart, "agreement": FinancialAgreement}.items():
            part = perform(model.objects.get(pk=sample[name].pk), "validate", by=sample.parties.so)
            lifecycle.with_pdf(part.current_version)
        sample["ctq"] = DocumentVersion.objects.get(exchange=sample["exchange"], kind="ctq")
        sample["fa"] = DocumentVersion.objects.get(exchange=sample["exchange"], kind="fa")
    for sample in samples.values():
        sample["paper_scan"] = samples[OWN]["paper_scan"] if sample is samples[RELATED] else _paper_scan(sample)


def _paper_scan(sample: Sample) -> PaperScan:
    """Uploaded by the host's Partnership; nothing is recorded from it."""
    visit, by = Visit.objects.get(pk=sample["visit"].pk), sample.parties.hop_coordinator
    content = pdf_of(f"CTQ-{sample['exchange'].reference} - version 1")
    upload = SimpleUploadedFile(f"scan-{sample.mark}.pdf", content, "application/pdf")
    return upload_scan(visit, upload, parties=["hop"], by=by)


def _write_shared(sample: Sample, lead: Actor) -> None:
    shared, by = SharedPart.objects.get(visit=sample["visit"].pk), sample.parties.ho
    texts = lifecycle.SHARED_TEXTS | {"goals": f"Goals-{sample.mark}"}
    perform(shared, "edit", by=by, version_read=shared.row_version, fields=texts)
    agenda.save_agenda(shared, lifecycle.agenda_lines(shared.visit), by=by, version_read=shared.row_version)
    perform(shared, "submit", by=lead)


def _write_own(sample: Sample) -> None:
    parties, exchange = sample.parties, Exchange.objects.get(pk=sample["exchange"].pk)
    figures = {"start": exchange.agreed_start, "end": exchange.agreed_end, "lump_sum": AMOUNTS[sample.mark]}
    perform(exchange, "set_agreed", by=parties.vop_coordinator, sector=Sector.objects.first(), **figures)
    own = OwnPart.objects.get(exchange=exchange)
    texts = lifecycle.OWN_TEXTS | {"objectives": f"Objectives-{sample.mark}"}
    perform(own, "edit", by=parties.vo, version_read=own.row_version, fields=texts)
    perform(own, "submit", by=parties.vop_coordinator)
    agreement = FinancialAgreement.objects.get(exchange=exchange)
    account = {"iban": ACCOUNTS[sample.mark], "payee": f"Payee-{sample.mark}"}
    perform(agreement, "edit", by=parties.vo, version_read=agreement.row_version, fields=account)
    perform(agreement, "submit", by=parties.vop_coordinator)
