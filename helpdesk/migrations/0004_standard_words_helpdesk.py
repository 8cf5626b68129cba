"""Questions and messages name their columns by standard words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0003_text_limits")]

    operations = [
        migrations.RemoveConstraint("helpmessage", "help_voice_exists"),
        migrations.RemoveConstraint("helprequest", "help_asked_by_somebody"),
        migrations.RenameField("helpmessage", "voice", "author_role"),
        migrations.RenameField("helprequest", "forgotten_at", "texts_removed_at"),
        migrations.AddConstraint(
            "helpmessage",
            models.CheckConstraint(
                condition=models.Q(("author_role__in", ["asker", "desk"])), name="help_author_role_exists"
            ),
        ),
        migrations.AddConstraint(
            "helprequest",
            models.CheckConstraint(
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
    ]
