"""Saved views of the list of profiles name the filter by what was reached "level", as the list does; it was "stage"."""

import re
from typing import Any

from django.db import migrations


def rename(apps: Any, _schema_editor: Any) -> None:
    views = apps.get_model("web", "SavedView").objects
    for view in views.filter(list_name="profiles", query__contains="stage="):
        views.filter(pk=view.pk).update(query=re.sub(r"(^|&)stage=", r"\1level=", view.query))


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_counting"), ("web", "0003_principal_keys_of_drafts")]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
