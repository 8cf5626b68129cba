"""A person's calendar: their to-do with its due dates, and the dates of their exchanges (RFC 5545).

Whole days without a time zone: the day is the day wherever one reads it, as due dates and stays are local
dates. Events, not tasks: Outlook, Google and Apple show no tasks of a calendar that is subscribed to.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cxc import clock
from cxc.core import languages
from cxc.core.links import absolute
from cxc.todo import Dated, TodoRow
from profiles.models import User
from profiles.queries.todo_across_roles import RoleTodo, todo_across_roles

PRODUCT = "-//ClusterXchange//Portal//EN"
REFRESH_INTERVAL = timedelta(hours=6)


def calendar_feed_of(person: User) -> bytes:
    """The calendar as a file. The same as long as nothing changes and the day is the same."""
    with languages.speaking_to(person):
        calendar = _empty_calendar()
        for role_todo in todo_across_roles(person, with_dates=True):
            for item in role_todo.items:
                if item.due is not None:
                    calendar.add_component(_todo_event(item, item.due, role_todo))
            for one in role_todo.dates:
                calendar.add_component(_exchange_event(one))
    found: bytes = calendar.to_ical()
    return found


def _empty_calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("ClusterXchange"))
    calendar.add("refresh-interval", REFRESH_INTERVAL, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH_INTERVAL, parameters={"VALUE": "DURATION"})
    return calendar


def _todo_event(item: TodoRow, due: date, role_todo: RoleTodo) -> Event:
    title = f"{item.title} ({item.thing})"
    description = "\n".join(line for line in (role_todo.label, item.group, item.when, item.url) if line)
    return _event(item.key, f"{_('Late:')} {title}" if item.is_late else title, item.url, due, due, description)


def _exchange_event(one: Dated) -> Event:
    return _event(one.key, one.title, one.url, one.first, one.last, f"{one.words}\n{one.url}".strip())


def _event(key: str, title: str, url: str, first: date, last: date, description: str) -> Event:
    """A whole-day event; its end is the first day that it does not take (RFC 5545, 3.6.1)."""
    event = Event()
    event.add("uid", f"{key}@{_host()}")
    event.add("dtstamp", datetime.combine(clock.today(), time(), UTC))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", title)
    event.add("description", description)
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event


def _host() -> str:
    """The portal's own name, so that two portals' events are told apart."""
    return absolute("/").split("//", 1)[-1].strip("/")
