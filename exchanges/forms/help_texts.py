"""What belongs in each field of the documents' forms, with an example where one helps."""

from django.utils.translation import gettext_lazy as _

BEFORE_VALIDATION = _("Needed before validation.")
BEFORE_SUBMITTING = _("Needed before you submit the report.")

SHARED_PART = {
    "goals": _("What host and visitors want to reach together, for example: to prepare two joint trials of sensors."),
    "mutual_learning": _("How host and visitors learn from each other, for example: each side leads a workshop."),
    "learning_between_visitors": _(
        "How the visitors learn from one another when several come, for example: a round table on the second day."
    ),
    "feedback_time": _("When the day is discussed, for example: half an hour at the end of each day."),
    "external_event": _(
        "A fair or conference that the visit is linked to, with its name and days. Leave it empty if there is none."
    ),
}
OWN_PART = {
    "objectives": _("What this visitor wants to learn or reach, for example: to test its sensor on the host's line."),
    "outcomes": _("What there is to show afterwards, for example: a letter of intent, or a plan for a trial."),
    "follow_up": _("What both sides do after the visit, for example: a call each month until the trial begins."),
    "follow_up_months": _("After how many months both sides look back: from 2 to 12."),
    "responsibilities": _("Who does what, for example: the host books the rooms, the visitor brings a demonstrator."),
}
AGREEMENT = {
    "payee": _("The account holder, exactly as the bank knows it, for example: Sensor Works SL."),
    "iban": _("With or without blanks, for example: BE71 0961 2345 6769."),
    "account_number": _("As the bank writes it, for accounts without an IBAN."),
    "bic": _("8 or 11 letters and figures, for example: KREDBEBB."),
    "bank_name": _("Name and place of the bank that holds the account."),
    "payment_terms": _("What is agreed beyond the general terms, if anything, for example: paid in two instalments."),
}
REPORT = {
    "activities": _("What was done on each day, against the agenda: workshops, visits, meetings."),
    "departures": _("What took place otherwise than agreed, and why. Empty where nothing did."),
    "outcomes": _("What came of it, for example: a letter of intent was signed, and two trials are planned."),
    "contacts": _("Whom you met besides the host, for example: a university and two suppliers."),
    "follow_up": _("What happens next and who does it, for example: a call with the host in March."),
    "satisfaction": _("1: not at all satisfied, 5: very satisfied."),
    "story_consent": _("The Partnership and the programme may publish what you write below."),
    "story": _("A few sentences for others: what you looked for, what you found, what changed."),
}
