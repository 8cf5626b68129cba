"""Which topics and words are rare: counted over all published profiles at one time, used until the texts have grown.

A profile's own change never waits for this: it is measured with the vocabulary that stands. A new one is written beside
the old, a few hundred profiles at a time, and takes over at once when all are done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import log

from django.db import connection, transaction
from django.db.models import Count

from cxc import clock
from cxc.core.pooling import advisory_lock
from matching.fit import ranking_index
from matching.fit.ranking_index import statement
from matching.models.ranking import WORDS, Vocabulary, VocabularyWord
from profiles.enums import ProfileState
from profiles.models import Profile, Topic

REFIT_LOCK = 0x66697473  # any number, the same in every process: one counts anew at a time
GROWTH_SHARE = 0.1  # a new one when so many profiles have come or gone
MAX_AGE = timedelta(days=7)
BATCH_SIZE = 200
# A word in more than this share of the profiles tells nobody apart; one that is in a single profile is shared by none.
COMMON_SHARE = 0.15
SMALL_NUMBER = 40  # below so many profiles shares say little: no word is too common then
FULL_LIKENESS = 0.3  # cosine of two texts from which on they count as alike in full


def rarity_levels(counts: Mapping[str, int], profiles: int) -> dict[str, int]:
    """How often each item counts: 1 for a usual one, 2 for a rare, 3 for the rarest, by its inverse document frequency.

    `counts`: in how many of the profiles it is.
    """
    most = log(profiles + 1)
    found = {}
    for item, count in counts.items():
        rarity = log((profiles + 1) / (count + 1)) / most if most else 0.0
        found[item] = 1 + (rarity > 1 / 3) + (rarity > 2 / 3)
    return found


def chosen_words(counts: Mapping[str, int], profiles: int) -> list[str]:
    """The words that own a bit: in two profiles at least, and not in too many; the more frequent first."""
    most = profiles if profiles < SMALL_NUMBER else COMMON_SHARE * profiles
    distinctive = [word for word, count in counts.items() if 2 <= count <= most]
    return sorted(distinctive, key=lambda word: (-counts[word], word))[:WORDS]


def refit_if_needed() -> bool:
    """A new vocabulary when profiles have come or gone by a tenth, or after a week. True when there is one."""
    current = Vocabulary.objects.get(is_current=True)
    now = Profile.objects.published().count()
    grown = abs(now - current.profiles) > GROWTH_SHARE * current.profiles
    old = now > 0 and clock.now() - current.fitted_at >= MAX_AGE
    if not (grown or old):
        return False
    return refit()


def refit() -> bool:
    """Count anew, write every profile's words, and take over. False when another one is at it."""
    with advisory_lock(REFIT_LOCK) as is_locked:
        if not is_locked:
            return False
        Vocabulary.objects.filter(is_current=False).delete()  # what a run that was killed left
        made = _create_vocabulary()
        # Submitted ones too: one may be published by a transaction under way, for whose lock `_write` waits.
        near = Profile.objects.filter(state__in=[ProfileState.SUBMITTED, ProfileState.PUBLISHED])
        ids = list(near.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH_SIZE):
            _write(ids[start : start + BATCH_SIZE], made.pk)
        _make_current(made)
        return True


@dataclass(frozen=True)
class _Counts:
    profiles: int
    topics: dict[str, int]
    words: dict[str, int]
    written: dict[str, str]


def _count_occurrences() -> _Counts:
    published = Profile.objects.published()
    links = published.filter(offers__isnull=False).values("offers").annotate(number=Count("pk")).order_by()
    texts = "SELECT to_tsvector(''matching_words'', concat_ws('' '', title, motivation, description))"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT word, ndoc FROM ts_stat('{texts} FROM profiles_profile WHERE state = ''published''')")
        words = dict(cursor.fetchall())
        cursor.execute(statement("word_forms"))
        written = dict(cursor.fetchall())
    return _Counts(published.count(), {row["offers"]: row["number"] for row in links}, words, written)


@transaction.atomic
def _create_vocabulary() -> Vocabulary:
    """The new vocabulary; from its commit on whoever writes a profile's words writes them in this one too."""
    counts = _count_occurrences()
    words = chosen_words(counts.words, counts.profiles)
    topic_levels = rarity_levels(
        dict.fromkeys(Topic.objects.values_list("pk", flat=True), 0) | counts.topics, counts.profiles
    )
    word_levels = rarity_levels({word: counts.words[word] for word in words}, counts.profiles)
    bits = {topic.pk: topic.bit for topic in Topic.objects.all()}
    topic_bits = {bits[code]: level for code, level in topic_levels.items()}
    word_bits = {bit: word_levels[word] for bit, word in enumerate(words)}
    made = Vocabulary.objects.create(
        fitted_at=clock.now(),
        profiles=counts.profiles,
        rare_topics=_bit_string(topic_bits, 2, Topic.CAPACITY),
        rarest_topics=_bit_string(topic_bits, 3, Topic.CAPACITY),
        rare_words=_bit_string(word_bits, 2, WORDS),
        rarest_words=_bit_string(word_bits, 3, WORDS),
        text_scale=FULL_LIKENESS,
    )
    _write_words(made, words, counts.written)
    return made


def _write_words(made: Vocabulary, words: list[str], written: Mapping[str, str]) -> None:
    VocabularyWord.objects.bulk_create(
        [
            VocabularyWord(vocabulary=made, word=word, written=written.get(word, ""), bit=bit)
            for bit, word in enumerate(words)
        ],
        batch_size=2000,
    )


def _bit_string(levels_by_bit: Mapping[int, int], least: int, width: int) -> str:
    """A bit string with the bits of at least this level."""
    return "".join("1" if levels_by_bit.get(bit, 0) >= least else "0" for bit in range(width))


@transaction.atomic
def _write(ids: list[int], vocabulary: int) -> None:
    """Some profiles' words. Their locks wait for edits under way, and hold others up for a moment only."""
    list(Profile.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    ranking_index.write_words(ids, vocabulary)


@transaction.atomic
def _make_current(made: Vocabulary) -> None:
    Vocabulary.objects.filter(is_current=True).update(is_current=False)
    Vocabulary.objects.filter(pk=made.pk).update(is_current=True)
    Vocabulary.objects.exclude(pk=made.pk).delete()
