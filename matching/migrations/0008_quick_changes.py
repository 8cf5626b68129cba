"""What has changed in the ranking is found by few index look-ups, however many rows there are.

The function's plan is made once, for any number of changed rows. With 100,000 rows it started parallel workers at each
question, which took 25 ms, and read all texts after any edit.
"""

from typing import ClassVar

from django.db import migrations

SETTINGS = ("max_parallel_workers_per_gather", "enable_hashjoin", "enable_mergejoin")
FUNCTION = "ALTER FUNCTION matching_changes(pg_snapshot, bigint)"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("matching", "0007_dormant_profiles")]

    operations: ClassVar = [
        migrations.RunSQL(f"{FUNCTION} SET {name} = 0", f"{FUNCTION} RESET {name}") for name in SETTINGS
    ]
