"""Messages about exchanges and visits."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side, VisibleQuerySet, principals_on
from cxc.messaging.bulk import register_subject
from cxc.messaging.subjects import MessageSubject, Placeholder
from exchanges.enums import AGREEMENT, EVIDENCE, EXCHANGE, OWN, PAYMENT, REPORT, SHARED, VISIT, ExchangeState
from exchanges.models import Exchange, Visit
from exchanges.models.sides import HO, HOP, LEAD, SO, VO, VOP
from exchanges.queries.visits import VISITING_PROFILES
from matching.queries import contacts


def _exchanges() -> VisibleQuerySet:
    return Exchange.objects.with_display_relations()


def _visits() -> VisibleQuerySet:
    return Visit.objects.with_host().prefetch_related(VISITING_PROFILES)


def _days(first: date | None, last: date | None) -> str:
    return " – ".join(date_format(day) for day in (first, last) if day is not None) or "–"


def _may_write_to(exchange: Any, writer: Side, reader: Side) -> bool:
    """As about its match, which may have been cancelled with the exchange."""
    return contacts.may_write_to(exchange.match, writer, reader)


def _principals_of_visit(visit: Any, side: Side) -> Collection[int]:
    """Of the visitors' sides, those whose exchange is not cancelled. Prefetch the exchanges with their sides."""
    if side not in (VO, VOP):
        return principals_on(visit, side)
    coming = [one for one in visit.exchanges.all() if one.state != ExchangeState.CANCELLED]
    return {pk for one in coming for pk in principals_on(one, side)}


register_subject(
    MessageSubject(
        kind=EXCHANGE,
        readers={
            VO: (HO, VOP, HOP),
            HO: (VO, VOP, HOP),
            VOP: (VO, HO, HOP),
            HOP: (VO, HO, VOP),
            SO: (VO, HO, VOP, HOP),
        },
        placeholders={
            "reference": Placeholder(_("the number of the exchange"), lambda exchange: str(exchange.reference)),
            "organisation": Placeholder(_("the visiting organisation"), lambda exchange: str(exchange.organisation)),
            "host": Placeholder(_("the host organisation"), lambda exchange: str(exchange.host)),
            "visit": Placeholder(_("the visit"), lambda exchange: str(exchange.visit)),
            "dates": Placeholder(_("first and last day"), lambda exchange: _days(exchange.start, exchange.end)),
        },
        queryset=_exchanges,
        may_write_to=_may_write_to,
        mails_of=dict.fromkeys((OWN, AGREEMENT, REPORT, EVIDENCE, PAYMENT), "exchange"),
    )
)
# A visitor writes about its own exchange: of the others on the visit it knows nothing.
register_subject(
    MessageSubject(
        kind=VISIT,
        readers={
            HO: (VO, VOP, HOP, LEAD),
            HOP: (VO, HO, VOP, LEAD),
            LEAD: (VO, HO, VOP, HOP),
            VOP: (HO, VOP, HOP, LEAD),
            SO: (VO, HO, VOP, HOP, LEAD),
        },
        placeholders={
            "visit": Placeholder(_("the visit"), str),
            "host": Placeholder(_("the host organisation"), lambda visit: str(visit.host_profile.organisation)),
            "dates": Placeholder(_("first and last day"), lambda visit: _days(visit.first_day, visit.last_day)),
        },
        queryset=_visits,
        principals=_principals_of_visit,
        mails_of={SHARED: "visit"},
        partnership_sees_mails=False,
    )
)
