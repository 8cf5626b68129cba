"""What the workspace of a visit reads: its exchanges with all that belongs to them, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cxc.core.narrow import Columns, narrow, prefixed
from exchanges.enums import Party
from exchanges.models import CtqVersion, Evidence, Exchange, FaVersion, FinancialAgreement, OwnPart, Visit
from exchanges.models.sides import EXCHANGE_LABEL

_DOCUMENT = ("state", "version", "validated_version", "exchange")
COLUMNS: Columns = {
    **EXCHANGE_LABEL,
    "organisation": ("legal_name", "country", "sector"),
    "type": ("name",),
    "own_part": (*_DOCUMENT, *OwnPart.NEEDED),
    "agreement": (*_DOCUMENT, *FinancialAgreement.TEXTS),
    "report": ("state", "exchange"),
    "payment": ("state", "amount", "paid_amount", "due_on", "paid_on", "exchange"),
    **prefixed("organisation", {"country": ("has_iban",)}),
}


@dataclass(frozen=True)
class ExchangeRecords:
    """An exchange with its evidence, and the parties that signed the present version of CTQ and agreement."""

    exchange: Exchange
    ctq_signed: frozenset[str]
    fa_signed: frozenset[str]
    evidence: tuple[Evidence, ...]


def records_of(visit: Visit, exchanges: Iterable[Exchange]) -> list[ExchangeRecords]:
    """The records of each of these exchanges of the visit."""
    ctq, agreements, evidence = _ctq_signed(visit), _fa_signed(visit), _evidence(visit)
    return [
        ExchangeRecords(
            one,
            _signed_current_version(one.own_part_or_none, ctq),
            _signed_current_version(one.agreement_or_none, agreements),
            evidence[one.pk],
        )
        for one in exchanges
    ]


def exchanges_of(visit: Visit) -> list[Exchange]:
    """All exchanges of the visit, by the name of the visitor."""
    rows = narrow(Exchange.objects.filter(visit=visit), COLUMNS)
    return list(rows.order_by("organisation__legal_name__folded", "pk"))


def _signed_current_version(
    part: OwnPart | FinancialAgreement | None, signed: Mapping[int, tuple[int, frozenset[str]]]
) -> frozenset[str]:
    """Who has signed the version that stands now."""
    if part is None:
        return frozenset()
    version, parties = signed.get(part.exchange_id, (0, frozenset()))
    return parties if version == part.version else frozenset()


def _ctq_signed(visit: Visit) -> dict[int, tuple[int, frozenset[str]]]:
    """By exchange: the version of its own part that was made last, and who has signed it.

    An editorial version keeps the signatures of the one before it.
    """
    signed: dict[int, tuple[int, frozenset[str]]] = {}
    for version in CtqVersion.objects.filter(exchange__visit=visit).with_signatures().order_by("number"):
        now = frozenset(one.party for one in version.signatures.all())
        _number, before = signed.get(version.exchange_id, (0, frozenset()))
        signed[version.exchange_id] = (version.own_version, now | before if version.is_editorial else now)
    return signed


def _fa_signed(visit: Visit) -> dict[int, tuple[int, frozenset[str]]]:
    versions = FaVersion.objects.filter(agreement__exchange__visit=visit).select_related("agreement")
    return {
        version.agreement.exchange_id: (version.number, frozenset(one.party for one in version.signatures.all()))
        for version in versions.with_signatures().order_by("number")
    }


def _evidence(visit: Visit) -> Mapping[int, tuple[Evidence, ...]]:
    found: dict[int, tuple[Evidence, ...]] = defaultdict(tuple)
    for one in Evidence.objects.filter(exchange__visit=visit).only("exchange", "state"):
        found[one.exchange_id] += (one,)
    return found


def missing(parties: Iterable[Party], signed: frozenset[str]) -> list[Party]:
    """The parties that have not signed yet."""
    return [party for party in parties if party not in signed]
