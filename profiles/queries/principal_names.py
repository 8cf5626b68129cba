"""What organisations and Partnerships are called, by id."""

from collections.abc import Iterable, Mapping

from cxc.access.scoped import Principal
from profiles.models import Organisation, Partnership


def names_of(principal: Principal, ids: Iterable[int]) -> Mapping[int, str]:
    """The names of principals of one kind; one query."""
    model = Organisation if principal is Principal.ORGANISATION else Partnership
    return {pk: str(one) for pk, one in model._base_manager.in_bulk(list(ids)).items()}
