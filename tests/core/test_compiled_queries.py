"""A query that is compiled once finds what it finds when it is built for each call."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, F, Prefetch, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cxc import clock
from cxc.core.compiled_queries import CompiledOnce, compiled_once
from profiles.models import Membership, Organisation, Profile, User
from tests.factories.parties import usual_parties

pytestmark = pytest.mark.django_db


@compiled_once
def memberships(order: str, *, ids: Iterable[int], since: datetime) -> "QuerySet[Membership]":
    found = Membership.objects.select_related("organisation__country").filter(
        user__in=ids, user__date_joined__gte=since
    )
    return found.prefetch_related("organisation__memberships").order_by(order)


@compiled_once
def named(*, names: Iterable[str], name: str) -> "QuerySet[Any, tuple]":
    by_one = Organisation.objects.filter(legal_name=name).values_list("pk", "legal_name")
    return Organisation.objects.filter(legal_name__in=names).values_list("pk", "legal_name").union(by_one)


@compiled_once
def counted(*, ids: Iterable[int]) -> "QuerySet[Any, Any]":
    return User.objects.filter(pk__in=ids).values("language").annotate(number=Count("pk")).order_by("language")


def _plain(function: CompiledOnce, *variant: Any, **values: Any) -> list[Any]:
    return list(function.queryset(*variant, **values))


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
    assert memberships.compiled("pk", ids=people, since=since) is not None
    assert memberships.compiled("pk", ids=people, since=since) is memberships.compiled("pk", ids=set(), since=since)


def test_texts_unions_and_sums_are_found_too() -> None:
    usual_parties()
    first, second, *_rest = Organisation.objects.order_by("pk").values_list("legal_name", flat=True)
    for names in ([first], {first, second}, [], ["nobody"]):
        assert sorted(named(names=names, name=second)) == sorted(_plain(named, names=names, name=second))
    assert named.compiled(names=[first], name=second) is not None
    people = list(User.objects.values_list("pk", flat=True))
    assert counted.compiled(ids=people) is not None
    assert counted(ids=people) == _plain(counted, ids=people) != []


def test_it_is_compiled_once_for_each_language_and_look() -> None:
    built = 0

    @compiled_once
    def users(order: str, *, pk: int) -> "QuerySet[User]":
        nonlocal built
        built += 1
        return User.objects.filter(pk=pk).order_by(order)

    for pk in range(5):
        users("pk", pk=pk)
    assert built == 2, "twice, with other marks"
    users("email", pk=1)
    with translation.override("fr"):
        users("pk", pk=1)
    assert built == 6


def test_what_can_not_be_cached_is_built_for_each_call() -> None:
    @compiled_once
    def of_late(*, pk: int) -> "QuerySet[User]":
        return User.objects.filter(pk__gte=pk, date_joined__lte=clock.now())

    @compiled_once
    def after(*, pk: int) -> "QuerySet[User]":
        return User.objects.filter(pk__gt=pk + 1)

    @compiled_once
    def by_day(day: date, *, pk: int) -> "QuerySet[User]":
        return User.objects.filter(pk__gte=pk, date_joined__date__lte=day)

    usual_parties()
    first = User.objects.order_by("pk").values_list("pk", flat=True)[0]
    assert of_late.compiled(pk=1) is None
    assert after.compiled(pk=1) is None
    assert len(after(pk=first)) == User.objects.count() - 2
    today = clock.today()
    assert by_day.compiled(today, pk=1) is not None
    assert len(by_day(today, pk=1)) == User.objects.count()
    assert by_day(today - timedelta(days=20_000), pk=1) == []


def test_nothing_is_asked_where_nothing_can_be_found() -> None:
    @compiled_once
    def nobody(*, pk: int) -> "QuerySet[User]":
        return User.objects.filter(pk=pk).none()

    with CaptureQueriesContext(connection) as asked:
        assert nobody(pk=1) == []
    assert len(asked) == 0


def test_a_column_compared_with_another_is_no_value() -> None:
    @compiled_once
    def same(*, pk: int) -> "QuerySet[User]":
        return User.objects.filter(pk=pk, date_joined=F("date_joined"))

    usual_parties()
    known = User.objects.order_by("pk")[0]
    assert same(pk=known.pk) == [known]


def test_what_is_in_a_prefetch_is_compared_too() -> None:
    @compiled_once
    def with_value(*, pk: int) -> "QuerySet[User]":
        return User.objects.prefetch_related(Prefetch("memberships", Membership.objects.filter(pk__gte=pk)))

    @compiled_once
    def with_moment(*, pk: int) -> "QuerySet[User]":
        recent = Membership.objects.filter(user__date_joined__lte=clock.now())
        return User.objects.filter(pk=pk).prefetch_related(Prefetch("memberships", recent))

    @compiled_once
    def with_columns(*, pk: int) -> "QuerySet[User]":
        rows = Membership.objects.select_related("organisation")
        return User.objects.filter(pk=pk).prefetch_related(Prefetch("memberships", rows))

    assert with_value.compiled(pk=1) is None
    assert with_moment.compiled(pk=1) is None
    assert with_columns.compiled(pk=1) is not None


def test_a_changed_text_and_a_mark_out_of_a_columns_range_are_not_cached() -> None:
    @compiled_once
    def by_name(*, name: str) -> "QuerySet[Organisation]":
        return Organisation.objects.filter(legal_name=name.title())

    @compiled_once
    def by_places(*, places: int) -> "QuerySet[Profile]":
        return Profile.objects.filter(places=places)

    parties = usual_parties()
    assert by_name.compiled(name="a name") is None
    assert by_name(name=parties.visitor.legal_name.lower()) == [parties.visitor]
    assert by_places(places=1) == list(Profile.objects.filter(places=1))


def test_other_types_are_refused() -> None:
    for value in (Decimal(1), True, object(), [1.5]):
        with pytest.raises(TypeError):
            memberships("pk", ids=[1], since=value)
    assert counted(ids=[]) == []
