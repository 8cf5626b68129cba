"""The reference data to begin with; the Support Office keeps it from there."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"
WITHOUT_IBAN = ("AM",)


def _rows(name, key):
    """The rows of a file, each with the number of its bit: in the order of their keys."""
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(enumerate(sorted(csv.DictReader(file), key=lambda row: row[key])))


def load(apps, _editor):
    country, ceiling = apps.get_model("profiles", "Country"), apps.get_model("profiles", "LumpSumCeiling")
    country.objects.bulk_create(
        country(
            code=row["iso2"],
            name=row["name"],
            time_zone=row["zone"],
            has_iban=row["iso2"] not in WITHOUT_IBAN,
            bit=bit,
        )
        for bit, row in _rows("countries.csv", "iso2")
    )
    with (DATA / "lump_sum_ceilings.csv").open(newline="", encoding="utf-8") as file:
        ceiling.objects.bulk_create(
            ceiling(
                country_id=row["iso2"],
                amount=row["ceiling_eur"],
                valid_from=row["valid_from"],
                valid_to=row["valid_to"] or None,
            )
            for row in csv.DictReader(file)
        )
    sector = apps.get_model("profiles", "Sector")
    sector.objects.bulk_create(
        sector(
            code=row["division"],
            title=row["title"],
            section=row["section"],
            section_title=row["section_title"],
            bit=bit,
        )
        for bit, row in _rows("sectors.csv", "division")
    )
    kind = apps.get_model("profiles", "ExchangeType")
    kind.objects.bulk_create(
        kind(code=row["code"], name=row["name"], bit=bit) for bit, row in _rows("exchange_types.csv", "code")
    )
    topic = apps.get_model("profiles", "Topic")
    topic.objects.bulk_create(
        topic(code=row["code"], name=row["name"], group=row["group"], bit=bit)
        for bit, row in _rows("topics.csv", "code")
    )


class Migration(migrations.Migration):
    dependencies = [("profiles", "0002_triggers")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
