import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0003_initial"),
        ("exchanges", "0001_initial"),
        ("matching", "0001_initial"),
        ("profiles", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="documentclauses",
            name="generation",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: for every generation that has no clauses of its own.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="profiles.generation",
                verbose_name="generation",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile", verbose_name="file"
            ),
        ),
        migrations.AddField(
            model_name="exchange",
            name="generation",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="profiles.generation"
            ),
        ),
        migrations.AddField(
            model_name="exchange",
            name="match",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="exchanges", to="matching.match"
            ),
        ),
        migrations.AddField(
            model_name="exchange",
            name="organisation",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="profiles.organisation",
            ),
        ),
        migrations.AddField(
            model_name="exchange",
            name="sector",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="profiles.sector",
                verbose_name="sector",
            ),
        ),
        migrations.AddField(
            model_name="exchange",
            name="type",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="profiles.exchangetype",
                verbose_name="type",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="exchange",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="exchanges.exchange"
            ),
        ),
        migrations.AddField(
            model_name="daynotworked",
            name="exchange",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="days_not_worked", to="exchanges.exchange"
            ),
        ),
        migrations.AddField(
            model_name="ctqversion",
            name="exchange",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="ctq_versions", to="exchanges.exchange"
            ),
        ),
        migrations.AddField(
            model_name="faversion",
            name="pdf",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="feedback",
            name="exchange",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="feedback", to="exchanges.exchange"
            ),
        ),
        migrations.AddField(
            model_name="finalactivityreport",
            name="edited_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="finalactivityreport",
            name="exchange",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="report", to="exchanges.exchange"
            ),
        ),
        migrations.AddField(
            model_name="finalactivityreport",
            name="handed_in_file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="finalactivityreport",
            name="pdf",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="financialagreement",
            name="edited_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="financialagreement",
            name="exchange",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="agreement", to="exchanges.exchange"
            ),
        ),
        migrations.AddField(
            model_name="faversion",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="exchanges.financialagreement"
            ),
        ),
        migrations.AddField(
            model_name="ownpart",
            name="edited_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="ownpart",
            name="exchange",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="own_part", to="exchanges.exchange"
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="exchange",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="payment", to="exchanges.exchange"
            ),
        ),
        migrations.AddField(
            model_name="instalment",
            name="payment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="instalments", to="exchanges.payment"
            ),
        ),
        migrations.AddField(
            model_name="recordedsubmission",
            name="exchange",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="exchanges.exchange",
            ),
        ),
        migrations.AddField(
            model_name="recordedsubmission",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="profiles.partnership"
            ),
        ),
        migrations.AddField(
            model_name="sharedpart",
            name="edited_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sharedpartcomment",
            name="by_user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="sharedpartcomment",
            name="shared_part",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="exchanges.sharedpart"
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="ctq_version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signatures",
                to="exchanges.ctqversion",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="entered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="fa_version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signatures",
                to="exchanges.faversion",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="scan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile", verbose_name="scan"
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="signer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="host_profile",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="profiles.profile"
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="lead",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="profiles.partnership",
                verbose_name="lead",
            ),
        ),
        migrations.AddField(
            model_name="sharedpart",
            name="visit",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="shared_part", to="exchanges.visit"
            ),
        ),
        migrations.AddField(
            model_name="exchange",
            name="visit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="exchanges", to="exchanges.visit"
            ),
        ),
        migrations.AddField(
            model_name="daymark",
            name="visit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="day_marks", to="exchanges.visit"
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="visit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="agenda_items", to="exchanges.visit"
            ),
        ),
        migrations.AddField(
            model_name="visitplan",
            name="plan",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="matching.plan"
            ),
        ),
        migrations.AddField(
            model_name="visitplan",
            name="visit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="plans", to="exchanges.visit"
            ),
        ),
        migrations.AddField(
            model_name="visitproposal",
            name="match",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="matching.match"
            ),
        ),
        migrations.AddField(
            model_name="visitproposal",
            name="visit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="exchanges.visit"
            ),
        ),
        migrations.AddField(
            model_name="waitinglistentry",
            name="visit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="waiting_list_entries", to="exchanges.visit"
            ),
        ),
        migrations.AddField(
            model_name="waitinglistentry",
            name="visiting_profile",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="profiles.profile"
            ),
        ),
        migrations.AddField(
            model_name="visitproposal",
            name="waiting_list_entry",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="proposals",
                to="exchanges.waitinglistentry",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentclauses",
            constraint=models.UniqueConstraint(
                fields=("kind", "generation", "number"), name="one_text_a_version_of_clauses", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="documentclauses",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["ctq_physical", "ctq_virtual", "fa", "far", "funding", "disclaimer"])),
                name="clause_kind_exists",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentclauses",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="clauses_have_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "accepted", "returned"])), name="evidence_state_exists"
            ),
        ),
        migrations.AddConstraint(
            model_name="daynotworked",
            constraint=models.UniqueConstraint(fields=("exchange", "day"), name="one_day_off_a_day"),
        ),
        migrations.AddConstraint(
            model_name="daynotworked",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="day_off_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="ctqversion",
            constraint=models.UniqueConstraint(fields=("exchange", "number"), name="one_ctq_a_number"),
        ),
        migrations.AddConstraint(
            model_name="ctqversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_editorial", False), ("follows__isnull", False), _connector="OR"),
                name="editorial_version_follows_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.UniqueConstraint(fields=("exchange", "side"), name="one_feedback_a_side"),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.CheckConstraint(
                condition=models.Q(("rating__gte", 1), ("rating__lte", 5)), name="rating_1_to_5"
            ),
        ),
        migrations.AddConstraint(
            model_name="finalactivityreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "accepted", "returned"])),
                name="report_state_exists",
            ),
        ),
        migrations.AddConstraint(
            model_name="finalactivityreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("satisfaction__isnull", True),
                    models.Q(("satisfaction__gte", 1), ("satisfaction__lte", 5)),
                    _connector="OR",
                ),
                name="satisfaction_1_to_5",
            ),
        ),
        migrations.AddConstraint(
            model_name="financialagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "ready", "validated", "returned", "signed"])),
                name="agreement_state_exists",
            ),
        ),
        migrations.AddConstraint(
            model_name="financialagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("iban", ""), ("account_number", ""), _connector="OR"), name="agreement_one_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="faversion",
            constraint=models.UniqueConstraint(fields=("agreement", "number"), name="one_agreement_a_number"),
        ),
        migrations.AddConstraint(
            model_name="faversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0), ("amount__lte", models.F("ceiling"))),
                name="agreement_within_ceiling",
            ),
        ),
        migrations.AddConstraint(
            model_name="faversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("iban", ""), ("account_number", ""), _connector="OR"),
                name="agreement_version_one_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "ready", "validated", "returned", "signed"])),
                name="own_part_state_exists",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("follow_up_months__gte", 2), ("follow_up_months__lte", 12)),
                name="follow_up_in_2_to_12_months",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["due", "paid"])), name="payment_state_exists"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payment_above_zero"),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paid_amount", 0), ("paid_on__isnull", True)),
                    models.Q(("paid_amount__gt", 0), ("paid_on__isnull", False)),
                    _connector="OR",
                ),
                name="paid_with_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paid_amount__lt", models.F("amount")), ("state", "due")),
                    models.Q(("paid_amount", models.F("amount")), ("state", "paid")),
                    _connector="OR",
                ),
                name="paid_when_in_full",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="instalment_above_zero"),
        ),
        migrations.AddConstraint(
            model_name="recordedsubmission",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["submitted", "accepted", "returned"])), name="entry_state_exists"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ctq_version__isnull", False), ("fa_version__isnull", True)),
                    models.Q(("ctq_version__isnull", True), ("fa_version__isnull", False)),
                    _connector="OR",
                ),
                name="signature_on_one_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(("fa_version__isnull", True), ("party__in", ["vo", "vop"]), _connector="OR"),
                name="agreement_signed_by_visitor_and_vop",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_repeat", False)),
                fields=("ctq_version", "party"),
                name="ctq_version_signed_once_by_a_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_repeat", False)),
                fields=("fa_version", "party"),
                name="fa_version_signed_once_by_a_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "open"])), name="visit_state_exists"
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))), name="visit_dates_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("places__isnull", True), ("places__gte", 1), _connector="OR"),
                name="visit_has_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "open"), _negated=True),
                    models.Q(
                        models.Q(("outline", ""), _negated=True),
                        ("last_day_to_ask__isnull", False),
                        ("last_day_to_ask__lt", models.F("first_day")),
                    ),
                    _connector="OR",
                ),
                name="open_visit_says_what_and_until_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "ready", "validated", "returned", "signed"])),
                name="shared_part_state_exists",
            ),
        ),
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(fields=["state", "agreed_start"], name="exchange_to_start"),
        ),
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(fields=["generation", "modality", "state"], name="exchange_counted"),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "preparation", "ready", "ongoing", "closed", "cancelled"])),
                name="exchange_state_exists",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("modality", "physical"), ("state__in", ("preparation", "ready", "ongoing", "closed"))
                ),
                fields=("organisation", "generation"),
                name="one_physical_exchange",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("match",),
                name="one_exchange_a_match",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreed_lump_sum__isnull", True),
                    models.Q(("agreed_lump_sum__gte", 0), ("modality", "physical")),
                    _connector="OR",
                ),
                name="no_money_for_a_virtual_exchange",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("frozen_ceiling__isnull", True),
                    ("agreed_lump_sum__isnull", True),
                    ("agreed_lump_sum__lte", models.F("frozen_ceiling")),
                    _connector="OR",
                ),
                name="amount_within_frozen_ceiling",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payable__isnull", True),
                    models.Q(("payable__gte", 0), ("payable__lte", models.F("agreed_lump_sum"))),
                    _connector="OR",
                ),
                name="payable_within_the_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["ready", "ongoing", "closed"]), _negated=True),
                    models.Q(
                        ("agreed_end__gte", models.F("agreed_start")),
                        ("agreed_start__isnull", False),
                        ("agreed_working_days__gte", 1),
                    ),
                    _connector="OR",
                ),
                name="ready_with_agreed_figures",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("actual_end__isnull", True), ("actual_end__gte", models.F("actual_start")), _connector="OR"
                ),
                name="actual_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="daymark",
            constraint=models.UniqueConstraint(fields=("visit", "day"), name="one_mark_a_day"),
        ),
        migrations.AddConstraint(
            model_name="daymark",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_worked", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="day_not_worked_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("starts"))), name="agenda_item_times_in_order"
            ),
        ),
        migrations.AddIndex(
            model_name="waitinglistentry",
            index=models.Index(fields=["visit", "state", "asked_at"], name="waiting_in_order"),
        ),
        migrations.AddConstraint(
            model_name="waitinglistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "offered", "left"])), name="waiting_state_exists"
            ),
        ),
        migrations.AddConstraint(
            model_name="waitinglistentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("visit", "visiting_profile"),
                name="one_waiting_list_entry_a_profile",
            ),
        ),
    ]
