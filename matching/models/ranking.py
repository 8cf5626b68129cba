"""What the ranking reads: a narrow row per profile, the vector of its texts, and what a holder says matters.

None of the rows but `Priorities` says anything of its own: they are kept equal to the profile by
`matching.fit.ranking_index.update`, in the transaction of whatever changes it. `./portal manage matching_rows`
compares them.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cxc import clock
from matching.enums import CAN_BE_MUST, NO_MUST, Criterion, Importance
from profiles.models import Country, ExchangeType, Profile, Sector, Topic

LANGUAGES = 64
WORDS = 32_000  # their numbers fit in two bytes
DIMENSIONS = 256  # of a text's vector (`matching.fit.text_space`)


class BitsField(models.Field):
    """A bit string of fixed width; number n is the n-th from the left, counted from 0."""

    def __init__(self, width: int, **options: Any) -> None:
        self.width = width
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, [self.width, *args], options

    def db_type(self, connection: Any) -> str:
        return f"bit({self.width})"


class TransactionField(models.Field):
    """The number of the transaction that wrote the row."""

    def db_type(self, connection: Any) -> str:
        return "xid8"


class RankingRow(models.Model):
    """What the ranking asks of one profile that is or once was published.

    open_until      last day of its Partnership's participation
    dormant_from    the first day on which its holder has not answered whether it is still interested; 'infinity'
                    where nobody is asked
    full_until      host: the last day on which all places are held; empty while one is free
    used_up         visitor: its organisation has had its physical exchange in this generation
    near_sectors    all divisions of the sections it is in
    …_factor        how much a criterion matters to its holder (`criteria.FACTORS`)
    musts           bit k: the k-th criterion is a condition
    changed         transaction that last wrote it: a copy in a process asks for what it has not seen
    """

    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, primary_key=True, related_name="+")
    listed = models.BooleanField()
    visiting = models.BooleanField()
    generation_id = models.IntegerField()
    organisation_id = models.IntegerField()
    country = models.SmallIntegerField()
    time_zone = models.CharField(max_length=40)
    takes_part = models.BooleanField()
    eligible = models.BooleanField()
    open_until = models.DateField()
    dormant_from = models.DateField()
    full_until = models.DateField(null=True)
    used_up = models.BooleanField()
    physical = models.BooleanField()
    virtual = models.BooleanField()
    first = models.DateField()
    last = models.DateField()
    working_days = models.SmallIntegerField()
    cross_sector = models.BooleanField()
    types = BitsField(ExchangeType.CAPACITY)
    languages = BitsField(LANGUAGES)
    countries = BitsField(Country.CAPACITY)
    own_sectors = BitsField(Sector.CAPACITY)
    near_sectors = BitsField(Sector.CAPACITY)
    wanted_sectors = BitsField(Sector.CAPACITY)
    offers = BitsField(Topic.CAPACITY)
    seeks = BitsField(Topic.CAPACITY)
    topics_factor = models.SmallIntegerField()
    sectors_factor = models.SmallIntegerField()
    types_factor = models.SmallIntegerField()
    languages_factor = models.SmallIntegerField()
    countries_factor = models.SmallIntegerField()
    period_factor = models.SmallIntegerField()
    text_factor = models.SmallIntegerField()
    musts = models.SmallIntegerField()
    changed = TransactionField()

    class Meta:
        verbose_name = _("ranking row")
        verbose_name_plural = _("ranking rows")
        indexes: ClassVar = [
            models.Index(fields=["generation_id", "visiting"], name="ranking_others", condition=Q(listed=True)),
            models.Index(fields=["changed"], name="ranking_changed"),
        ]

    def __str__(self) -> str:
        return str(self.profile_id)


class Vocabulary(models.Model):
    """Which topics are rare and which vectors words own, as found at one time; a new one replaces it when profiles
    have come or gone.

    A topic counts once, twice where it is in `rare_topics`, three times where it is in `rarest_topics` too.
    `text_scale`: the likeness of two texts that counts as full.
    """

    is_current = models.BooleanField(default=False)
    fitted_at = models.DateTimeField(default=clock.now)
    profiles = models.PositiveIntegerField(default=0)
    rare_topics = BitsField(Topic.CAPACITY)
    rarest_topics = BitsField(Topic.CAPACITY)
    text_scale = models.FloatField(default=1.0)

    class Meta:
        verbose_name = _("ranking vocabulary")
        verbose_name_plural = _("ranking vocabularies")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["is_current"], condition=Q(is_current=True), name="one_current_vocabulary"),
            models.CheckConstraint(condition=Q(text_scale__gt=0), name="text_scale_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.fitted_at:%Y-%m-%d}, {self.profiles}"


class VocabularyWord(models.Model):
    """The number and the vector that a word (a stem of `matching.fit.words`) owns in one vocabulary.

    number   the more the word says of what a profile is about, the higher
    written  the form in which it is shown as a reason; empty where it is not
    vector   whole numbers of two bytes, one a dimension
    """

    vocabulary = models.ForeignKey(Vocabulary, on_delete=models.CASCADE, related_name="words")
    word = models.TextField()
    written = models.TextField(default="", blank=True)
    number = models.PositiveSmallIntegerField()
    vector = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vocabulary", "word"], name="one_number_a_word"),
            models.UniqueConstraint(fields=["vocabulary", "number"], name="one_word_a_number"),
        ]

    def __str__(self) -> str:
        return self.word


class RankingText(models.Model):
    """The vector of a profile's texts in one vocabulary, its words there, and the weight of the topics it seeks.

    words          numbers of the words, two bytes each, ascending
    ones … eights  the bits of the vector's numbers (-7 to 7) in two's complement: an eight counts -8
    square         the vector's squared length
    """

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    # Not held by the database: an edit under way while a new vocabulary takes over must not fail for it.
    vocabulary = models.ForeignKey(Vocabulary, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    words = models.BinaryField()
    ones = BitsField(DIMENSIONS)
    twos = BitsField(DIMENSIONS)
    fours = BitsField(DIMENSIONS)
    eights = BitsField(DIMENSIONS)
    square = models.IntegerField()
    seeks_weight = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vocabulary", "profile"], name="one_text_a_vocabulary")
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} · {self.vocabulary_id}"


def _importance(criterion: Criterion) -> models.CharField:
    choices = [choice for choice in Importance.choices if criterion in CAN_BE_MUST or choice[0] != Importance.MUST]
    return models.CharField(criterion.label, max_length=10, choices=choices, default=Importance.NICE)


class Priorities(models.Model):
    """How much each criterion matters to the holder of a profile; without a row all are nice to have."""

    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, primary_key=True, related_name="+")
    topics = _importance(Criterion.TOPICS)
    sectors = _importance(Criterion.SECTORS)
    types = _importance(Criterion.TYPES)
    languages = _importance(Criterion.LANGUAGES)
    countries = _importance(Criterion.COUNTRIES)
    period = _importance(Criterion.PERIOD)
    text = _importance(Criterion.TEXT)

    class Meta:
        verbose_name = _("priorities")
        verbose_name_plural = _("priorities")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    **{
                        f"{criterion}__in": [
                            importance
                            for importance in Importance
                            if criterion not in NO_MUST or importance != Importance.MUST
                        ]
                        for criterion in Criterion
                    }
                ),
                name="priorities_exist",
            )
        ]

    def __str__(self) -> str:
        return str(self.profile)
