"""Which topics are rare, and where each word points: found over all published profiles at one time, used until a tenth
of them has come or gone.

A profile's own change never waits for this: it is measured with the vocabulary that stands. A new one is written beside
the old, a few hundred profiles at a time, and takes over at once when all are done.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, islice
from math import log, sqrt

import numpy as np
from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import Count, OuterRef

from cxc import clock
from cxc.core.pooling import advisory_lock, in_parts
from matching.fit import text_rows, text_space
from matching.fit.words import COMPOUNDING, PART, WordParts, forms_of, is_stop_word, language_of, stems_of
from matching.models.ranking import DIMENSIONS, WORDS, Vocabulary, VocabularyWord
from profiles.enums import ProfileState
from profiles.models import Profile, Sector, Topic

REFIT_LOCK = 0x66697473  # any number, the same in every process: one counts anew at a time
GROWTH_SHARE = 0.1  # a new one when so many profiles have come or gone
MAX_AGE = timedelta(days=7)
BATCH_SIZE = 200
# A word in more than this share of the profiles tells nobody apart; one that is in a single profile is shared by none.
COMMON_SHARE = 0.3
SMALL_NUMBER = 40  # below so many profiles shares say little: no word is too common then
FULL_LIKENESS = 0.8  # cosine of two texts from which on they count as alike in full
# By how many standard deviations texts of profiles that share a sector must be more alike than others. Where they are
# not, texts tell little, and the cosine that counts as full grows by the square of what is lacking, this often at most.
SECTOR_SEPARATION = 0.25
MAX_SCALE_GROWTH = 16.0
SEPARATION_SAMPLE = 1000  # among so many profiles that is measured
SHORT_WORD = 3  # a word of so many letters, or fewer, is not shown as a reason
SECTOR_PRIOR = 5.0  # a word's sectors count as those of all texts until it is in more texts than this
SAMPLE = 5000  # the space of the words is found from so many profiles at most, spread evenly over all


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


def chosen_words(counts: Mapping[str, Counter[str]], profiles: Mapping[str, int]) -> dict[str, float]:
    """The words that own a vector, the more frequent first, with their rarity.

    They are in two profiles at least and not in too many. That and the rarity (inverse document frequency) are found
    among the texts of one language: else "company" is rare in a language in which few write, and all texts in that
    language are alike. A word of several languages has the mean over its texts.

    `counts`: by language in how many texts each word is. `profiles`: by language how many texts there are.
    """
    total, too_many = Counter[str](), Counter[str]()
    rarity: defaultdict[str, float] = defaultdict(float)
    for language, of_language in counts.items():
        number = profiles[language]
        for word, count in of_language.items():
            total[word] += count
            rarity[word] += count * log((number + 1) / (count + 1))
            too_many[word] += count * (number >= SMALL_NUMBER and count > COMMON_SHARE * number)
    distinctive = [word for word, count in total.items() if count >= 2 and 2 * too_many[word] <= count]
    frequent = sorted(distinctive, key=lambda word: (-total[word], word))[:WORDS]
    return {word: rarity[word] / total[word] for word in frequent}


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
    """Make a new vocabulary, write every profile's texts in it, and take over. False when another run is at it."""
    with advisory_lock(REFIT_LOCK) as is_locked:
        if not is_locked:
            return False
        Vocabulary.objects.filter(is_current=False).delete()  # what a run that was killed left
        made = _create_vocabulary(_count_occurrences())
        vocabularies = text_rows.VectorsByVocabulary()
        # Submitted ones too: one may be published by a transaction under way, for whose lock `_write` waits.
        near = Profile.objects.filter(state__in=[ProfileState.SUBMITTED, ProfileState.PUBLISHED])
        ids = list(near.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH_SIZE):
            _write(ids[start : start + BATCH_SIZE], vocabularies, made.pk)
        _make_current(made)
        return True


def likeness_scale(vectors: text_space.Array, sectors: text_space.Array) -> float:
    """The cosine of two texts from which on they count as alike in full.

    `vectors`: of some profiles, a row each; `sectors`: which they are in, a column each.
    """
    lengths = np.linalg.norm(vectors, axis=1)
    known = lengths > 0
    if known.sum() < SMALL_NUMBER:
        return FULL_LIKENESS
    unit, own = vectors[known] / lengths[known, None], sectors[known].astype(np.float32)
    upper = np.triu_indices(len(unit), 1)
    cosines, same = (unit @ unit.T)[upper], (own @ own.T)[upper] > 0
    spread = cosines.std()
    if not spread or min(same.sum(), (~same).sum()) < SMALL_NUMBER:
        return FULL_LIKENESS
    separation = (cosines[same].mean() - cosines[~same].mean()) / spread
    least = SECTOR_SEPARATION / sqrt(MAX_SCALE_GROWTH)
    return FULL_LIKENESS * float(SECTOR_SEPARATION / np.clip(separation, least, SECTOR_SEPARATION)) ** 2


class TextCounts:
    """What is counted of the texts of so many profiles, one after the other, and the vectors of their words."""

    def __init__(self, profiles: int) -> None:
        self._profiles = profiles
        self._seen = 0
        self._words: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._languages: Counter[str] = Counter()
        self._forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._sample: list[Counter[str]] = []
        self._sectors: list[Sequence[int]] = []

    def add(self, forms: Iterable[tuple[str, str]], language: str, sectors: Sequence[int] = ()) -> None:
        """One profile's words, each as its stem and as it is written (`words.forms_of`); the bits of its sectors."""
        text = Counter[str]()
        for stem, form in forms:
            text[stem] += 1
            self._forms[stem][form] += 1
        self._words[language].update(text.keys())
        self._languages[language] += 1
        if self._seen % max(1, -(-self._profiles // SAMPLE)) == 0:
            self._sample.append(text)
            self._sectors.append(sectors)
        self._seen += 1

    def vectors(self) -> dict[str, text_space.Array]:
        """Of each word that owns one; the more a word says of what a profile is about, the later it comes."""
        from matching.fit import text_decomposition  # here: web processes import this module, but do without scipy

        parts = self._parts_of_compounds()
        rarity = chosen_words(self._counts_with(parts), self._languages)
        # A compound without a vector of its own has those of its parts.
        without_own = (word for word in parts if word not in rarity and any(part in rarity for part in parts[word]))
        rarity |= dict.fromkeys(islice(without_own, WORDS - len(rarity)), 0.0)
        vectors = text_decomposition.fitted([_counts_with_parts(text, parts) for text in self._sample], rarity, parts)
        divergence = self._sector_divergence(list(rarity))
        return {
            word: vectors[word] for word in sorted(rarity, key=lambda word: (rarity[word] * divergence[word], word))
        }

    def _parts_of_compounds(self) -> dict[str, tuple[str, ...]]:
        """The words of which each compound is made, and those of which these are made."""
        usual: dict[str, str] = {}  # the language in which most texts have a word
        for language, words in self._words.items():
            for word, count in words.items():
                if word not in usual or count > self._words[usual[word]][word]:
                    usual[word] = language
        finders = {language: WordParts(language, self._long_words(language)) for language in COMPOUNDING}
        two = {
            word: parts
            for word, language in usual.items()
            if language in finders and (parts := finders[language].of(self._usual_form(word)))
        }
        return {
            word: tuple(dict.fromkeys(chain(parts, *(two.get(part, ()) for part in parts))))
            for word, parts in two.items()
        }

    def _long_words(self, language: str) -> dict[str, int]:
        """In how many texts each word is that is long enough to be part of a compound."""
        return {word: n for word, n in self._words[language].items() if len(self._usual_form(word)) >= PART}

    def _counts_with(self, parts: Mapping[str, Sequence[str]]) -> dict[str, Counter[str]]:
        """By language in how many texts each word is, by itself or as a part."""
        counts = {language: Counter(words) for language, words in self._words.items()}
        for language, words in self._words.items():
            for word, count in words.items():
                for part in parts.get(word, ()):
                    counts[language][part] = min(counts[language][part] + count, self._languages[language])
        return counts

    def _sector_divergence(self, words: Sequence[str]) -> dict[str, float]:
        """How far the sectors of the texts with a word are from those of all texts (Kullback and Leibler); 1 where
        no sectors are known."""
        rows = {word: row for row, word in enumerate(words)}
        counts = np.zeros((len(words), Sector.CAPACITY))
        for text, sectors in zip(self._sample, self._sectors, strict=True):
            counts[np.ix_([rows[word] for word in text if word in rows], sectors)] += 1
        of_all = np.bincount(np.fromiter(chain.from_iterable(self._sectors), int), minlength=Sector.CAPACITY)
        if not of_all.any():
            return dict.fromkeys(words, 1.0)
        counts, usual = counts[:, of_all > 0], of_all[of_all > 0] / of_all.sum()
        share = (counts + SECTOR_PRIOR * usual) / (counts.sum(axis=1, keepdims=True) + SECTOR_PRIOR)
        return dict(zip(words, (share * np.log(share / usual)).sum(axis=1).tolist(), strict=True))

    def written(self, word: str) -> str:
        """The form in which a word is shown: the most frequent one, of equal ones the shortest. Empty for one that is
        not shown: short ones, and stop words."""
        form = self._usual_form(word)
        return form if len(form) > SHORT_WORD and not is_stop_word(form) else ""

    def _usual_form(self, word: str) -> str:
        forms = self._forms[word]
        return min(forms, key=lambda form: (-forms[form], len(form), form))


def _counts_with_parts(text: Counter[str], parts: Mapping[str, Sequence[str]]) -> Counter[str]:
    """How often each word stands in a text, by itself or as a part."""
    whole = Counter(text)
    for word, times in text.items():
        whole.update(dict.fromkeys(parts.get(word, ()), times))
    return whole


@dataclass(frozen=True)
class _Counts:
    """What was counted: of how many profiles each topic is offered, and of each word its usual form and its vector."""

    profiles: int
    topics: dict[str, int]
    words: Mapping[str, tuple[str, text_space.Array]]
    scale: float


def _count_occurrences() -> _Counts:
    published = Profile.objects.published()
    links = published.filter(offers__isnull=False).values("offers").annotate(number=Count("pk")).order_by()
    profiles = published.count()
    texts = TextCounts(profiles)
    own_sectors = Profile.own_sectors.through.objects.filter(profile=OuterRef("pk")).values("sector__bit")
    rows = published.order_by("pk").values_list(ArraySubquery(own_sectors), *text_rows.TEXT_FIELDS)
    for sectors, *fields in in_parts(rows):
        text = text_rows.text_of(fields)
        texts.add(forms_of(text), language_of(text), sectors)
    vectors = texts.vectors()
    return _Counts(
        profiles=profiles,
        topics={row["offers"]: row["number"] for row in links},
        words={word: (texts.written(word), vector) for word, vector in vectors.items()},
        scale=likeness_scale(*_vectors_and_sectors(vectors)),
    )


def _vectors_and_sectors(words: Mapping[str, text_space.Array]) -> tuple[text_space.Array, text_space.Array]:
    """Of some profiles, spread evenly, the vectors of their texts and the sectors they are in."""
    ids = list(Profile.objects.published().order_by("pk").values_list("pk", flat=True))
    some = Profile.objects.filter(pk__in=ids[:: max(1, -(-len(ids) // SEPARATION_SAMPLE))]).order_by("pk")
    texts = {pk: stems_of(text_rows.text_of(fields)) for pk, *fields in some.values_list("pk", *text_rows.TEXT_FIELDS)}
    vectors = np.array([text_space.vector_of(text, words) for text in texts.values()], np.float32)
    rows = {pk: row for row, pk in enumerate(texts)}
    sectors = np.zeros((len(texts), Sector.CAPACITY), bool)
    for pk, bit in some.filter(own_sectors__isnull=False).values_list("pk", "own_sectors__bit"):
        if pk in rows:
            sectors[rows[pk], bit] = True
    return vectors.reshape(len(texts), DIMENSIONS), sectors


@transaction.atomic
def _create_vocabulary(counts: _Counts) -> Vocabulary:
    """The new vocabulary; from its commit on whoever writes a profile's texts writes them in this one too."""
    topic_levels = rarity_levels(
        dict.fromkeys(Topic.objects.values_list("pk", flat=True), 0) | counts.topics, counts.profiles
    )
    bits = {topic.pk: topic.bit for topic in Topic.objects.all()}
    topic_bits = {bits[code]: level for code, level in topic_levels.items()}
    made = Vocabulary.objects.create(
        fitted_at=clock.now(),
        profiles=counts.profiles,
        rare_topics=_bit_string(topic_bits, 2, Topic.CAPACITY),
        rarest_topics=_bit_string(topic_bits, 3, Topic.CAPACITY),
        text_scale=counts.scale,
    )
    VocabularyWord.objects.bulk_create(
        [
            VocabularyWord(
                vocabulary=made,
                word=word,
                written=written,
                number=number,
                vector=vector.astype(text_space.PACKED_WORD).tobytes(),
            )
            for number, (word, (written, vector)) in enumerate(counts.words.items())
        ],
        batch_size=2000,
    )
    return made


def _bit_string(levels_by_bit: Mapping[int, int], least: int, width: int) -> str:
    """A bit string with the bits of at least this level."""
    return "".join("1" if levels_by_bit.get(bit, 0) >= least else "0" for bit in range(width))


@transaction.atomic
def _write(ids: list[int], vocabularies: text_rows.VectorsByVocabulary, vocabulary: int) -> None:
    """Some profiles' texts. Their locks wait for edits under way, and hold others up for a moment only."""
    list(Profile.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    text_rows.write(ids, vocabularies, only=vocabulary)


@transaction.atomic
def _make_current(made: Vocabulary) -> None:
    Vocabulary.objects.filter(is_current=True).update(is_current=False)
    Vocabulary.objects.filter(pk=made.pk).update(is_current=True)
    Vocabulary.objects.exclude(pk=made.pk).delete()
