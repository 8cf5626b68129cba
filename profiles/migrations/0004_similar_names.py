"""Likeness of names, for the warning that an organisation may be registered already."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("profiles", "0003_reference_data")]

    operations = [TrigramExtension()]
