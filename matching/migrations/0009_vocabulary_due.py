"""Words are stemmed otherwise, compounds own the vectors of their parts: the vocabulary is due to be made anew.

Until `matching.tasks.refit_vocabulary` runs next, a changed text is compared by those of its words whose stems are what
they were.
"""

from typing import ClassVar

from django.db import migrations

DUE = "UPDATE matching_vocabulary SET fitted_at = '2000-01-01 00:00+00'"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("matching", "0008_quick_changes")]

    operations: ClassVar = [migrations.RunSQL(DUE, DUE)]
