"""What is validated and signed: the Commitment to Quality and the Financial Agreement."""

# In the order in which a reader meets them: the lifecycles page keeps it.
# isort: off
from exchanges.models.papers.shared_part import SharedPart, SharedPartComment
from exchanges.models.papers.own_part import OwnPart
from exchanges.models.papers.ctq_version import CtqVersion
from exchanges.models.papers.agreement import FaVersion, FinancialAgreement
from exchanges.models.papers.signature import Signature
from exchanges.models.papers.clauses import DocumentClauses
# isort: on

__all__ = [
    "CtqVersion",
    "DocumentClauses",
    "FaVersion",
    "FinancialAgreement",
    "OwnPart",
    "SharedPart",
    "SharedPartComment",
    "Signature",
]
