"""Small questions to a PostgreSQL, asked from the environment's own Python (psycopg2).

`python -m launch.database create` makes the portal's role and database.
`python -m launch.database state` prints which database this is and what was migrated.
`python -m launch.database unknown` prints the migrations in it that the source does not have, one a line.
"""

import os
import sys

import psycopg2
from psycopg2 import sql


def create() -> None:
    """Role `cxc` (may make databases, for the tests) and its database."""
    connection = psycopg2.connect(os.environ["CXC_ADMIN_URL"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        password = sql.Literal(os.environ["CXC_NEW_PASSWORD"])
        cursor.execute(sql.SQL("CREATE ROLE cxc LOGIN CREATEDB PASSWORD {}").format(password))
        cursor.execute("CREATE DATABASE cxc OWNER cxc")
    connection.close()


def state() -> str:
    """One line that changes when the database is another one or its migrations are."""
    connection = psycopg2.connect(os.environ["DATABASE_URL"], connect_timeout=10)
    with connection, connection.cursor() as cursor:
        # The number of a database alone is the same on every new server.
        cursor.execute(
            "SELECT system_identifier || '.' || oid FROM pg_control_system(), pg_database"
            " WHERE datname = current_database()"
        )
        (database,) = cursor.fetchone() or ("",)
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        if cursor.fetchone() != (True,):
            return f"{database} empty"
        cursor.execute("SELECT md5(string_agg(app || '.' || name, ',' ORDER BY app, name)) FROM django_migrations")
        (migrated,) = cursor.fetchone() or ("",)
    connection.close()
    return f"{database} {migrated}"


def unknown_migrations() -> list[str]:
    """The migrations that the database has and the source has not, as `app.name`."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if (app, name) not in loader.disk_migrations)


def _print_unknown_migrations() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cxc.settings")
    django.setup()
    for migration in unknown_migrations():
        print(migration)


if __name__ == "__main__":
    if sys.argv[1:] == ["create"]:
        create()
    elif sys.argv[1:] == ["unknown"]:
        _print_unknown_migrations()
    else:
        print(state())
