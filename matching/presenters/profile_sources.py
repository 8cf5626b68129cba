"""From what a list of best matches is made, and what would make it better: sentences above the list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxc import clock
from profiles.form_steps import step_of
from profiles.models import Profile

# Texts of fewer characters, motivation and description together, have few words in common with any other.
SHORT_TEXTS = 300
# A period that ends within so many days leaves little time for agreeing on an exchange.
NEARLY_OVER = 30


@dataclass(frozen=True)
class MissingAnswer:
    """What the profile does not say and what saying it changes; `url`: where it is said."""

    sentence: str
    url: str


def sources_of(profile: Profile, said: Mapping[str, int]) -> str:
    """What of the profile the list is made from, such as “2 topics you seek, 3 languages, the words of your texts”.

    said  how many of each kind it names (`numbers_said`)
    """
    sectors = said["wanted_sectors"] or said["own_sectors"]
    counted = [
        (said["seeks"], ngettext("%(number)s topic you seek", "%(number)s topics you seek", said["seeks"])),
        (said["offers"], ngettext("%(number)s topic you offer", "%(number)s topics you offer", said["offers"])),
        (sectors, ngettext("%(number)s sector", "%(number)s sectors", sectors)),
        (said["types"], ngettext("%(number)s type of exchange", "%(number)s types of exchange", said["types"])),
        (said["languages"], ngettext("%(number)s language", "%(number)s languages", said["languages"])),
        (
            said["wanted_countries"],
            ngettext("%(number)s country you look for", "%(number)s countries you look for", said["wanted_countries"]),
        ),
    ]
    parts = [sentence % {"number": number} for number, sentence in counted if number]
    if profile.available_from and profile.available_to:
        first, last = (date_format(day, "DATE_FORMAT") for day in (profile.available_from, profile.available_to))
        parts.append(_("the days from %(first)s to %(last)s") % {"first": first, "last": last})
    return ", ".join([*parts, _("the words of your texts")])


def missing_answers(profile: Profile, said: Mapping[str, int]) -> list[MissingAnswer]:
    """What the holder could still say, the most useful first."""
    return [MissingAnswer(sentence, _url(profile, field)) for field, sentence in _missing(profile, said)]


def _missing(profile: Profile, said: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    if not said["seeks"]:
        yield "seeks", _("Name what you seek. Then those who offer it come first: topics count most.")
    if not said["offers"]:
        yield "offers", _("Name what you offer. Then you come first with those who seek it.")
    if not said["own_sectors"]:
        yield "own_sectors", _("Name your sectors. Then those who look for them find you.")
    if len(profile.motivation) + len(profile.description) < SHORT_TEXTS:
        yield "description", _("Write more about yourself and your plans. Then words in common count.")
    if said["languages"] == 1:
        yield "languages", _("Name every language that you can work in. One in common counts with everybody.")
    if profile.available_to and 0 <= (profile.available_to - clock.today()).days < NEARLY_OVER:
        sentence = _("Your last possible day is %(day)s. With later days more partners are free when you are.")
        yield "available_to", sentence % {"day": date_format(profile.available_to, "DATE_FORMAT")}


def _url(profile: Profile, field: str) -> str:
    return f"{reverse('profile-step', args=[profile.pk, step_of(field)])}#id_{field}"
