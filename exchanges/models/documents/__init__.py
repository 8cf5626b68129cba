"""What is validated and signed: the Commitment to Quality and the Financial Agreement."""

# In the order in which a reader meets them: the lifecycles page keeps it.
# isort: off
from exchanges.models.documents.shared_part import SharedPart, SharedPartComment
from exchanges.models.documents.own_part import OwnPart
from exchanges.models.documents.ctq_version import CtqVersion
from exchanges.models.documents.agreement import FaVersion, FinancialAgreement
from exchanges.models.documents.signature import Signature
from exchanges.models.documents.paper_scan import PaperScan, ScannedDocument
from exchanges.models.documents.clauses import DocumentClauses
# isort: on

__all__ = [
    "CtqVersion",
    "DocumentClauses",
    "FaVersion",
    "FinancialAgreement",
    "OwnPart",
    "PaperScan",
    "ScannedDocument",
    "SharedPart",
    "SharedPartComment",
    "Signature",
]
