"""Visits and exchanges, their documents, evidence and money."""

# In the order in which a reader meets them: the lifecycles page keeps it.
# isort: off
from exchanges.models.visit import Visit
from exchanges.models.visit_proposal import VisitProposal
from exchanges.models.waiting_list_entry import WaitingListEntry
from exchanges.models.visit_plan import VisitPlan
from exchanges.models.agenda import AgendaItem, DayMark
from exchanges.models.exchange import DayNotWorked, Exchange
from exchanges.models.visit_move import VisitMove, VisitMoveConsent, VisitMoveStay
from exchanges.models.documents import (
    AgreementTerms,
    DocumentClauses,
    DocumentSeal,
    DocumentVersion,
    FinancialAgreement,
    OwnPart,
    PaperScan,
    ScannedDocument,
    SharedPart,
    SharedPartComment,
    Signature,
    SignatureMethods,
)
from exchanges.models.evidence import Evidence
from exchanges.models.feedback import Feedback
from exchanges.models.report import FinalActivityReport
from exchanges.models.document_opening import DocumentOpening
from exchanges.models.document_reading import DocumentReading
from exchanges.models.payment import Payment
from exchanges.models.instalment import Instalment
from exchanges.models.recorded_submission import RecordedSubmission
# isort: on

__all__ = [
    "AgendaItem",
    "AgreementTerms",
    "DayMark",
    "DayNotWorked",
    "DocumentClauses",
    "DocumentOpening",
    "DocumentReading",
    "DocumentSeal",
    "DocumentVersion",
    "Evidence",
    "Exchange",
    "Feedback",
    "FinalActivityReport",
    "FinancialAgreement",
    "Instalment",
    "OwnPart",
    "PaperScan",
    "Payment",
    "RecordedSubmission",
    "ScannedDocument",
    "SharedPart",
    "SharedPartComment",
    "Signature",
    "SignatureMethods",
    "Visit",
    "VisitMove",
    "VisitMoveConsent",
    "VisitMoveStay",
    "VisitPlan",
    "VisitProposal",
    "WaitingListEntry",
]
