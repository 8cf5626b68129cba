import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0003_initial"),
        ("helpdesk", "0001_initial"),
        ("profiles", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="helpmessage",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="helpmessage",
            name="file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="helprequest",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked by",
            ),
        ),
        migrations.AddField(
            model_name="helprequest",
            name="partnership",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="profiles.partnership",
                verbose_name="Partnership",
            ),
        ),
        migrations.AddField(
            model_name="helpmessage",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="helpdesk.helprequest"
            ),
        ),
        migrations.AddIndex(
            model_name="helprequest",
            index=models.Index(fields=["state", "partnership"], name="help_waiting"),
        ),
        migrations.AddIndex(
            model_name="helprequest",
            index=models.Index(fields=["asked_by"], name="help_of_person"),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["unconfirmed", "open", "answered", "closed"])),
                name="help_state_exists",
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked_by__isnull", False), ("visitor_email", "")),
                    models.Q(
                        ("asked_by__isnull", True),
                        models.Q(
                            models.Q(("visitor_email", ""), _negated=True),
                            ("texts_removed_at__isnull", False),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="help_asked_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "unconfirmed"), _negated=True), ("asked_by__isnull", True), _connector="OR"
                ),
                name="help_unconfirmed_are_visitors",
            ),
        ),
        migrations.AddConstraint(
            model_name="helpmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("author_role__in", ["asker", "desk"])), name="help_author_role_exists"
            ),
        ),
        migrations.AddConstraint(
            model_name="helpmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["portal", "mail"])), name="help_channel_exists"
            ),
        ),
    ]
