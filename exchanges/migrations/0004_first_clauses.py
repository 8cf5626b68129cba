"""The clauses that documents begin with; the Support Office replaces them in the admin."""

from datetime import date
from pathlib import Path

from django.db import migrations

TEXTS = Path(__file__).resolve().parent.parent / "data" / "clauses"
KINDS = ("ctq_physical", "ctq_virtual", "fa", "far", "funding", "disclaimer")


def load(apps, _editor):
    clauses = apps.get_model("exchanges", "DocumentClauses")
    for kind in KINDS:
        text = (TEXTS / f"{kind}.txt").read_text(encoding="utf-8").strip()
        clauses.objects.create(kind=kind, number=1, text=text, valid_from=date(2019, 1, 1), note="To begin with.")


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0003_triggers")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
