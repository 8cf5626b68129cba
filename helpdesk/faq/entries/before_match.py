"""Who may take part, profiles, finding each other."""

from django.utils.translation import gettext_lazy as _

from helpdesk.faq.entries.entry import Entry

ENTRIES = (
    Entry(
        "what-is-it",
        "taking-part",
        _("What is a ClusterXchange?"),
        (
            _(
                "A short stay of a visiting organisation with a host organisation in another country, to learn, to"
                " meet partners or to prepare a project together. It lasts at least %(least_stay)s and at most"
                " %(longest_stay)s; it can also take place online."
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
        "which-cluster",
        "taking-part",
        _("What is a cluster, and what if we belong to none?"),
        (
            _(
                "A cluster is an association of firms, research institutes and others of one trade or region, run by a"
                " cluster organisation. The eligibility check searches the register of clusters that take part."
            ),
            _(
                "If you belong to none, you can join one: ask the cluster organisations of your region or trade, or ask"
                " us which are near you. A small or medium-sized enterprise without a cluster may host with an"
                " exception."
            ),
        ),
        ("home",),
    ),
    Entry(
        "what-is-a-partnership",
        "taking-part",
        _("What is a Partnership?"),
        (
            _(
                "A Partnership is a group of cluster organisations that looks after visitors and hosts: it reads your"
                " profile, helps them find each other, checks the documents, and pays the lump sum to the visitors."
            ),
            _("The page “Partnerships” says which sectors and countries each looks after, and whom to write to."),
        ),
        ("home",),
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
                "As a visitor: in person %(physical_times)s in a generation, online as often as you like, one"
                " confirmed match at a time. As a host: as often as you like."
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
)
