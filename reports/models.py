"""Stored counts: what statistics and dashboards read instead of counting all there is. docs/statistics.md.

Written by triggers of the database (migration `0002_counting`) and by `reports.stored_counts` alone, those of the
funnel by `reports.dashboard.funnel_counts`.
"""

from typing import ClassVar

from django.db import models


class _Counted(models.Model):
    """So many of one figure (`StoredFigure`) in a generation, modality and Partnership with one value; amount in EUR.

    `partnership_id` is empty where the figure is of no Partnership, `modality` of profiles.
    """

    figure = models.CharField(max_length=20)
    generation_id = models.BigIntegerField()
    modality = models.CharField(max_length=10)
    partnership_id = models.BigIntegerField(null=True)
    value = models.CharField(max_length=40)
    number = models.BigIntegerField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        abstract = True


class StoredCount(_Counted):
    """A part of a count: the count is the sum of its rows, of which each change adds one and a job makes one again."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["partnership_id", "figure"], name="stored_count_of")]

    def __str__(self) -> str:
        return f"{self.figure} {self.value}: {self.number}"


class CountedLive(models.Model):
    """A thing that the stored counts do not hold now, because it changed: it is counted when figures are read."""

    pk = models.CompositePrimaryKey("thing", "thing_id")
    thing = models.CharField(max_length=10)
    thing_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.thing} {self.thing_id}"


class CurrentCount(_Counted):
    """A view: the parts of all counts as they are now, the stored ones and those of what is counted live."""

    class Meta:
        managed = False
        db_table = "reports_currentcount"

    def __str__(self) -> str:
        return f"{self.figure} {self.value}: {self.number}"


class FunnelCount(models.Model):
    """The number of one line of the funnel, of a Partnership or (empty) all, in a generation or (empty) in all.

    `organisations` is how many stand behind it, empty where that is not told. All are replaced at once by
    `reports.dashboard.funnel_counts`.
    """

    side = models.CharField(max_length=3)
    partnership_id = models.BigIntegerField(null=True)
    generation_id = models.BigIntegerField(null=True)
    line = models.CharField(max_length=20)
    number = models.BigIntegerField()
    organisations = models.BigIntegerField(null=True)
    counted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership_id", "generation_id", "side", "line"],
                nulls_distinct=False,
                name="one_number_a_line_of_the_funnel",
            )
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.line}: {self.number}"
