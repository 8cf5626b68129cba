"""My settings: the weekly mail, the private calendar, both stopped at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format
from icalendar import Calendar

from cxc import clock
from cxc.access.scoped import Actor
from cxc.comms import delivery
from cxc.comms.models import Mail
from cxc.workflow import perform
from profiles.enums import OrganisationRole
from profiles.models import Membership, Preferences, User
from profiles.services import preferences, weekly_mail
from profiles.services.people import anonymise
from tests.factories import people
from tests.factories.clients import client_for, principal_key
from tests.factories.parties import usual_parties, with_another_visitor
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.reconciles, pytest.mark.django_db, pytest.mark.usefixtures("now")]

# The test world's Monday, 9:00 UTC.
MONDAY = lifecycle.NOW


def feed_address(person: User) -> str:
    return f"/calendar/{preferences.new_calendar_address(person)}.ics"


def events(address: str) -> dict[str, dict[str, object]]:
    """The events behind the address, by uid."""
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return {
        str(one["uid"]): {
            "title": str(one["summary"]),
            "days": (one["dtstart"].dt, one["dtend"].dt),
            "url": str(one["url"]),
        }
        for one in found
    }


def test_the_calendar_holds_what_is_due_and_the_own_exchanges() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    found = events(feed_address(people.user_of(parties.vo)))
    by_name = {uid.partition("@")[0]: one for uid, one in found.items()}
    assert set(by_name) == {
        f"own_part-exchanges.ownpart-{exchange.own_part.pk}",
        f"iban-exchanges.financialagreement-{exchange.agreement.pk}",
        f"exchange-{exchange.pk}",
    }
    own = by_name[f"own_part-exchanges.ownpart-{exchange.own_part.pk}"]
    assert own["title"] == f"Write your part of the CTQ ({exchange})"
    assert own["days"] == (date(2026, 9, 14), date(2026, 9, 15))
    assert str(own["url"]).endswith(f"/exchanges/{exchange.pk}/own-part/#id_objectives")
    # A whole-day event ends on the day after its last.
    assert by_name[f"exchange-{exchange.pk}"]["days"] == (date(2026, 9, 28), date(2026, 10, 1))
    perform(exchange, "cancel", by=parties.vop_coordinator, reason="Ill.")
    assert events(feed_address(people.user_of(parties.vo))) == {}


def test_its_file_follows_the_format_and_says_when_nothing_changed() -> None:
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    address = feed_address(people.user_of(parties.vo))
    answer = Client().get(address)
    lines = answer.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"BEGIN:VALARM" not in answer.content
    assert answer["Cache-Control"] == "private, max-age=900"
    with clock.at(MONDAY + timedelta(hours=3)):
        again = Client().get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_days_are_the_days_of_the_place_wherever_it_is_read() -> None:
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    address = feed_address(people.user_of(parties.vo))
    with clock.at(datetime(2026, 9, 14, 22, 30, tzinfo=UTC)):  # the 15th already at the place of the visit
        titles = {one["title"]: one["days"] for one in events(address).values()}
    (late,) = [title for title in titles if str(title).startswith("Late: Write your part")]
    assert titles[late] == (date(2026, 9, 14), date(2026, 9, 15))


def test_a_person_with_two_bodies_reads_both_and_each_link_opens_for_its_own() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    person = people.user_of(parties.vo)
    second = people.organisation("FR")
    Membership.objects.create(organisation=second, user=person, role=OrganisationRole.OWNER)
    other = lifecycle.draft(second, parties.vop, people.member(second))
    urls = [str(one["url"]) for one in events(feed_address(person)).values()]
    assert len(urls) == 2
    client = client_for(parties.vo)
    opened = set()
    for url in urls:
        path = url.partition("/acting/")[2]
        answer = client.get(f"/acting/{path}")
        if answer.status_code == 200:
            assert "belongs to another body" in answer.content.decode()
            answer = client.post(f"/acting/{path}", {"principal": f"organisation-{second.pk}"})
        assert answer.status_code == 302
        opened |= {pk for pk in (profile.pk, other.pk) if answer["Location"].startswith(f"/profiles/{pk}/edit/")}
    assert opened == {profile.pk, other.pk}


def test_a_link_leads_nowhere_outside_of_the_portal() -> None:
    parties = usual_parties()
    client = client_for(parties.vo)
    address = f"/acting/?principal={principal_key(parties.vo)}&next=https://elsewhere.example/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"principal": principal_key(parties.vo)})["Location"] == "/todo/"


def test_the_calendar_asks_as_often_for_three_things_as_for_one() -> None:
    parties = usual_parties()
    address = feed_address(people.user_of(parties.vo))

    def queries() -> int:
        Client().get(address)
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(address).status_code == 200
        return len(asked)

    lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    lifecycle.in_preparation(with_another_visitor(parties))
    one = queries()
    for _ in range(2):
        lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    assert queries() <= one <= FEED_QUERIES


FEED_QUERIES = 18


def test_a_new_address_ends_the_one_before_and_off_ends_both() -> None:
    parties = usual_parties()
    client = client_for(parties.vo)
    settings = client.get("/me/").content.decode()
    assert "Make my calendar address" in settings
    client.post("/me/calendar/", {"new": "1"})
    first = Preferences.objects.get(person=parties.vo.user).calendar_key
    assert f"/calendar/{first}.ics" in client.get("/me/").content.decode()
    client.post("/me/calendar/", {"new": "1"})
    second = Preferences.objects.get(person=parties.vo.user).calendar_key
    assert [Client().get(f"/calendar/{key}.ics").status_code for key in (first, second)] == [404, 200]
    client.post("/me/calendar/", {"off": "1"})
    assert [Client().get(f"/calendar/{key}.ics").status_code for key in (second, "None", "x")] == [404, 404, 404]


def test_whoever_leaves_takes_the_address_along() -> None:
    parties = usual_parties()
    people.member(parties.visitor)
    address = feed_address(people.user_of(parties.vo))
    anonymise(people.user_of(parties.vo), by=parties.so)
    assert Client().get(address).status_code == 404
    assert not Preferences.objects.filter(person=parties.vo.user).exists()


# --- the weekly mail ---------------------------------------------------------------------------------------


def joined_before(*actors: Actor) -> None:
    User.objects.filter(pk__in=[actor.user.pk for actor in actors if actor.user]).update(
        date_joined=MONDAY - timedelta(days=3)
    )


def mails() -> list[Mail]:
    return list(Mail.objects.filter(key__startswith="weekly-todo:"))


def test_on_monday_whoever_has_something_to_do_is_written_to_once() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    joined_before(parties.vo, parties.vop_coordinator)
    assert (weekly_mail.send_due(), weekly_mail.send_due()) == (1, 0)
    (mail,) = mails()
    assert (mail.to_user, mail.subject) == (parties.vo.user, "1 thing waits for you")
    assert f"Finish and submit the profile ({profile}), by {date_format(date(2026, 12, 6))}:" in mail.text
    assert mail.unsubscribe in mail.text
    with clock.at(MONDAY + timedelta(days=7)):
        weekly_mail.send_due()  # also to whoever joined since
    assert [mail.to_user for mail in mails()].count(people.user_of(parties.vo)) == 2


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 9, 7, 3, 59, tzinfo=UTC), 0),  # 5:59 in Brussels
        (datetime(2026, 9, 7, 4, 0, tzinfo=UTC), 1),
        (datetime(2026, 9, 9, 21, 0, tzinfo=UTC), 1),  # a portal that slept on Monday
        (datetime(2026, 9, 10, 9, 0, tzinfo=UTC), 0),
    ],
)
def test_it_comes_on_monday_morning_in_brussels(moment: datetime, written: int) -> None:
    parties = usual_parties()
    joined_before(parties.vo)
    with clock.at(moment):
        assert weekly_mail.send_due() == written


def test_nobody_is_written_to_for_nothing_nor_against_their_will_nor_in_their_first_days() -> None:
    parties = usual_parties()
    idle = people.coordinator(parties.vop)
    joined_before(parties.vo, idle)
    client_for(parties.vo).post("/me/weekly-mail/", {})
    assert (weekly_mail.send_due(), mails()) == (0, [])
    client_for(parties.vo).post("/me/weekly-mail/", {"weekly": "on"})
    assert weekly_mail.send_due() == 1


def test_it_is_stopped_by_one_button_without_signing_in_and_by_a_mail_program() -> None:
    parties = usual_parties()
    joined_before(parties.vo)
    weekly_mail.send_due()
    (mail,) = mails()
    path = "/" + mail.unsubscribe.split("/", 3)[3]
    stranger = Client(enforce_csrf_checks=True)
    assert "Stop this mail" in stranger.get(path).content.decode()
    assert preferences.preferences_of(people.user_of(parties.vo)).weekly_mail
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not preferences.preferences_of(people.user_of(parties.vo)).weekly_mail
    assert Client().get("/me/weekly-mail/stop/unknown/").status_code == 404


def test_its_headers_offer_the_stop(mailoutbox: list) -> None:
    parties = usual_parties()
    joined_before(parties.vo)
    weekly_mail.send_due()
    delivery.deliver_due()
    (sent,) = [one for one in mailoutbox if "waits for you" in one.subject]
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.extra_headers["List-Unsubscribe"].endswith("/>")


def test_it_speaks_the_persons_language() -> None:
    parties = usual_parties()
    joined_before(parties.vo)
    User.objects.filter(pk=people.user_of(parties.vo).pk).update(language="xx")  # a language the portal does not know
    assert weekly_mail.send_due() == 1
    assert mails()[0].subject == "1 thing waits for you"


def test_my_settings_say_where_reminders_go() -> None:
    parties = usual_parties()
    page = client_for(parties.vo).get("/me/").content.decode()
    assert f"Everything is written to {people.user_of(parties.vo).email}." in page
    assert str(parties.visitor) in page
    reader = client_for(people.member(parties.visitor, "reader")).get("/me/").content.decode()
    assert "You are not reminded of anything" in reader
