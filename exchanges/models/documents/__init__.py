"""What is validated, stored and signed: the Commitment to Quality, the Financial Agreement, and their versions."""

# In the order in which a reader meets them: the lifecycles page keeps it.
# isort: off
from exchanges.models.documents.shared_part import SharedPart, SharedPartComment
from exchanges.models.documents.own_part import OwnPart
from exchanges.models.documents.agreement import FinancialAgreement
from exchanges.models.documents.version import DocumentVersion
from exchanges.models.documents.agreement_terms import AgreementTerms
from exchanges.models.documents.signature import Signature
from exchanges.models.documents.seal import DocumentSeal
from exchanges.models.documents.signature_methods import SignatureMethods
from exchanges.models.documents.paper_scan import PaperScan, ScannedDocument
from exchanges.models.documents.clauses import DocumentClauses
# isort: on

__all__ = [
    "AgreementTerms",
    "DocumentClauses",
    "DocumentSeal",
    "DocumentVersion",
    "FinancialAgreement",
    "OwnPart",
    "PaperScan",
    "ScannedDocument",
    "SharedPart",
    "SharedPartComment",
    "Signature",
    "SignatureMethods",
]
