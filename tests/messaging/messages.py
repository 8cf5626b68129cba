"""What the tests of messages share: writing one about records, as the page does."""

from typing import Any

from cxc.access.scoped import Actor
from cxc.bulk import runs
from cxc.bulk.actions import action_of
from cxc.bulk.models import BulkRun
from cxc.comms.models import Mail
from cxc.messaging.bulk import message_code


def previewed(rows: Any, by: Actor, to: list[str], subject: str = "News", text: str = "See you soon.") -> BulkRun:
    """A message about these rows, filled in and previewed."""
    action = action_of(message_code(rows.model._meta.label_lower))
    assert action is not None
    run = runs.create_run(action, rows, by=by)
    runs.write_shared_values(run, {"to": to, "subject": subject, "text": text})
    runs.request_preview(run)
    return run


def sent(rows: Any, by: Actor, to: list[str], **texts: str) -> list[Mail]:
    """The mails of a message about these rows that was confirmed."""
    before = set(Mail.objects.values_list("pk", flat=True))
    runs.confirm(previewed(rows, by, to, **texts))
    return list(Mail.objects.exclude(pk__in=before).order_by("pk"))


def readers(mails: list[Mail]) -> set[Any]:
    """The people to whom these mails go."""
    return {mail.to_user for mail in mails}
