from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bulk", "0002_shared_values"),
    ]

    operations = [
        migrations.AddField(
            model_name="bulkrun",
            name="mails",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="bulkrun",
            name="mails_count",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
