"""Addresses of people and invitations are stored clean; sign-in's own table holds one verified of each, in any case."""

from typing import Any

import django.db.models.functions.text
from django.db import migrations, models

import cxc.core.email_addresses
from cxc.core.email_addresses import clean_address


def clean(apps: Any, _editor: Any) -> None:
    """Write anew the addresses that were stored as they were typed."""
    for app, name in (("profiles", "User"), ("profiles", "Invitation"), ("account", "EmailAddress")):
        model = apps.get_model(app, name)
        for row in model.objects.only("email"):
            if row.email != (cleaned := clean_address(row.email)):
                model.objects.filter(pk=row.pk).update(email=cleaned)


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("profiles", "0013_order_by_folded_names"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="email",
            field=cxc.core.email_addresses.AddressField(max_length=254, verbose_name="e-mail"),
        ),
        migrations.AlterField(
            model_name="user",
            name="email",
            field=cxc.core.email_addresses.AddressField(max_length=254, unique=True, verbose_name="e-mail"),
        ),
        migrations.RunPython(clean, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="invited_address_is_clean",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="address_of_a_person_is_clean",
            ),
        ),
        migrations.RunSQL(
            "CREATE UNIQUE INDEX one_verified_address ON account_emailaddress (lower(email)) WHERE verified",
            "DROP INDEX one_verified_address",
        ),
    ]
