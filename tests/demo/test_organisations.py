"""The made-up organisations of the demo world: each with a trade, a place and words of its own."""

from collections import Counter

from cxc.demo.scenarios.organisations import DemoOrganisation, organisations, programmes
from cxc.demo.scenarios.sample_texts import iban
from exchanges.iban import checked


def _all() -> list[DemoOrganisation]:
    return [one for rows in organisations().values() for one in rows]


def test_no_two_organisations_write_the_same() -> None:
    written = [one for one in _all() if one.title]
    assert len(written) >= 55
    for field in ("name", "title", "motivation", "description", "objectives"):
        texts = Counter(getattr(one, field) for one in written if getattr(one, field))
        assert [text for text, times in texts.items() if times > 1] == [], field


def test_every_name_is_told_apart_by_its_first_word() -> None:
    names = Counter(one.short_name for one in _all())
    assert [name for name, times in names.items() if times > 1] == []


def test_every_organisation_has_an_account_of_its_own_that_checks_out() -> None:
    accounts = [iban(one.country, one.name) for one in _all()]
    assert [checked(account) for account in accounts] == accounts
    assert len(set(accounts)) == len(accounts)


def test_texts_are_of_several_lengths_and_some_are_in_the_language_of_their_country() -> None:
    lengths = sorted(len(one.description.split()) for one in _all() if one.description)
    assert lengths[0] < 10
    assert lengths[-1] > 150
    texts = " ".join(one.description for one in _all())
    for word in ("Gemüse", "visiteurs", "ospite", "redes"):
        assert word in texts


def test_three_hosts_have_an_agenda_of_their_own_with_feedback_on_each_day() -> None:
    assert {"Corkdolphin", "Ironpudding", "Alpinepickle", ""} == {(name.split() or [""])[0] for name in programmes()}
    for programme in programmes().values():
        assert len(programme.days) >= 3
        assert all(sum(item.get("feedback", False) for item in day["items"]) == 1 for day in programme.days)
