"""The words of what visitors and hosts do together."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VisitState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open to visitors")


class WaitingState(models.TextChoices):
    """A place on the waiting list of an open visit."""

    WAITING = "waiting", _("Waiting")
    OFFERED = "offered", _("A place was offered")
    LEFT = "left", _("Left the list")


class VisitMoveState(models.TextChoices):
    """A visit that is asked to move to other days."""

    ASKED = "asked", _("Waiting for answers")
    AGREED = "agreed", _("Agreed by all")
    CARRIED_OUT = "carried_out", _("Carried out")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


OPEN_MOVE_STATES = (VisitMoveState.ASKED, VisitMoveState.AGREED)


class MoveConsentState(models.TextChoices):
    """The answer of one who is asked whether a visit may move."""

    ASKED = "asked", _("Not answered yet")
    AGREED = "agreed", pgettext_lazy("answer to a move", "Agreed")
    REFUSED = "refused", _("Refused")


class MoveOutcome(models.TextChoices):
    """What became of an exchange when its visit was moved."""

    MOVED = "moved", _("Moved")
    CANCELLED = "cancelled", _("Cancelled")


class ExchangeState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PREPARATION = "preparation", _("Preparation")
    READY = "ready", _("Ready to start")
    ONGOING = "ongoing", _("Ongoing")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


# What statistics call a confirmed exchange, and what uses up a physical visitor.
CONFIRMED_STATES = (ExchangeState.PREPARATION, ExchangeState.READY, ExchangeState.ONGOING, ExchangeState.CLOSED)
RUNNING_STATES = (ExchangeState.PREPARATION, ExchangeState.READY, ExchangeState.ONGOING)
EDITABLE_STATES = (ExchangeState.DRAFT, ExchangeState.PREPARATION)
# Those that a move of the visit concerns: they move with it, or can't come.
MOVABLE_STATES = (ExchangeState.DRAFT, ExchangeState.PREPARATION, ExchangeState.READY)
LOCKED_STATES = (ExchangeState.READY, ExchangeState.ONGOING, ExchangeState.CLOSED)


class PartState(models.TextChoices):
    """A part of the CTQ, or the Financial Agreement."""

    DRAFT = "draft", _("Draft")
    READY = "ready", _("Ready for validation")
    VALIDATED = "validated", _("Validated")
    RETURNED = "returned", _("Returned with comments")
    SIGNED = "signed", _("Signed")


# Being written; standing, so that a change begins a new version.
BEING_WRITTEN_STATES = (PartState.DRAFT, PartState.RETURNED)
# Before it is validated; after that only signatures are owed.
UNVALIDATED_STATES = (*BEING_WRITTEN_STATES, PartState.READY)
VALIDATED_STATES = (PartState.VALIDATED, PartState.SIGNED)


class ClauseKind(models.TextChoices):
    """Whose clauses a text is: of a document, or of a line that all documents print."""

    CTQ_PHYSICAL = "ctq_physical", _("Commitment to Quality, physical exchange")
    CTQ_VIRTUAL = "ctq_virtual", _("Commitment to Quality, virtual exchange")
    FA = "fa", _("Financial Agreement")
    FAR = "far", _("Final Activity Report")
    FUNDING = "funding", _("Funding line of all documents")
    DISCLAIMER = "disclaimer", _("Disclaimer of all documents")


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")


class EvidenceState(models.TextChoices):
    WAITING = "waiting", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")


class EvidenceKind(models.TextChoices):
    HOTEL = "hotel", _("Hotel invoice")
    RENT = "rent", _("Rent contract")
    BOARDING = "boarding", _("Boarding passes or tickets")
    HOST_LETTER = "host_letter", _("Letter from the host organisation")
    OTHER = "other", _("Other")


class PaymentState(models.TextChoices):
    DUE = "due", _("Due")
    PAID = "paid", _("Paid")


class RecordedSubmissionState(models.TextChoices):
    """An exchange that a Partnership recorded afterwards."""

    SUBMITTED = "submitted", _("Submitted")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")


class SignatureMethod(models.TextChoices):
    """How a signature was given."""

    PAPER = "paper", _("On paper")
    SCREEN = "screen", _("On the screen")
    ELSEWHERE = "elsewhere", _("In a file signed elsewhere")


class ReadingKind(models.TextChoices):
    """What somebody has done with a version of a document."""

    OPENED = "opened", _("Opened in the portal")
    DOWNLOADED = "downloaded", _("File downloaded")
    DOWNLOADED_SEALED = "downloaded sealed", _("Sealed file downloaded")


class Party(models.TextChoices):
    """Who signs."""

    VO = "vo", _("Visiting organisation")
    HO = "ho", _("Host organisation")
    VOP = "vop", _("Visitor's Partnership")
    HOP = "hop", _("Host's Partnership")


CTQ_PARTIES = (Party.VO, Party.HO, Party.VOP, Party.HOP)
FA_PARTIES = (Party.VO, Party.VOP)

# Kinds of documents, as their versions name them; each is declared in `exchanges/documents/kinds.py`.
CTQ, FA, FAR = "ctq", "fa", "far"

# Kinds of things, as events and to-do items name them.
EXCHANGE, VISIT, SHARED, OWN = "exchanges.exchange", "exchanges.visit", "exchanges.sharedpart", "exchanges.ownpart"
AGREEMENT, REPORT = "exchanges.financialagreement", "exchanges.finalactivityreport"
EVIDENCE, PAYMENT = "exchanges.evidence", "exchanges.payment"
VISIT_MOVE, VISIT_MOVE_CONSENT = "exchanges.visitmove", "exchanges.visitmoveconsent"
RECORDED_SUBMISSION = "exchanges.recordedsubmission"
