"""The reference data to begin with; the Support Office keeps it from there."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def _rows(name):
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def load(apps, _editor):
    country, ceiling = apps.get_model("profiles", "Country"), apps.get_model("profiles", "LumpSumCeiling")
    country.objects.bulk_create(
        country(code=row["iso2"], name=row["name"], time_zone=row["zone"]) for row in _rows("countries.csv")
    )
    ceiling.objects.bulk_create(
        ceiling(
            country_id=row["iso2"],
            amount=row["ceiling_eur"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"] or None,
        )
        for row in _rows("lump_sum_ceilings.csv")
    )
    sector = apps.get_model("profiles", "Sector")
    sector.objects.bulk_create(
        sector(code=row["division"], title=row["title"], section=row["section"], section_title=row["section_title"])
        for row in _rows("sectors.csv")
    )
    kind = apps.get_model("profiles", "ExchangeType")
    kind.objects.bulk_create(kind(code=row["code"], name=row["name"]) for row in _rows("exchange_types.csv"))
    topic = apps.get_model("profiles", "Topic")
    topic.objects.bulk_create(
        topic(code=row["code"], name=row["name"], group=row["group"]) for row in _rows("topics.csv")
    )


class Migration(migrations.Migration):
    dependencies = [("profiles", "0002_fixed_columns")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
