"""What one types is kept on the server until it is handed in: stored, found again, erased.

The browser's part is `static/js/kept.js`, the forms' part `cxc.web.form_drafts.restore`, the addresses
`cxc.web.form_drafts.views`. How to give a form this: docs/forms.md.
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction

from cxc import clock
from cxc.access.scoped import Actor
from cxc.core.sanitise import storable
from cxc.ground.models import KeptForm

KEPT_DAYS = 30
FORMS_A_PERSON = 100
# Characters of one form's names and values together; the longest form of the portal takes a third of it.
MOST = 300_000
# No form is handed in with more fields than Django takes, so none is kept with more.
MOST_FIELDS = 1_000
LONGEST_NAME = 200

# The one rule on what is never kept, by a field's name; the browser leaves out `data-private`, passwords and files.
_PRIVATE = re.compile(
    r"(^|[-_])(iban|account_number|bic|bank_name|password\d?|oldpassword|csrfmiddlewaretoken|code)$", re.IGNORECASE
)
# Belongs to the page, not to what was typed.
PAGES_OWN = frozenset({"kept_form", "version_read", "base", "next", "keep"})

Fields = list[tuple[str, str]]


def is_private(name: str) -> bool:
    """Whether a field of this name is never kept, in the browser or here."""
    return bool(_PRIVATE.search(name))


def acting_key(actor: Actor) -> str:
    """Stands for the body that the actor acts for."""
    return f"{actor.principal.value}-{actor.principal_id or ''}"


def keep(*, by: Actor, address: str, fields: Iterable[tuple[str, str]], base: str = "") -> KeptForm | None:
    """Keep what stands in a form now, in place of what was kept of it before. None where it is too long."""
    given = list(fields)
    if len(given) > MOST_FIELDS or any(len(name) > LONGEST_NAME for name, _value in given):
        return None
    typed = [(storable(name), storable(value)) for name, value in given]
    wanted = [(name, value) for name, value in typed if not is_private(name) and name not in PAGES_OWN]
    if sum(len(name) + len(value) for name, value in wanted) > MOST:
        return None
    mine = _mine(by)
    with transaction.atomic():
        kept, is_new = KeptForm.objects.update_or_create(
            user=by.user,
            acting=acting_key(by),
            address=storable(address),
            defaults={"fields": wanted, "base": storable(base), "kept_at": clock.now()},
        )
        if is_new:
            newest = mine.order_by("-kept_at").values("pk")[:FORMS_A_PERSON]
            mine.exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    return kept


def find(*, by: Actor, address: str) -> KeptForm | None:
    """What the actor has typed into the form at this address, if anything waits there."""
    if not by.is_signed_in:
        return None
    return _mine(by).filter(acting=acting_key(by), address=storable(address)).first()


def erase(*, by: Actor, address: str) -> None:
    """Handed in or discarded: nothing of it stays."""
    if by.is_signed_in:
        _mine(by).filter(acting=acting_key(by), address=storable(address)).delete()


def erase_all(user: Any) -> None:
    """Everything that this person has typed and not handed in."""
    KeptForm.objects.filter(user=user).delete()


def erase_old() -> int:
    """Erase what was left for `KEPT_DAYS`; how many forms that were."""
    return KeptForm.objects.filter(kept_at__lt=clock.now() - timedelta(days=KEPT_DAYS)).delete()[0]


def _mine(by: Actor) -> Any:
    return KeptForm.objects.filter(user=by.user)
