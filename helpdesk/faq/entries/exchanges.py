"""Dates, agenda and papers, money, and what comes after the stay."""

from django.utils.translation import gettext_lazy as _

from helpdesk.faq.entries.entry import Entry

ENTRIES = (
    Entry(
        "working-days",
        "preparation",
        _("How are working days counted?"),
        (
            _(
                "The portal counts them: weekdays from the first to the last day, less the host country's national"
                " holidays. A weekend day with a programme can be marked as worked, a day without one as not worked."
                " There must be at least %(least_stay)s; days spent only on travel do not count."
            ),
        ),
        ("exchange", "visit"),
    ),
    Entry(
        "what-is-ctq",
        "preparation",
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
        "preparation",
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
        "preparation",
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
                "A lump sum for travel and stay, up to the ceiling of the host country. The rule of your Partnership"
                " says what share of it is paid for how many working days. Both are on the page “How it works”. An"
                " online exchange is not paid, and hosts are not paid."
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
                "After the stay, within %(payment_working_days)s working days after the report is accepted and the"
                " last evidence is in, in one or more instalments. Your own Partnership pays. You lay out the costs"
                " first; no receipts are asked for, but evidence that you were there."
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
)
