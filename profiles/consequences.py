"""What the transitions of profiles bring about, for the pages on which they are confirmed."""

from django.utils.translation import gettext_lazy as _

from cxc.workflow.consequences import describe

describe(
    "profiles.profile",
    {
        "submit": _("The Partnership reads the profile and answers. You can take it back until then."),
        "publish": _(
            "You confirm that the organisation may take part. The profile appears in the catalogue and in best"
            " matches, and its holder is told."
        ),
        "send_back": _(
            "The profile becomes a draft again. Its holder reads your reason, changes the profile and submits it again."
        ),
        "refuse": _("The profile is not published, and its holder reads your reason. It can be submitted again."),
        "take_back": _("The profile becomes a draft again: you can change it and submit it again. Nobody reviews it."),
        "submit_again": _("The Partnership reads the profile once more, with your reason."),
        "confirm_eligibility": _("The history records that the organisation may take part, and who confirmed it."),
        "confirm_interest": _(
            "The profile stays published and is proposed to others. The holder is asked again after the same number of"
            " days without activity."
        ),
        "unpublish": _(
            "The profile leaves the catalogue and becomes a draft. Proposals that are not confirmed are withdrawn, and"
            " the other sides are told."
        ),
        "archive_draft": _("The draft moves to the archive. It can be brought back while its Partnership takes part."),
        "archive": _("The profile leaves the catalogue and moves to the archive; it can be brought back from there."),
        "restore": _("The profile becomes a draft again, with all that was written in it."),
        "delete_for_good": _("The profile and all that was written in it are deleted. This cannot be undone."),
    },
)
