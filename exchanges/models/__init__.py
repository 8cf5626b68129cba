"""Visits and exchanges, their documents, evidence and money."""

from exchanges.models.agenda import AgendaItem, DayMark
from exchanges.models.agreement import FaVersion, FinancialAgreement
from exchanges.models.ctq import CtqVersion, OwnPart, SharedPart, SharedPartComment
from exchanges.models.entry import RecordedEntry
from exchanges.models.exchange import DayNotWorked, Exchange
from exchanges.models.finishing import Evidence, Feedback, FinalActivityReport, Payment
from exchanges.models.signature import Signature
from exchanges.models.visit import Visit

__all__ = [
    "AgendaItem",
    "CtqVersion",
    "DayMark",
    "DayNotWorked",
    "Evidence",
    "Exchange",
    "FaVersion",
    "Feedback",
    "FinalActivityReport",
    "FinancialAgreement",
    "OwnPart",
    "Payment",
    "RecordedEntry",
    "SharedPart",
    "SharedPartComment",
    "Signature",
    "Visit",
]
