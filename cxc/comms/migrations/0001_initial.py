from django.db import migrations, models

import cxc.clock
import cxc.core.email_addresses


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(blank=True, max_length=200, null=True, unique=True, verbose_name="key")),
                ("to_address", cxc.core.email_addresses.AddressField(max_length=254, verbose_name="to")),
                ("subject", models.CharField(max_length=250, verbose_name="subject")),
                ("text", models.TextField(verbose_name="text")),
                ("html", models.TextField(blank=True, verbose_name="HTML")),
                (
                    "unsubscribe",
                    models.URLField(
                        blank=True,
                        help_text="For mails that somebody asked for: one POST stops them.",
                        verbose_name="address that stops it",
                    ),
                ),
                ("reply_to", models.CharField(blank=True, max_length=320, verbose_name="answers go to")),
                ("about_kind", models.CharField(blank=True, max_length=60, verbose_name="about")),
                ("about_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "is_private",
                    models.BooleanField(
                        default=False,
                        help_text="It opens an account: nobody else reads its words, and they are erased once it is sent.",
                        verbose_name="for its reader alone",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("sending", "Sending"), ("sent", "Sent"), ("failed", "Failed")],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("error", models.TextField(blank=True, verbose_name="error")),
                ("created_at", models.DateTimeField(default=cxc.clock.now, verbose_name="created at")),
                ("try_after", models.DateTimeField(default=cxc.clock.now, verbose_name="try after")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "outbox",
                "ordering": ["-id"],
            },
        ),
    ]
