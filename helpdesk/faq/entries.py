"""The questions, as data. Numbers are named, never written: `profiles.facts.numbers` knows them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

GROUPS = {
    "taking-part": _("Who may take part"),
    "profile": _("Profiles and finding each other"),
    "building": _("Dates, agenda and papers"),
    "money": _("Money"),
    "after": _("After the stay"),
    "portal": _("This portal and your data"),
}


@dataclass(frozen=True)
class Entry:
    """One question. `pages`: kinds of pages on which it is offered before somebody asks."""

    slug: str
    group: str
    question: Any
    answer: tuple[Any, ...]
    pages: tuple[str, ...] = ()


ENTRIES = (
    Entry(
        "what-is-it",
        "taking-part",
        _("What is a ClusterXchange?"),
        (
            _(
                "A short stay of a visiting organisation with a host organisation in another country, to learn, to"
                " meet partners or to prepare a project together. It lasts at least %(least_stay)s and at most"
                " %(longest_stay)s; it can also take place on the screen."
            ),
        ),
        ("home",),
    ),
    Entry(
        "who-visits",
        "taking-part",
        _("Who may visit?"),
        (
            _("In %(generation)s these kinds of organisation may visit: %(visitor_kinds)s."),
            _(
                "A cluster organisation must be in the cluster register. A business network needs no cluster: its"
                " Partnership confirms that it is similar to one. Everybody else names the registered cluster they"
                " belong to. The eligibility check asks five questions and tells you."
            ),
        ),
        ("home", "organisation", "profile"),
    ),
    Entry(
        "who-hosts",
        "taking-part",
        _("Who may host?"),
        (
            _("In %(generation)s these kinds of organisation may host: %(host_kinds)s."),
            _(
                "They name the registered cluster they belong to. A small or medium-sized enterprise without a cluster"
                " may host (never visit) with an exception that the Support Office records."
            ),
        ),
        ("home", "organisation", "profile"),
    ),
    Entry(
        "which-countries",
        "taking-part",
        _("Which countries take part, and may we stay in our own?"),
        (
            _(
                "The countries of %(generation)s are listed on the page “How it works”. What counts is where the"
                " organisation is registered. Visitor and host must be in different countries."
            ),
        ),
        ("home", "organisation", "match"),
    ),
    Entry(
        "how-often",
        "taking-part",
        _("How often may we take part?"),
        (
            _(
                "As a visitor: on the spot %(physical_times)s in a generation, on the screen as often as you"
                " like, one confirmed match at a time. As a host: as often as you like."
            ),
        ),
        ("home", "match"),
    ),
    Entry(
        "which-partnership",
        "profile",
        _("Which Partnership looks after us?"),
        (
            _(
                "The one you choose in your profile. If you choose none the portal proposes one by sector and country"
                " and says why. It answers your questions, publishes your profile, helps with the papers and, for"
                " visitors, pays."
            ),
        ),
        ("profile", "partnership", "organisation"),
    ),
    Entry(
        "how-long-review",
        "profile",
        _("How long does it take until our profile is published?"),
        (
            _(
                "Your Partnership answers within %(profile_answer_working_days)s working days. It may send the profile"
                " back with a reason; you change it and submit it again."
            ),
        ),
        ("profile",),
    ),
    Entry(
        "draft-gone",
        "profile",
        _("Where is my draft?"),
        (
            _(
                "A draft is saved as you type. If nobody touches it we write after %(draft_warn_days)s days, and after"
                " %(draft_archive_days)s days it is archived. You can bring it back while your Partnership takes"
                " profiles. One that was never submitted is deleted %(archived_purge_days)s days after that."
            ),
        ),
        ("profile",),
    ),
    Entry(
        "how-match",
        "profile",
        _("How do visitor and host find each other?"),
        (
            _(
                "Published profiles see the best matches with the reasons, and search the catalogue. Visitor, host or a"
                " Partnership proposes; when both have said yes and the host has a place free, the match is confirmed."
            ),
            _(
                "A visitor may have %(open_proposals_limit)s proposals of its own open at a time. A proposal without"
                " an answer expires after %(proposal_expiry_days)s days."
            ),
        ),
        ("match", "profile"),
    ),
    Entry(
        "undo-match",
        "profile",
        _("Can a match be cancelled, or brought back?"),
        (
            _(
                "Yes. While no exchange is in preparation each side may cancel with a reason, and take that back"
                " within %(undo_days)s days. Later the Partnership reopens a match that was declined, withdrawn,"
                " expired or cancelled."
            ),
        ),
        ("match",),
    ),
    Entry(
        "working-days",
        "building",
        _("How are working days counted?"),
        (
            _(
                "The portal counts them: weekdays from the first to the last day, less the host country's national"
                " holidays. A weekend day with a programme can be marked as worked, a day without one as not worked."
                " There must be at least %(least_stay)s; days of travel only do not count."
            ),
        ),
        ("exchange", "visit"),
    ),
    Entry(
        "what-is-ctq",
        "building",
        _("What is the Commitment to Quality (CTQ)?"),
        (
            _(
                "The plan of the visit: goals and agenda (the shared part), and each visitor's own objectives and"
                " outcomes (the own part). It is due at the Support Office %(ctq_days_before_start)s days before the"
                " start; the Support Office answers within %(ctq_answer_working_days)s working days. Then visitor,"
                " host and both Partnerships sign."
            ),
        ),
        ("exchange", "visit"),
    ),
    Entry(
        "who-signs",
        "building",
        _("Who may sign for our organisation?"),
        (
            _(
                "Every member whom an owner marked as a signatory. One signs in the portal, or on paper and uploads"
                " the scan. If the agenda or the dates change afterwards, a new version is signed."
            ),
        ),
        ("exchange", "organisation"),
    ),
    Entry(
        "change-dates",
        "building",
        _("Our dates change. What now?"),
        (
            _(
                "Before the start your Partnership takes the exchange back to preparation, changes the dates and the"
                " papers are signed anew. A stay that is cut short is not cancelled: it is closed with the days that"
                " took place."
            ),
        ),
        ("exchange", "visit"),
    ),
    Entry(
        "how-much",
        "money",
        _("How much does a visitor get?"),
        (
            _(
                "A lump sum for travel and stay, up to the ceiling of the host country. What share of it is paid for"
                " how many working days, the rule of your Partnership says. Both are on the page “How it works”. An"
                " exchange on the screen is not paid, and hosts are not paid."
            ),
        ),
        ("exchange", "home", "partnership"),
    ),
    Entry(
        "when-paid",
        "money",
        _("When is it paid?"),
        (
            _(
                "Once, after the stay: within %(payment_working_days)s working days after the report is accepted and"
                " the last evidence is in. Your own Partnership pays. You lay out the costs first; no receipts are"
                " asked for, but evidence that you were there."
            ),
        ),
        ("exchange",),
    ),
    Entry(
        "what-evidence",
        "money",
        _("What counts as evidence?"),
        (
            _(
                "Boarding passes, train tickets, a hotel's invoice, a rent contract, or a letter of the host. PDF, JPEG"
                " or PNG, at most 10 MB each; a photo of a page is fine. Your Partnership answers within"
                " %(far_answer_working_days)s working days."
            ),
        ),
        ("exchange",),
    ),
    Entry(
        "report",
        "after",
        _("What is in the Final Activity Report, and by when?"),
        (
            _(
                "What you did against the agenda, outcomes, contacts, follow-up. It is due %(far_days)s days after the"
                " end; your Partnership answers within %(far_answer_working_days)s working days. Without a report"
                " nothing is paid."
            ),
        ),
        ("exchange",),
    ),
    Entry(
        "follow-up",
        "after",
        _("What happens afterwards?"),
        (
            _(
                "Host and visitor say how the other did; each sees it when both are in, or after"
                " %(feedback_blind_days)s days. After %(follow_up_months)s months the portal asks what became of your"
                " plans."
            ),
        ),
        ("exchange",),
    ),
    Entry(
        "cancel",
        "after",
        _("We can't travel. How do we cancel?"),
        (
            _(
                "Before the start, ask for it on the page of the exchange and say why; a Partnership answers. You are"
                " free for another host at once. If nothing was paid your IBAN is erased %(iban_erase_days)s days"
                " later."
            ),
        ),
        ("exchange",),
    ),
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
                "Look into the folder for spam. On the page “Sign in” you can have a new password sent. If nothing"
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
                " taken along as a file. A link keeps the filters you chose."
            ),
        ),
        ("statistics",),
    ),
)
