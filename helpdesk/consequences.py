"""What the transitions of questions bring about, for the pages on which they are confirmed."""

from django.utils.translation import gettext_lazy as _

from cxc.workflow.consequences import describe

describe(
    "helpdesk.helprequest",
    {
        "pass_on": _(
            "The Support Office answers the question from now on. The person who asked sees that it was passed on."
        ),
        "close": _(
            "Nobody is asked to answer any more. The person who asked can write again, which opens the question again."
        ),
    },
)
