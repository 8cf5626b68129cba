"""Exceptions to the rules that hold for every address, each with its reason."""

# The outcomes that a GET may have.
ANSWERS_TO_GET = frozenset({"page", "file", "leads on", "being made", "sign-in", "refused", "not found", "method"})

# Tables that a GET writes to.
READING_WRITES: dict[str, set[str]] = {
    "me/": {"profiles_preferences"},  # made with default values at the first visit
    "help/questions/<pk>/": {"helpdesk_helprequest"},  # when who asked has read the answer
    # Who has opened it.
    "documents/evidence/<pk>/": {"exchanges_documentopening"},
    "documents/evidence/<pk>/pages/<number>/": {"exchanges_documentopening"},
    "exchanges/decisions/report/<pk>/": {"exchanges_documentopening"},
    "documents/<pk>/": {"exchanges_documentreading"},
    "documents/<pk>/sealed/": {"exchanges_documentreading"},
    "documents/<pk>/sign/": {"exchanges_documentreading"},
    "documents/<pk>/reading-copy/": {"exchanges_documentreading"},
    "documents/visit/<pk>/zip/": {"exchanges_documentreading"},
    "documents/visit/<pk>/pdf/": {"exchanges_documentreading"},
}

# Role → outcomes.
Roles = dict[str, tuple[str, ...]]
EVERYBODY = "everybody"
SO: Roles = {"Support Office": ("form",)}
VISITORS = ("visitor's owner", "visitor's editor")
# They may send the form for records of their own; the body names a record of the visitor.
OTHER_CHOICE: Roles = dict.fromkeys((*VISITORS, "host's owner", "VOP", "HOP", "lead"), ("form",))

LISTS = ("exchanges", "visits", "payments", "matches", "profiles")

# Requests that are not refused and change nothing: address and label → role → outcomes.
ANSWERS_TO_POST: dict[tuple[str, str], Roles] = {
    # Stored in the session or a cookie, which do not count as a change.
    ("acting/", ""): {EVERYBODY: ("nothing",), "no organisation": ("page",)},
    ("language/", ""): {"nobody": ("nothing",)},
    ("take-part/register/", ""): {EVERYBODY: ("nothing",)},
    ("form-drafts/discard/", ""): {EVERYBODY: ("nothing",)},  # there is no draft to discard
    ("me/sessions/", ""): {EVERYBODY: ("nothing",)},  # there is no other session to end
    ("proof/", ""): {EVERYBODY: ("form",)},  # it stores nothing
    ("search/options/", ""): {EVERYBODY: ("page",)},  # a search, whose text is kept out of the address
    # Sample forms, which store nothing.
    ("components/", ""): {"Support Office": ("page",)},
    ("components/confirm/", ""): {"Support Office": ("page",)},
    # An error message says that the person acts for nobody.
    **{(f"{name}/", "saved view"): {"no organisation": ("form",)} for name in LISTS},
    ("catalogue/searches/save/", ""): {"no organisation": ("nothing",)},
    ("profiles/new/", ""): OTHER_CHOICE | {"no organisation": ("nothing",)},
    # They belong to the organisation already; everybody reads the same answer.
    ("organisations/join/", ""): {"host's owner": ("nothing",), "host's reader": ("nothing",)},
    # The list has no row for them.
    ("payments/", ""): dict.fromkeys(("HOP", "host's owner"), ("nothing",)),
    # The form offers records of one's own; an error message refuses any other.
    ("catalogue/<pk>/propose/", ""): OTHER_CHOICE,
    ("visits/open/<pk>/ask/", ""): OTHER_CHOICE,
    ("visits/<pk>/shared-part/copy/", ""): OTHER_CHOICE,
    ("exchanges/<pk>/sign/", ""): OTHER_CHOICE,
    ("visits/<pk>/sign/", ""): OTHER_CHOICE,
    ("visits/<pk>/sign-on-screen/", ""): OTHER_CHOICE,
    ("documents/<pk>/colleague/", ""): OTHER_CHOICE | {"visitor's signatory": ("form",)},
    ("documents/<pk>/signed-file/", ""): OTHER_CHOICE | SO,
    ("profiles/review/", ""): dict.fromkeys(("VOP", "HOP", "lead"), ("nothing",)),
    ("bench/plans/new/", ""): SO,  # it makes plans for a whole generation
    # They may send the form in another state; an error message says what is missing.
    ("exchanges/<pk>/agreement/", ""): SO,
    ("exchanges/<pk>/agreement/amount/", ""): SO,
    ("exchanges/<pk>/payable/", ""): SO,
    ("exchanges/decisions/report/<pk>/", ""): SO,
    ("transitions/<kind>/<pk>/<name>/", "evidence accept"): SO,
    ("transitions/<kind>/<pk>/<name>/", "finalactivityreport accept"): SO,
    ("transitions/<kind>/<pk>/<name>/", "finalactivityreport send_back"): SO,
    ("transitions/<kind>/<pk>/<name>/", "financialagreement take_back"): SO,
    ("transitions/<kind>/<pk>/<name>/", "match withdraw"): OTHER_CHOICE,
    ("transitions/<kind>/<pk>/<name>/", "visit delete_visit"): OTHER_CHOICE,
    ("transitions/<kind>/<pk>/<name>/", "visitmove withdraw"): OTHER_CHOICE,
}
