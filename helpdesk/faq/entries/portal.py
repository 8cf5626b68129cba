"""The portal itself and one's data."""

from django.utils.translation import gettext_lazy as _

from helpdesk.faq.entries.entry import Entry

ENTRIES = (
    Entry(
        "colleagues",
        "portal",
        _("How do colleagues get in?"),
        (
            _(
                "An owner of the organisation invites them by e-mail: as an owner, as an editor who writes, or as a"
                " reader. Is your organisation registered already? Then ask one of its owners, not for a second"
                " account."
            ),
        ),
        ("account", "organisation"),
    ),
    Entry(
        "no-mail",
        "portal",
        _("A mail did not come, or I can't sign in."),
        (
            _(
                "Look in the spam folder. On the page “Sign in” you can have a new password sent. If nothing"
                " comes, ask us here without signing in."
            ),
        ),
        ("account",),
    ),
    Entry(
        "my-data",
        "portal",
        _("What do you keep of me, and how do I get it removed?"),
        (
            _(
                "The page “Privacy” says what is kept and for how long. Under “My data” you can have your name, address"
                " and telephone number removed; the history of the exchanges stays without them."
            ),
        ),
        ("account",),
    ),
    Entry(
        "figures",
        "portal",
        _("May I use the figures?"),
        (
            _(
                "Yes. The statistics are public, hold no names of people or organisations and no money, and can be"
                " downloaded as a file. A link keeps the filters you chose."
            ),
        ),
        ("statistics",),
    ),
)
