"""Models and fields by the field's standard words."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0024_texts_of_signing_checked")]

    operations = [
        migrations.RenameModel("Filling", "VisitPlan"),
        migrations.RenameModel("WaitingPlace", "WaitingListEntry"),
        migrations.RenameModel("RecordedEntry", "RecordedSubmission"),
        migrations.RemoveConstraint("visit", "open_visit_says_what_and_until_when"),
        migrations.RenameField("visit", "asked_until", "last_day_to_ask"),
        migrations.RenameField("visit", "waiting_list", "has_waiting_list"),
        migrations.AddConstraint(
            "visit",
            models.CheckConstraint(
                condition=~Q(state="open")
                | (~Q(outline="") & Q(last_day_to_ask__isnull=False, last_day_to_ask__lt=F("first_day"))),
                name="open_visit_says_what_and_until_when",
            ),
        ),
        migrations.RenameField("visitproposal", "came_from", "waiting_list_entry"),
        migrations.AlterField(
            "waitinglistentry",
            "visit",
            models.ForeignKey(
                "exchanges.visit", on_delete=models.deletion.PROTECT, related_name="waiting_list_entries"
            ),
        ),
        migrations.AlterField(
            "visitplan",
            "visit",
            models.ForeignKey("exchanges.visit", on_delete=models.deletion.CASCADE, related_name="plans"),
        ),
        migrations.RemoveConstraint("waitinglistentry", "one_waiting_place_a_profile"),
        migrations.AddConstraint(
            "waitinglistentry",
            models.UniqueConstraint(
                fields=["visit", "visiting_profile"],
                condition=Q(state="waiting"),
                name="one_waiting_list_entry_a_profile",
            ),
        ),
    ]
