"""What part of the scheme the figures are about."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from exchanges.models import Exchange
from profiles.models import Generation, Partnership
from reports.enums import StoredFigure
from reports.models import CurrentCount

# Actual, else planned; the days in between, agreed or not, are no start.
START = Coalesce("actual_start", "planned_start")


@dataclass(frozen=True)
class Filters:
    """Generation, Partnership (as VOP), modality ("" for both), first and last start day (inclusive)."""

    generation: Generation | None = None
    partnership: Partnership | None = None
    modality: str = ""
    first: date | None = None
    last: date | None = None

    def as_data(self) -> dict[str, str | None]:
        """The filters under the names of their parameters."""
        return {
            "generation": self.generation.code if self.generation else None,
            "partnership": self.partnership.acronym if self.partnership else None,
            "modality": self.modality or None,
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
        }

    def exchanges(self) -> "QuerySet[Exchange]":
        """The exchanges in all states that the filters leave, in no order."""
        wanted: dict[str, Any] = {
            "generation": self.generation,
            "match__visiting_profile__partnership": self.partnership,
            "modality": self.modality,
            "began__gte": self.first,
            "began__lte": self.last,
        }
        given = {name: value for name, value in wanted.items() if value}
        return Exchange.objects.alias(began=START).filter(Q(**given)).order_by()

    def counts(self, *figures: StoredFigure) -> "QuerySet[CurrentCount]":
        """The parts of these stored counts that the filters leave, whatever the days; they are to be summed up."""
        wanted: dict[str, Any] = {
            "generation_id": self.generation and self.generation.pk,
            "partnership_id": self.partnership and self.partnership.pk,
            "modality": self.modality,
        }
        given = {name: value for name, value in wanted.items() if value}
        return CurrentCount.objects.filter(**given, figure__in=figures).order_by()
