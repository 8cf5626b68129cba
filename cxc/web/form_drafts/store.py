"""Drafts of forms on the server: saved while one types, found again, erased once the form is handed in.

The browser's part is `static/js/form-drafts.js`, the forms' part `cxc.web.form_drafts.restore`, the addresses
`cxc.web.form_drafts.views`. How to give a form this: docs/forms.md.
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction

from cxc import clock
from cxc.access.personal import principal_key
from cxc.access.scoped import Actor
from cxc.core.sanitise import storable
from cxc.web.models import FormDraft

DRAFT_DAYS = 30
DRAFTS_PER_PERSON = 100
# Characters of one form's names and values together; the longest form of the portal takes a third of it.
MAX_CHARACTERS = 300_000
# No form is handed in with more fields than Django takes, so no draft has more.
MAX_FIELDS = 1_000
MAX_NAME_LENGTH = 200

# The one rule on what no draft holds, by a field's name; the browser leaves out `data-private`, passwords and files.
_PRIVATE = re.compile(
    r"(^|[-_])(iban|account_number|bic|bank_name|password\d?|oldpassword|csrfmiddlewaretoken|code)$", re.IGNORECASE
)
# Belongs to the page, not to what was typed.
PAGE_FIELDS = frozenset({"form_draft", "version_read", "base", "next", "overwrite"})

Fields = list[tuple[str, str]]


def is_private(name: str) -> bool:
    """Whether no draft holds a field of this name, in the browser or here."""
    return bool(_PRIVATE.search(name))


def save(*, by: Actor, address: str, fields: Iterable[tuple[str, str]], base: str = "") -> FormDraft | None:
    """Save what stands in a form now as its draft, in place of the one before. None where it is too long."""
    given = list(fields)
    if len(given) > MAX_FIELDS or any(len(name) > MAX_NAME_LENGTH for name, _value in given):
        return None
    typed = [(storable(name), storable(value)) for name, value in given]
    wanted = [(name, value) for name, value in typed if not is_private(name) and name not in PAGE_FIELDS]
    if sum(len(name) + len(value) for name, value in wanted) > MAX_CHARACTERS:
        return None
    mine = _mine(by)
    with transaction.atomic():
        draft, is_new = FormDraft.objects.update_or_create(
            user=by.user,
            principal=principal_key(by),
            address=storable(address),
            defaults={"fields": wanted, "base": storable(base), "saved_at": clock.now()},
        )
        if is_new:
            newest = mine.order_by("-saved_at").values("pk")[:DRAFTS_PER_PERSON]
            mine.exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    return draft


def find(*, by: Actor, address: str) -> FormDraft | None:
    """What the actor has typed into the form at this address, if anything waits there."""
    if not by.is_signed_in:
        return None
    return _mine(by).filter(principal=principal_key(by), address=storable(address)).first()


def erase(*, by: Actor, address: str) -> None:
    """Handed in or discarded: nothing of it stays."""
    if by.is_signed_in:
        _mine(by).filter(principal=principal_key(by), address=storable(address)).delete()


def erase_all(user: Any) -> None:
    """Everything that this person has typed and not handed in."""
    FormDraft.objects.filter(user=user).delete()


def erase_old() -> int:
    """Erase what was left for `DRAFT_DAYS`; how many forms that were."""
    return FormDraft.objects.filter(saved_at__lt=clock.now() - timedelta(days=DRAFT_DAYS)).delete()[0]


def _mine(by: Actor) -> Any:
    return FormDraft.objects.filter(user=by.user)
