"""A person's calendar: what waits for them with its due date, and their exchanges' dates (RFC 5545).

Whole days without a time zone: the day is the day wherever one reads it, as due dates and stays are local
dates. Events, not tasks: Outlook, Google and Apple show no tasks of a calendar that is subscribed to.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cxc import clock
from cxc.core import languages
from cxc.core.links import absolute
from cxc.todo import Dated, TodoItem
from profiles.models import User
from profiles.waiting import Waiting, waiting_for

PRODUCT = "-//ClusterXchange//Portal//EN"
EVERY = timedelta(hours=6)


def calendar_of(person: User) -> bytes:
    """The calendar as a file. The same as long as nothing changes and the day is the same."""
    with languages.speaking_to(person):
        made = _frame()
        for waiting in waiting_for(person, with_dates=True):
            for item in waiting.items:
                if item.due is not None:
                    made.add_component(_duty(item, item.due, waiting))
            for one in waiting.dates:
                made.add_component(_stay(one))
    found: bytes = made.to_ical()
    return found


def _frame() -> Calendar:
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("ClusterXchange"))
    made.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", EVERY, parameters={"VALUE": "DURATION"})
    return made


def _duty(item: TodoItem, due: date, waiting: Waiting) -> Event:
    title = f"{item.title} ({item.thing})"
    words = "\n".join(word for word in (waiting.label, item.group, item.when, item.url) if word)
    return _event(item.key, f"{_('Late:')} {title}" if item.is_late else title, item.url, due, due, words)


def _stay(one: Dated) -> Event:
    return _event(one.key, one.title, one.url, one.first, one.last, f"{one.words}\n{one.url}".strip())


def _event(key: str, title: str, url: str, first: date, last: date, words: str) -> Event:
    """A whole-day event; its end is the first day that it does not take (RFC 5545, 3.6.1)."""
    made = Event()
    made.add("uid", f"{key}@{_host()}")
    made.add("dtstamp", datetime.combine(clock.today(), time(), UTC))
    made.add("dtstart", first)
    made.add("dtend", last + timedelta(days=1))
    made.add("summary", title)
    made.add("description", words)
    made.add("url", url)
    made.add("transp", "TRANSPARENT")
    return made


def _host() -> str:
    """The portal's own name, so that two portals' events are told apart."""
    return absolute("/").split("//", 1)[-1].strip("/")
