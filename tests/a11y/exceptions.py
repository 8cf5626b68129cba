"""What is let through, each with its reason. docs/accessibility.md tells of them; there is no other place.

`NOT_OPENED`: names of the resolver that need no page. What answers 405 to GET (a button's address), or a file, is found
out by the survey and needs no entry.
"""

from fnmatch import fnmatch

NOT_OPENED = {
    "document": "a PDF",
    "document_draft": "a PDF",
    "document_reading": "a PDF",
    "document_page": "a picture",
    "report_source_file": "a PDF",
    "statistics_pdf": "a PDF, made by the worker",
    "emblem": "a picture, where the settings name one",
    "scan": "an uploaded file",
    "evidence_file": "an uploaded file",
    "evidence_page": "a picture",
    "paper_scan_file": "an uploaded file",
    "paper_scan_page": "a picture",
    "exception-file": "an uploaded file",
    "profile-brochure": "an uploaded file",
    "catalogue-file": "an uploaded file",
    "help-file": "an uploaded file",
    "calendar-feed": "a calendar for other programs, at a secret address",
    "organisation-mine": "leads on to the organisation's page",
    "partnership-mine": "leads on to the Partnership's page",
    "health/*": "JSON for probes and load balancers",
    "moves/*": "an address of older mails: leads on",
    "visits/<int:pk>/frame/": "an address of older mails: leads on",
    "visits/<int:pk>/askers/": "an address of older mails: leads on",
    "visits/<int:pk>/fill/": "an address of older mails: leads on",
    "visit_archive": "a ZIP",
    "document_sealed": "a PDF",
    "audit_trail_pdf": "a PDF",
    "audit_trail_json": "JSON for programs",
    "visit_combined_pdf": "a PDF",
    "profiles/<int:pk>/put-right/*": "an address of older mails: leads on",
    "take_back_yes": "for seven days after a yes given outside: the confirm page that other views open",
    "account_set_password": "every account has a password: leads on to changing it",
    "account_confirm_login_code": "signing in by a code is off",
    "usersessions_list": "django-allauth's address: leads on to the portal's page",
    "account/sessions/": "django-allauth's address: leads on to the portal's page",
    "socialaccount_*": "EU Login is off unless the settings name it: tests/profiles/test_eu_login.py",
    "openid_connect_*": "the same",
    "account/social/*": "the same, at an older address of django-allauth",
    "mfa_authenticate": "in the middle of signing in: tests/profiles/second_factors",
    "mfa_login_webauthn": "JSON for the browser's question for a passkey; else leads on to the sign-in",
    "mfa_trust": "no browser is trusted to leave the second factor out",
    "mfa_signup_webauthn": "registering with a passkey is off",
    "mfa_download_recovery_codes": "a file; off, since the codes are shown once",
    "admin:*path:object_id*": "an address of old Django versions: leads on",
    "admin:support-office/(?P<url>*": "what is no address of the admin: 404",
    "admin:login": "leads on to the portal's own sign-in",
    "admin:jsi18n": "a script",
    "admin:autocomplete": "JSON",
    "admin:view_on_site": "leads on to the thing's page",
}

# (template of the view, axe's rule or the measure's word, a piece of what it says): reason.
LET_THROUGH: dict[tuple[str, str, str], str] = {
    ("matching/catalogue.html", "target-size:", ".filter"): (
        "the row of buttons at the window's lower edge lies over a filter, until one scrolls; focus never ends under it"
    ),
    ("*", "cut:", "span.site-who"): (
        "a long name in the header ends in an ellipsis; screen readers get the whole, and so does who opens the menu"
    ),
    ("exchanges/sign_document.html", "requests:", ""): "the pages of the document as pictures are what one reads there",
    ("exchanges/sign_document.html", "bytes:", ""): "the same",
    ("admin/*", "requests:", ""): "Django's own scripts, on the Support Office's data pages alone",
    ("admin/*", "bytes:", ""): "Django's own scripts, on the Support Office's data pages alone",
    ("admin/*", "shift:", ""): "Django's long tables are drawn row by row, its choosers built by a script afterwards",
    ("admin/change_form.html", "aria-prohibited-attr:", ".help-tooltip"): (
        "Django's chooser of many: the question mark beside a label repeats what the label says"
    ),
    ("admin/change_form.html", "cut:", "button#id_"): (
        "Django's chooser of many: a picture in place of the button's words, which are kept for screen readers"
    ),
}


def is_not_opened(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in NOT_OPENED)


def is_let_through(template: str, said: str) -> bool:
    """`said` begins with the rule."""
    return any(
        fnmatch(template, where) and said.startswith(rule) and piece in said for where, rule, piece in LET_THROUGH
    )
