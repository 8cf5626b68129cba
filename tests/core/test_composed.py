"""A query that is composed once finds what it finds when it is composed anew."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, F, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cxc import clock
from cxc.core.composed import ComposedOnce, composed_once
from profiles.models import Membership, Organisation, User
from tests.factories.parties import usual_parties

pytestmark = pytest.mark.django_db


@composed_once
def memberships(order: str, *, ids: Iterable[int], since: datetime) -> "QuerySet[Membership]":
    found = Membership.objects.select_related("organisation__country").filter(
        user__in=ids, user__date_joined__gte=since
    )
    return found.prefetch_related("organisation__memberships").order_by(order)


@composed_once
def named(*, names: Iterable[str], name: str) -> "QuerySet[Any, tuple]":
    by_one = Organisation.objects.filter(legal_name=name).values_list("pk", "legal_name")
    return Organisation.objects.filter(legal_name__in=names).values_list("pk", "legal_name").union(by_one)


@composed_once
def counted(*, ids: Iterable[int]) -> "QuerySet[Any, Any]":
    return User.objects.filter(pk__in=ids).values("language").annotate(number=Count("pk")).order_by("language")


def _plain(function: ComposedOnce, *shape: Any, **values: Any) -> list[Any]:
    return list(function.__wrapped__(*shape, **values))  # type: ignore[attr-defined]


def test_it_finds_the_same_for_other_values_and_reads_related_rows_with_them() -> None:
    usual_parties()
    people = list(User.objects.order_by("pk").values_list("pk", flat=True))
    since = clock.now() - timedelta(days=10_000)
    for ids in (people, people[:1], people[1:3], []):
        for order in ("pk", "-pk"):
            found = memberships(order, ids=ids, since=since)
            assert found == _plain(memberships, order, ids=ids, since=since)
            with CaptureQueriesContext(connection) as asked:
                [(one.organisation.country, list(one.organisation.memberships.all())) for one in found]
            assert len(asked) == 0
    assert memberships("pk", ids=people, since=clock.now() + timedelta(days=1)) == []
    assert memberships.composed("pk", ids=people, since=since) is memberships.composed("pk", ids=set(), since=since)


def test_texts_unions_and_sums_are_found_too() -> None:
    usual_parties()
    first, second, *_rest = Organisation.objects.order_by("pk").values_list("legal_name", flat=True)
    for names in ([first], {first, second}, [], ["nobody"]):
        assert sorted(named(names=names, name=second)) == sorted(_plain(named, names=names, name=second))
    people = list(User.objects.values_list("pk", flat=True))
    assert counted(ids=people) == _plain(counted, ids=people) != []


def test_it_is_composed_once_for_each_language_and_look() -> None:
    composed = 0

    @composed_once
    def users(order: str, *, pk: int) -> "QuerySet[User]":
        nonlocal composed
        composed += 1
        return User.objects.filter(pk=pk).order_by(order)

    for pk in range(5):
        users("pk", pk=pk)
    assert composed == 2, "twice, with other marks"
    users("email", pk=1)
    with translation.override("fr"):
        users("pk", pk=1)
    assert composed == 6


def test_what_can_not_be_kept_is_composed_for_each_call() -> None:
    @composed_once
    def of_late(*, pk: int) -> "QuerySet[User]":
        return User.objects.filter(pk__gte=pk, date_joined__lte=clock.now())

    @composed_once
    def after(*, pk: int) -> "QuerySet[User]":
        return User.objects.filter(pk__gt=pk + 1)

    @composed_once
    def by_day(day: date, *, pk: int) -> "QuerySet[User]":
        return User.objects.filter(pk__gte=pk, date_joined__date__lte=day)

    usual_parties()
    first = User.objects.order_by("pk").values_list("pk", flat=True)[0]
    assert of_late.composed(pk=1) is None
    assert after.composed(pk=1) is None
    assert len(after(pk=first)) == User.objects.count() - 2
    today = clock.today()
    assert by_day.composed(today, pk=1) is not None
    assert len(by_day(today, pk=1)) == User.objects.count()
    assert by_day(today - timedelta(days=20_000), pk=1) == []


def test_nothing_is_asked_where_nothing_can_be_found() -> None:
    @composed_once
    def nobody(*, pk: int) -> "QuerySet[User]":
        return User.objects.filter(pk=pk).none()

    with CaptureQueriesContext(connection) as asked:
        assert nobody(pk=1) == []
    assert len(asked) == 0


def test_a_column_compared_with_another_is_no_value() -> None:
    @composed_once
    def same(*, pk: int) -> "QuerySet[User]":
        return User.objects.filter(pk=pk, date_joined=F("date_joined"))

    usual_parties()
    known = User.objects.order_by("pk")[0]
    assert same(pk=known.pk) == [known]
