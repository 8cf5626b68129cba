"""What transitions of matches bring about, for the pages on which they are confirmed."""

from django.utils.translation import gettext_lazy as _

from cxc.workflow.consequences import describe

_YES = _(
    "When both sides have accepted and a place is free, the match is confirmed: each side sees the other's contacts,"
    " and the Partnerships build the exchange."
)
_NO = _("The proposal ends. The other side and both Partnerships read your reason.")
_TAKE_BACK = _("The yes that was given for you does not count any more, and the other sides are told.")

describe(
    "matching.match",
    {
        "visitor_yes": _YES,
        "host_yes": _YES,
        "visitor_no": _NO,
        "host_no": _NO,
        "withdraw": _("The proposal ends. Both sides and their Partnerships read your reason."),
        "cancel": _(
            "The match ends: its place and the visitor are free again, and a draft of its exchange is deleted. Both"
            " sides and their Partnerships read your reason."
        ),
        "take_back_yes": _TAKE_BACK,
        "take_back_yes_confirmed": _TAKE_BACK,
        "take_back_yes_by_request": _(
            "The exchange is in preparation already: its Partnerships are asked to cancel it, and answer you."
        ),
        "undo": _("The match stands again as it did before it ended, and everybody concerned is told."),
        "reopen": _(
            "The match stands again as it did before, if that is still possible; otherwise it is proposed again and"
            " both sides answer again."
        ),
    },
)
