"""What transitions of visits, exchanges, documents and money bring about, for the pages that confirm them."""

from django.utils.translation import gettext_lazy as _

from cxc.workflow.consequences import describe

_REVISE = _("A new version begins as a draft: it has to be validated and signed again. Earlier versions are kept.")
_RETURN = _("The author reads your comments, changes the document and hands it in again.")
_READY = _("The Support Office validates it or returns it. Until it has decided you can take it back.")
_TAKE_BACK = _("It becomes a draft again: the Support Office no longer reads it, and you can change it.")
_DECLINE = _(
    "It is returned to the visitor and its Partnership, who change it. All parties read your name and your reason, also"
    " those who have signed. Their signatures stay with this version; a new version is signed by all."
)
_EDITORIAL = _(
    "The correction is kept as a note beside the version that was validated. All signatures stay; all parties are told,"
    " and a signatory may object within 7 days."
)

describe(
    "exchanges.visit",
    {
        "delete_visit": _(
            "The visit is deleted with its agenda. Confirmed matches stay, and everybody who asked to come is told."
            " This cannot be undone."
        ),
        "close_to_visitors": _(
            "Nobody can ask to come any more. Proposals made stand, and the waiting list rests until you open it again."
        ),
    },
)
describe(
    "exchanges.visitmove",
    {
        "carry_out": _(
            "The visit, its agenda and its exchanges are on the new days at once. What was validated or signed for the"
            " earlier days is validated and signed anew, and exchanges that can't take place then are cancelled."
        ),
        "withdraw": _("The visit stays on its days. Everybody who was asked is told, and reads your reason."),
    },
)
describe(
    "exchanges.visitmoveconsent",
    {
        "agree": _("When all who are asked have agreed, the lead of the visit can move it."),
        "refuse": _("The visit stays on its days, and the move ends. Everybody who was asked reads your reason."),
    },
)
describe(
    "exchanges.waitinglistentry",
    {"leave": _("You lose your place on the waiting list. If you ask again, you are last on it.")},
)
describe(
    "exchanges.exchange",
    {
        "delete_draft": _("The draft is deleted. Its match stays confirmed, and another exchange can be begun."),
        "prepare": _(
            "The exchange counts as confirmed: documents and figures are prepared now. After a physical exchange the"
            " visitor cannot begin another physical one in this generation."
        ),
        "set_ready": _(
            "Figures and documents are locked. The exchange starts by itself at the beginning of its first day."
        ),
        "set_ready_late": _("Figures and documents are locked, and the exchange starts by itself at once."),
        "back_to_preparation": _("Figures and documents can be changed again. All parties are told why."),
        "back_to_draft": _("The exchange is planned anew and does not count as confirmed any more."),
        "begin_stay": _("The exchange is ongoing from now on: evidence and report can be handed in."),
        "undo_start": _("The exchange is in preparation again, as if it had not started. All parties are told why."),
        "close": _(
            "The exchange is over: its figures and report stay as they are. What is payable is paid when it is due."
        ),
        "close_unpaid": _("The exchange is over without report or evidence, and nothing is paid for it."),
        "reopen": _("The exchange is ongoing again: report, evidence and figures can be changed."),
        "ask_to_cancel": _(
            "The Partnerships decide, and read your reason. The exchange does not start before they have answered."
        ),
        "refuse_to_cancel": _("The exchange goes on as planned. The person who asked to cancel it reads your reason."),
        "cancel": _(
            "The exchange does not take place. Documents and signatures are kept, reminders end, and all parties read"
            " your reason. The visitor may take part in another one."
        ),
        "cancel_ongoing": _(
            "The exchange ends as if it had not taken place, and nothing is paid. All parties read your reason."
        ),
        "allow_one_signatory": _(
            "One person may sign for several bodies. Your reason is printed where the documents are signed; documents"
            " that are not signed yet become new versions."
        ),
        "reopen_cancelled": _("The exchange is in preparation again, after everything it requires is checked anew."),
    },
)
for _part in ("exchanges.sharedpart", "exchanges.ownpart", "exchanges.financialagreement"):
    describe(_part, {"revise": _REVISE, "submit": _READY, "take_back": _TAKE_BACK, "send_back": _RETURN})
describe(
    "exchanges.sharedpart",
    {
        "validate": _("All parties of the visit sign this version. Own parts can be validated next."),
        "validate_as_editorial": _EDITORIAL,
        "send_back": _("The author reads your comments. All own parts of the visit are returned with it."),
    },
)
describe(
    "exchanges.ownpart",
    {
        "validate": _("The Commitment to Quality is made as a PDF, and its four parties are asked to sign it."),
        "decline": _DECLINE,
        "validate_as_editorial": _EDITORIAL,
        "object_to_editorial": _(
            "The correction counts no more: the version before stands again, with its signatures. All parties and the"
            " Support Office read your reason."
        ),
    },
)
describe(
    "exchanges.financialagreement",
    {
        "validate": _("The Financial Agreement is made as a PDF, and visitor and Partnership are asked to sign it."),
        "decline": _DECLINE,
        "revise_while_ongoing": _REVISE,
    },
)
describe(
    "exchanges.evidence",
    {
        "accept": _("It counts as evidence of the stay. It can be returned until the payment is made."),
        "send_back": _(
            "It does not count any more. The person who handed it in reads your reason and can hand in another file."
        ),
    },
)
describe(
    "exchanges.finalactivityreport",
    {
        "submit": _("Your Partnership reads the report and accepts or returns it. You cannot change it meanwhile."),
        "accept": _("The report counts, and the payment can become due. Only the Support Office can return it then."),
        "send_back": _("The visitor reads your reason, changes the report and submits it again."),
        "return_accepted": _(
            "The report does not count any more. The visitor reads your reason and changes the report."
        ),
    },
)
describe("exchanges.payment", {"unpay": _("The payment is due again, and its Partnership is asked to make it.")})
describe(
    "exchanges.recordedsubmission",
    {
        "accept": _("The exchange is recorded with all its steps. It then counts in lists and statistics."),
        "send_back": _("The Partnership reads your reason, changes the entry and hands it in again."),
        "withdraw": _("The entry is deleted, and nothing is recorded."),
    },
)
