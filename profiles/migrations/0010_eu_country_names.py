"""Countries get the names that the European Union uses, where the Support Office has not given another."""

from django.db import migrations

NAMES = {"CZ": ("Czech Republic", "Czechia"), "TR": ("Turkey", "Türkiye"), "XK": ("Kosovo", "Kosovo*")}


def rename(apps, _editor):
    country = apps.get_model("profiles", "Country")
    for code, (old, new) in NAMES.items():
        country.objects.filter(code=code, name=old).update(name=new)


def rename_back(apps, _editor):
    country = apps.get_model("profiles", "Country")
    for code, (old, new) in NAMES.items():
        country.objects.filter(code=code, name=new).update(name=old)


class Migration(migrations.Migration):
    dependencies = [("profiles", "0009_postal_addresses")]

    operations = [migrations.RunPython(rename, rename_back)]
