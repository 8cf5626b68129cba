"""Payments in instalments: what was paid so far is one instalment each."""

import django.db.models.deletion
from django.db import migrations, models

import cxc.clock
import cxc.core.models.text


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0018_clauses_checked")]

    operations = [
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paid_on", models.DateField(verbose_name="paid on")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="amount (EUR)")),
                ("reference", cxc.core.models.text.OneLineField(max_length=300, verbose_name="reference")),
                ("entered_at", models.DateTimeField(default=cxc.clock.now, editable=False)),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instalments",
                        to="exchanges.payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "instalment",
                "verbose_name_plural": "instalments",
                "ordering": ["paid_on", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="instalment_above_zero")
                ],
            },
        ),
        migrations.RunSQL(
            """
            INSERT INTO exchanges_instalment (payment_id, paid_on, amount, reference, entered_at)
                SELECT id, paid_on, paid_amount, COALESCE(NULLIF(reference, ''), '–'), (paid_on + time '12:00') AT TIME ZONE 'UTC'
                FROM exchanges_payment WHERE paid_on IS NOT NULL;
            """,
            migrations.RunSQL.noop,
        ),
    ]
