"""A page asks the database the same number of questions however many rows it shows."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, address: str) -> list[str]:
    """The queries of a page once caches are warm, its session's one apart; the page must answer 200."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200, response.status_code
    return [query["sql"] for query in asked.captured_queries if "django_session" not in query["sql"]]


def count_queries(client: Client, address: str) -> int:
    """How many those are."""
    return len(queries_of(client, address))


def assert_constant_queries(client: Client, address: str, add_rows: Callable[[int], object]) -> int:
    """Same number of queries with 1 and with 8 rows. `add_rows(n)` adds n rows to the page; returns the number."""
    add_rows(1)
    one = count_queries(client, address)
    add_rows(7)
    many = count_queries(client, address)
    assert many == one, f"{address}: {one} queries with 1 row, {many} with 8"
    return one
