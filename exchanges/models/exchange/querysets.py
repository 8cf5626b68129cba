"""Exchanges and what their lists need."""

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef

from cxc.workflow.transitions import StatefulQuerySet
from exchanges.enums import CONFIRMED_STATES

if TYPE_CHECKING:
    from exchanges.models.exchange.exchange import Exchange  # noqa: F401 - named in a string below


class ExchangeQuerySet(StatefulQuerySet["Exchange"]):
    """Exchanges and what their lists need."""

    def confirmed(self) -> "ExchangeQuerySet":
        """In preparation, ready, ongoing or closed: what statistics count."""
        return self.filter(state__in=CONFIRMED_STATES)

    def on_grouped(self, path: str) -> Exists:
        """A condition: the visit at the end of the path has two or more confirmed exchanges, whoever's they are."""
        confirmed = self.model._base_manager.filter(visit=OuterRef(path), state__in=CONFIRMED_STATES)
        numbers = confirmed.order_by().values("visit").annotate(number=Count("pk"))
        return Exists(numbers.filter(number__gte=2))

    def with_display_relations(self) -> "ExchangeQuerySet":
        return self.select_related(
            "organisation__country",
            "generation",
            "type",
            "sector",
            "match__visiting_profile__partnership",
            "match__host_profile__partnership",
            "match__host_profile__organisation__country",
            "visit__lead",
            "visit__host_profile__organisation__country",
        )
