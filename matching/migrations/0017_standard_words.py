"""Fields by the field's standard words."""

from django.db import migrations, models
from django.db.models import F, Q

PLAN_CONSTRAINTS = (
    "plan_least_in_percent",
    "plan_progress_in_order",
    "plan_made_before_it_is_sent",
    "plan_sent_off_before_it_is_sent",
    "one_plan_in_the_making",
)
PLAN_FIELDS = {
    "least": "min_fit",
    "done": "progress_done",
    "of": "progress_total",
    "asked_at": "requested_at",
    "asked_by": "requested_by",
    "made_at": "generated_at",
    "sending_at": "submitted_at",
    "sent_by": "submitted_by",
    "sent_as": "submitted_as",
    "would_swap": "blocking_pairs",
}
MATCH_FIELDS = {
    "counted_from": "expiry_counted_from",
    "visitor_told_at": "visitor_notified_at",
    "host_told_at": "host_notified_at",
}


class Migration(migrations.Migration):
    dependencies = [("matching", "0016_how_words_are_written")]

    operations = [
        *(migrations.RenameField("match", old, new) for old, new in MATCH_FIELDS.items()),
        migrations.RemoveIndex("savedsearch", "search_to_look_at"),
        migrations.RenameField("savedsearch", "stop_key", "unsubscribe_key"),
        migrations.RenameField("savedsearch", "looked_at", "checked_at"),
        migrations.AddIndex(
            "savedsearch",
            models.Index(fields=["checked_at"], condition=Q(weekly=True), name="search_to_look_at"),
        ),
        *(migrations.RemoveConstraint("plan", name) for name in PLAN_CONSTRAINTS),
        *(migrations.RenameField("plan", old, new) for old, new in PLAN_FIELDS.items()),
        migrations.AddConstraint(
            "plan", models.CheckConstraint(condition=Q(min_fit__lte=100), name="plan_least_in_percent")
        ),
        migrations.AddConstraint(
            "plan",
            models.CheckConstraint(condition=Q(progress_done__lte=F("progress_total")), name="plan_progress_in_order"),
        ),
        migrations.AddConstraint(
            "plan",
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(generated_at__isnull=False, submitted_by__isnull=False),
                name="plan_made_before_it_is_sent",
            ),
        ),
        migrations.AddConstraint(
            "plan",
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(submitted_at__isnull=False), name="plan_sent_off_before_it_is_sent"
            ),
        ),
        migrations.AddConstraint(
            "plan",
            models.UniqueConstraint(
                fields=["partnership", "generation", "modality", "scope", "host", "first_day", "last_day"],
                condition=Q(generated_at=None, error=""),
                nulls_distinct=False,
                name="one_plan_in_the_making",
            ),
        ),
        migrations.RemoveConstraint("plannedpair", "a_visitor_once_a_plan"),
        migrations.RemoveConstraint("plannedpair", "proposed_or_refused"),
        migrations.RenameField("plannedpair", "is_kept", "is_included"),
        migrations.AddConstraint(
            "plannedpair",
            models.UniqueConstraint(
                fields=["plan", "visiting"], condition=Q(is_included=True), name="a_visitor_once_a_plan"
            ),
        ),
        migrations.AddConstraint(
            "plannedpair",
            models.CheckConstraint(
                condition=Q(match=None) | Q(refused="", is_included=True), name="proposed_or_refused"
            ),
        ),
    ]
