"""The weekly mail with the to-do list, on Monday morning. Can run twice, late or in parallel."""

import logging
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse

from cxc import clock
from cxc.comms.outbox import queue_mail
from cxc.core import languages
from cxc.core.links import absolute
from cxc.core.moments import OFFICE_ZONE
from cxc.workflow.unit_of_work import unit_of_work
from profiles.models import Preferences, User
from profiles.queries.todo_across_roles import RoleTodo, todo_across_roles

logger = logging.getLogger(__name__)

TEMPLATE = "profiles/mail/weekly_todo"
ZONE = ZoneInfo(OFFICE_ZONE)
HOUR = 6
# A portal that was down on Monday still sends on Tuesday and Wednesday; after that the week is skipped.
LAST_DAY = 2
MAX_ITEMS_PER_ROLE = 15


def send_due() -> int:
    """Send this week's mail to everyone for whom it was not handled yet; returns how many were sent."""
    now = clock.now().astimezone(ZONE)
    monday = now.date() - timedelta(days=now.weekday())
    begins = datetime.combine(monday, time(HOUR), ZONE)
    if now < begins or now.weekday() > LAST_DAY:
        return 0
    _create_missing_preferences()
    return sum(_send_safely(pk, monday) for pk in _not_handled_this_week(monday, begins))


def _create_missing_preferences() -> None:
    """Create preferences for people who have none: the mail is on by default."""
    without = User.objects.filter(is_active=True, preferences=None)
    Preferences.objects.bulk_create([Preferences(person=person) for person in without], ignore_conflicts=True)


def _not_handled_this_week(monday: date, begins: datetime) -> list[int]:
    """Those not handled this week. People who joined since Monday get their first mail next week."""
    rows = Preferences.objects.filter(weekly_mail=True, person__is_active=True, person__date_joined__lt=begins)
    not_handled = Q(last_week_handled__isnull=True) | ~Q(last_week_handled=monday)
    return list(rows.filter(not_handled).order_by("pk").values_list("pk", flat=True))


def _send_safely(pk: int, monday: date) -> bool:
    try:
        return send_to(pk, monday)
    except Exception:  # one person's fault must not keep the others waiting
        logger.exception("The weekly list of preferences %s failed; the next run tries again", pk)
        return False


@unit_of_work()
def send_to(pk: int, monday: date) -> bool:
    """This week's mail to one person, under a lock; whether one was written."""
    rows = Preferences.objects.select_for_update(skip_locked=True, of=("self",)).select_related("person")
    preferences = rows.filter(
        Q(last_week_handled__isnull=True) | ~Q(last_week_handled=monday), pk=pk, weekly_mail=True
    ).first()
    if preferences is None:
        return False
    preferences.last_week_handled = monday
    preferences.save(update_fields=["last_week_handled"])
    with languages.speaking_to(preferences.person):
        role_todos = [one for one in todo_across_roles(preferences.person) if one.items]
    return bool(role_todos) and _queue(preferences, role_todos, monday)


def _queue(preferences: Preferences, role_todos: list[RoleTodo], monday: date) -> bool:
    count = sum(len(one.items) for one in role_todos)
    unsubscribe_url = absolute(reverse("weekly-mail-unsubscribe", args=[preferences.unsubscribe_key]))
    context = {
        "number": count,
        "late": sum(item.is_late for one in role_todos for item in one.items),
        "roles": [
            (one.label, one.items[:MAX_ITEMS_PER_ROLE], max(len(one.items) - MAX_ITEMS_PER_ROLE, 0))
            for one in role_todos
        ],
        "unsubscribe_url": unsubscribe_url,
    }
    written = queue_mail(
        template=TEMPLATE,
        to=[preferences.person],
        context=context,
        key=f"weekly-todo:{monday:%Y%m%d}",
        link=absolute(reverse("todo")),
        unsubscribe=unsubscribe_url,
    )
    return bool(written)
