"""What one reads while PostgreSQL is away or starting anew."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client


@contextmanager
def lost_connection() -> Iterator[None]:
    """PostgreSQL ends the connection of the test, as it does of all when it is restarted."""
    connection.ensure_connection()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.get_backend_pid()])
    other.close()
    try:
        yield
    finally:
        connection.close()


def test_while_the_database_is_away_the_page_says_to_try_again(committed_db: None) -> None:
    with lost_connection():
        answer = Client(raise_request_exception=False).get("/statistics/")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "The portal's database does not answer" in page
