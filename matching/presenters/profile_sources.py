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
class ProfileAdvice:
    """What the profile does not say and what saying it changes; `url`: where it is said."""

    sentence: str
    url: str


def sources_of(profile: Profile, counts: Mapping[str, int]) -> str:
    """What of the profile the list is made from, such as “2 topics you seek, 3 languages, the words of your texts”.

    counts  how many of each kind it names (`counts_of`)
    """
    sectors = counts["wanted_sectors"] or counts["own_sectors"]
    counted = [
        (counts["seeks"], ngettext("%(number)s topic you seek", "%(number)s topics you seek", counts["seeks"])),
        (counts["offers"], ngettext("%(number)s topic you offer", "%(number)s topics you offer", counts["offers"])),
        (sectors, ngettext("%(number)s sector", "%(number)s sectors", sectors)),
        (counts["types"], ngettext("%(number)s type of exchange", "%(number)s types of exchange", counts["types"])),
        (counts["languages"], ngettext("%(number)s language", "%(number)s languages", counts["languages"])),
        (
            counts["wanted_countries"],
            ngettext(
                "%(number)s country you look for", "%(number)s countries you look for", counts["wanted_countries"]
            ),
        ),
    ]
    parts = [sentence % {"number": number} for number, sentence in counted if number]
    if profile.available_from and profile.available_to:
        first, last = (date_format(day, "DATE_FORMAT") for day in (profile.available_from, profile.available_to))
        parts.append(_("the days from %(first)s to %(last)s") % {"first": first, "last": last})
    return ", ".join([*parts, _("the words of your texts")])


def advice_on(profile: Profile, counts: Mapping[str, int]) -> list[ProfileAdvice]:
    """What the holder could still say, the most useful first."""
    return [ProfileAdvice(sentence, _url(profile, field)) for field, sentence in _missing(profile, counts)]


def _missing(profile: Profile, counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    if not counts["seeks"]:
        yield "seeks", _("Name what you seek. Then those who offer it come first: topics count most.")
    if not counts["offers"]:
        yield "offers", _("Name what you offer. Then you come first with those who seek it.")
    if not counts["own_sectors"]:
        yield "own_sectors", _("Name your sectors. Then those who look for them find you.")
    if len(profile.motivation) + len(profile.description) < SHORT_TEXTS:
        yield "description", _("Write more about yourself and your plans. Then words in common count.")
    if counts["languages"] == 1:
        yield "languages", _("Name every language that you can work in. One in common counts with everybody.")
    if profile.available_to and 0 <= (profile.available_to - clock.today()).days < NEARLY_OVER:
        sentence = _("Your last possible day is %(day)s. With later days more partners are free when you are.")
        yield "available_to", sentence % {"day": date_format(profile.available_to, "DATE_FORMAT")}


def _url(profile: Profile, field: str) -> str:
    return f"{reverse('profile-step', args=[profile.pk, step_of(field)])}#id_{field}"
