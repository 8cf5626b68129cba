"""Saved searches and their weekly mail: once, to whom it may concern, and only of what is new."""

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from cxc import clock
from cxc.comms import delivery
from cxc.comms.models import Mail
from cxc.workflow import Refused, perform
from matching.models import SavedSearch
from matching.services import saved_searches
from profiles.models import Membership
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.matching import factories
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

WEEK = timedelta(days=7)


def saved(parties: Parties, query: str = "kind=host", *, weekly: bool = True) -> SavedSearch:
    return saved_searches.save(name="Hosts", query=query, weekly=weekly, by=parties.vo)


def mails(parties: Parties) -> list[Mail]:
    return list(Mail.objects.filter(to_user=parties.vo.user, subject__contains="Hosts"))


def after(weeks: float) -> AbstractContextManager[None]:
    return clock.at(lifecycle.NOW + weeks * WEEK)


def test_a_mail_when_something_new_fits_and_once_only() -> None:
    parties = usual_parties()
    factories.visiting(parties)
    factories.hosting(parties)
    search = saved(parties)
    with after(1):
        assert saved_searches.mail_due_searches() == 0, "nothing is new"
    new, _owner = factories.another_host(parties, "FR")
    with after(1.5):
        assert saved_searches.mail_due_searches() == 0, "the week has not passed"
    with after(2):
        assert [saved_searches.mail_due_searches() for _ in range(2)] == [1, 0]
        assert saved_searches.mail_new_profiles(search.pk) is False
    with after(5):
        assert saved_searches.mail_due_searches() == 0
    (mail,) = mails(parties)
    assert mail.subject == "1 new profile for “Hosts”"
    assert str(new.organisation) in mail.text
    assert str(parties.host) not in mail.text
    assert f"/catalogue/searches/stop/{search.unsubscribe_key}/" in mail.text
    assert "/catalogue/?kind=host" in mail.text


def test_a_job_that_slept_tells_all_of_it_once() -> None:
    parties = usual_parties()
    factories.visiting(parties)
    saved(parties)
    factories.hosting(parties)
    factories.another_host(parties)
    with after(9):
        assert [saved_searches.mail_due_searches() for _ in range(3)] == [1, 0, 0]
    assert [mail.subject for mail in mails(parties)] == ["2 new profiles for “Hosts”"]


def test_nobody_is_told_of_what_they_may_not_browse() -> None:
    parties = usual_parties()
    visitor = factories.visiting(parties)
    search = saved(parties)
    perform(visitor, "unpublish", by=parties.vo, reason="A pause.")
    factories.hosting(parties)
    with after(1):
        assert saved_searches.mail_due_searches() == 0
    perform(visitor, "submit", by=parties.vo)
    perform(visitor, "publish", by=parties.vop_coordinator)
    with after(2):
        assert saved_searches.mail_due_searches() == 1, "what came meanwhile is told once it may be seen"
    Membership.objects.filter(user=parties.vo.user).delete()
    factories.another_host(parties)
    with after(3):
        assert saved_searches.mail_due_searches() == 0, "the person left the organisation"
    people.add_member(parties.visitor, parties.vo)
    people.user_of(parties.vo).__class__.objects.filter(pk=people.user_of(parties.vo).pk).update(is_active=False)
    with after(4):
        assert saved_searches.mail_due_searches() == 0, "the account is closed"
    assert len(mails(parties)) == 1
    search.refresh_from_db()
    assert search.weekly is True


def test_own_profiles_are_no_news() -> None:
    parties = usual_parties()
    factories.visiting(parties)
    saved(parties, "kind=")
    lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator, kind="host")
    with after(1):
        assert saved_searches.mail_due_searches() == 0


def test_one_searchs_fault_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    parties = usual_parties()
    factories.visiting(parties)
    bad = saved(parties)
    saved_searches.save(name="Hosts too", query="kind=host", weekly=True, by=parties.vo)
    factories.hosting(parties)
    usual = saved_searches.run_search

    def run_search(query: str, actor: object) -> object:
        if SavedSearch.objects.filter(pk=bad.pk, checked_at__lt=clock.now()).exists() and not broken:
            broken.append(1)
            raise RuntimeError
        return usual(query, actor)

    broken: list[int] = []
    monkeypatch.setattr(saved_searches, "run_search", run_search)
    with after(1):
        assert saved_searches.mail_due_searches() == 1
        assert saved_searches.mail_due_searches() == 1, "the next run tries again"
    assert len(mails(parties)) == 2


def test_filters_that_can_be_read_no_more_bring_no_mail() -> None:
    parties = usual_parties()
    visitor = factories.visiting(parties)
    saved(parties, f"kind=host&for={visitor.pk}")
    SavedSearch.objects.update(query="kind=host&for=0")
    factories.hosting(parties)
    with after(1):
        assert saved_searches.mail_due_searches() == 0


def test_saving_renaming_and_turning_the_mail_on() -> None:
    parties = usual_parties()
    factories.visiting(parties)
    search = saved(parties, "page=3&country=FR&kind=host&country=BE", weekly=False)
    assert search.query == "kind=host&country=BE&country=FR"
    assert saved(parties, "kind=host", weekly=False).pk == search.pk
    factories.hosting(parties)
    saved_searches.change(search, name="Mine", weekly=True, by=parties.vo)
    with after(1):
        assert saved_searches.mail_due_searches() == 0, "what was there when the mail was turned on is not new"
    other = saved(parties)
    for wrong in ("", "Mine", "x" * 81):
        with pytest.raises(Refused):
            saved_searches.change(other, name=wrong, weekly=True, by=parties.vo)
    for query, name in (("kind=both", "A"), ("kind=host", " ")):
        with pytest.raises(Refused):
            saved_searches.save(name=name, query=query, weekly=False, by=parties.vo)
    with pytest.raises(Refused):
        saved_searches.save(name="A", query="", weekly=False, by=people.stranger())
    with pytest.raises(SavedSearch.DoesNotExist):
        saved_searches.change(search, name="Theirs", weekly=True, by=parties.ho)


def test_the_mail_carries_the_button_of_mail_programs() -> None:
    parties = usual_parties()
    factories.visiting(parties)
    search = saved(parties)
    factories.hosting(parties)
    with after(1):
        saved_searches.mail_due_searches()
    (mail,) = mails(parties)
    Mail.objects.filter(pk=mail.pk).update(status=Mail.Status.SENT)
    headers = delivery.message_of(mail).extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].endswith(f"/catalogue/searches/stop/{search.unsubscribe_key}/>")
