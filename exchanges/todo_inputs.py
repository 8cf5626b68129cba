"""Which rows the to-do of exchanges, and of what belongs to them, reads: kind -> paths to such a row."""

from profiles.todo_inputs import SCHEME, Inputs, of_profiles, together

_PROFILES = ("match__visiting_profile", "match__host_profile")


def _of_exchange(path: str, **read: str) -> Inputs:
    """The exchange at the end of the path ("" for itself) with visit, match and profiles; `read`: what else of it."""
    start = f"{path}__" if path else ""
    found: Inputs = {"exchanges.visit": (f"{start}visit",), "matching.match": (f"{start}match",)}
    itself: Inputs = {"exchanges.exchange": (path,)} if path else {}
    rest: Inputs = {f"exchanges.{kind}": (f"{start}{way}",) for kind, way in read.items()}
    return together(found, itself, rest, of_profiles(*(f"{start}{way}" for way in _PROFILES)), SCHEME)


BUILDING = together(
    _of_exchange(
        "",
        sharedpart="visit__shared_part",
        ownpart="own_part",
        financialagreement="agreement",
        documentversion="document_versions",
    ),
    {"exchanges.signature": ("document_versions__signatures",)},
)
STAY = _of_exchange("", finalactivityreport="report", evidence="evidence", payment="payment", feedback="feedback")
DOCUMENT = _of_exchange("exchange", sharedpart="visit__shared_part")
OF_STAY = _of_exchange("exchange")
EVIDENCE = _of_exchange("exchange", evidence="evidence", payment="payment")
SHARED_PART = together(
    {
        "exchanges.visit": ("visit",),
        "exchanges.agendaitem": ("visit__agenda_items",),
        "exchanges.exchange": ("visit__exchanges",),
        "profiles.partnership": ("visit__lead",),
    },
    of_profiles("visit__host_profile"),
    SCHEME,
)
VISIT_MOVE = together(
    {
        "exchanges.visit": ("visit",),
        "exchanges.exchange": ("visit__exchanges",),
        "exchanges.visitmoveconsent": ("consents",),
        "profiles.profile": ("visit__host_profile",),
        "profiles.organisation": ("visit__host_profile__organisation", "visit__exchanges__organisation"),
    },
    SCHEME,
)
MOVE_CONSENT = together(
    {
        "exchanges.visitmove": ("move",),
        "exchanges.visit": ("move__visit",),
        "profiles.profile": ("move__visit__host_profile",),
        "profiles.organisation": ("move__visit__host_profile__organisation",),
    },
    SCHEME,
)
MATCH = together({"exchanges.exchange": ("exchanges",)}, of_profiles("visiting_profile", "host_profile"), SCHEME)
# Whom a match takes to its host, or away from it, decides on free places and on who on the waiting list could come.
_WAITING = "waiting_list_entries__visiting_profile"
_OF_WAITING = f"{_WAITING}__organisation__profiles"
_MATCHES = ("host_profile__matches_as_host", f"{_OF_WAITING}__matches_as_visitor")
OPEN_VISIT = together(
    {
        "exchanges.exchange": ("exchanges", *(f"{path}__exchanges" for path in _MATCHES)),
        "exchanges.waitinglistentry": ("waiting_list_entries",),
        "exchanges.visitproposal": ("proposals",),
        "matching.match": _MATCHES,
        "profiles.profile": (_OF_WAITING,),
    },
    of_profiles("host_profile", _WAITING),
    SCHEME,
)
