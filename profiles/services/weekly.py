"""The to-do list as a mail, on Monday morning, to whom something waits for. Can run twice, late or in parallel."""

import logging
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from cxc import clock
from cxc.comms.outbox import queue_mail
from cxc.core import languages
from cxc.core.links import absolute
from cxc.core.moments import OFFICE_ZONE
from profiles.models import Preferences, User
from profiles.waiting import Waiting, waiting_for

logger = logging.getLogger(__name__)

TEMPLATE = "profiles/mail/weekly_todo"
ZONE = ZoneInfo(OFFICE_ZONE)
HOUR = 6
# A portal that slept on Monday still writes on Tuesday and Wednesday; after that the week is let go.
LAST_DAY = 2
MOST_NAMED = 15


def write_due() -> int:
    """Look at everyone for whom this week's list was not thought of yet; how many mails were written."""
    now = clock.now().astimezone(ZONE)
    monday = now.date() - timedelta(days=now.weekday())
    begins = datetime.combine(monday, time(HOUR), ZONE)
    if now < begins or now.weekday() > LAST_DAY:
        return 0
    _make_rows()
    return sum(_write_safely(pk, monday) for pk in _waiting(monday, begins))


def _make_rows() -> None:
    """The mail is on for whoever has not said anything."""
    without = User.objects.filter(is_active=True, preferences=None)
    Preferences.objects.bulk_create([Preferences(person=person) for person in without], ignore_conflicts=True)


def _waiting(monday: date, begins: datetime) -> list[int]:
    """Those not looked at this week. Who joined since Monday is written to next week."""
    rows = Preferences.objects.filter(weekly_mail=True, person__is_active=True, person__date_joined__lt=begins)
    unseen = Q(week_seen__isnull=True) | ~Q(week_seen=monday)
    return list(rows.filter(unseen).order_by("pk").values_list("pk", flat=True))


def _write_safely(pk: int, monday: date) -> bool:
    try:
        return write(pk, monday)
    except Exception:  # one person's fault must not keep the others waiting
        logger.exception("The weekly list of preferences %s failed; the next run tries again", pk)
        return False


@transaction.atomic
def write(pk: int, monday: date) -> bool:
    """This week's mail to one person, under a lock; whether one was written."""
    rows = Preferences.objects.select_for_update(skip_locked=True, of=("self",)).select_related("person")
    mine = rows.filter(Q(week_seen__isnull=True) | ~Q(week_seen=monday), pk=pk, weekly_mail=True).first()
    if mine is None:
        return False
    mine.week_seen = monday
    mine.save(update_fields=["week_seen"])
    with languages.speaking_to(mine.person):
        waiting = [one for one in waiting_for(mine.person) if one.items]
    return bool(waiting) and _queue(mine, waiting, monday)


def _queue(mine: Preferences, waiting: list[Waiting], monday: date) -> bool:
    count = sum(len(one.items) for one in waiting)
    stop_address = absolute(reverse("weekly-stop", args=[mine.stop_key]))
    context = {
        "number": count,
        "late": sum(item.is_late for one in waiting for item in one.items),
        "bodies": [(one.label, one.items[:MOST_NAMED], max(len(one.items) - MOST_NAMED, 0)) for one in waiting],
        "stop": stop_address,
    }
    written = queue_mail(
        template=TEMPLATE,
        to=[mine.person],
        context=context,
        key=f"weekly-todo:{monday:%Y%m%d}",
        link=absolute(reverse("todo")),
        unsubscribe=stop_address,
    )
    return bool(written)
