"""Exchanges and what their lists need."""

from typing import TYPE_CHECKING

from cxc.ground.moves import MovingQuerySet
from exchanges.enums import COUNTING_STATES

if TYPE_CHECKING:
    from exchanges.models.exchange.exchange import Exchange  # noqa: F401 - named in a string below


class ExchangeQuerySet(MovingQuerySet["Exchange"]):
    """Exchanges and what their lists need."""

    def confirmed(self) -> "ExchangeQuerySet":
        """In preparation, ready, ongoing or closed: what statistics count."""
        return self.filter(state__in=COUNTING_STATES)

    def with_faces(self) -> "ExchangeQuerySet":
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
