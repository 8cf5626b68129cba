"""Who has opened or downloaded which version of a document."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cxc.clock

# Readings go with the versions of a draft exchange that is deleted, and in no other way.
TRIGGER = """
CREATE FUNCTION cxc_refuse_change_of_reading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM 1 FROM exchanges_documentversion v JOIN exchanges_exchange e ON e.id = v.exchange_id
            WHERE v.id = OLD.version_id AND e.state <> 'draft';
        IF NOT FOUND THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'readings of documents are only added, never changed or removed';
END $$;
CREATE TRIGGER readings_only_added BEFORE UPDATE OR DELETE ON exchanges_documentreading
    FOR EACH ROW EXECUTE FUNCTION cxc_refuse_change_of_reading();
"""
TRIGGER_BACK = """
DROP TRIGGER readings_only_added ON exchanges_documentreading;
DROP FUNCTION cxc_refuse_change_of_reading();
"""
SIDES = [
    ("holder", "Holder"),
    ("partnership", "Partnership"),
    ("vo", "Visiting organisation"),
    ("ho", "Host organisation"),
    ("vop", "Visitor's Partnership"),
    ("hop", "Host's Partnership"),
    ("lead", "Lead Partnership"),
    ("so", "Support Office"),
    ("observer", "Observer"),
    ("asker", "Who asks"),
    ("portal", "The portal"),
]


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("exchanges", "0014_joint_signatures"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(choices=SIDES, max_length=20, verbose_name="side")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "Opened in the portal"),
                            ("downloaded", "File downloaded"),
                            ("downloaded sealed", "Sealed file downloaded"),
                        ],
                        max_length=20,
                        verbose_name="what was done",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("read_at", models.DateTimeField(default=cxc.clock.now, verbose_name="first read at")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="exchanges.documentversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "reading of a document",
                "verbose_name_plural": "readings of documents",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "user", "kind", "day"), name="document_read_once_a_day")
                ],
            },
        ),
        migrations.RunSQL(TRIGGER, TRIGGER_BACK),
    ]
