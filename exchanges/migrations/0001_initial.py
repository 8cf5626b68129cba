from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import localflavor.generic.models
from django.db import migrations, models

import cxc.clock
import cxc.core.models.text


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("starts", models.TimeField(verbose_name="from")),
                ("ends", models.TimeField(verbose_name="to")),
                ("title", cxc.core.models.text.OneLineField(max_length=200, verbose_name="what")),
                ("place", cxc.core.models.text.OneLineField(blank=True, max_length=200, verbose_name="where")),
                ("leader", cxc.core.models.text.OneLineField(max_length=200, verbose_name="led by")),
                ("is_feedback", models.BooleanField(default=False, verbose_name="feedback time")),
            ],
            options={
                "verbose_name": "agenda item",
                "verbose_name_plural": "agenda",
                "ordering": ["day", "starts", "id"],
            },
        ),
        migrations.CreateModel(
            name="DayMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("is_worked", models.BooleanField(verbose_name="worked")),
                ("reason", cxc.core.models.text.OneLineField(blank=True, max_length=200, verbose_name="reason")),
            ],
            options={
                "verbose_name": "day mark",
                "verbose_name_plural": "day marks",
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="DayNotWorked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("reason", cxc.core.models.text.OneLineField(max_length=200, verbose_name="reason")),
            ],
            options={
                "verbose_name": "day not worked",
                "verbose_name_plural": "days not worked",
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="DocumentClauses",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ctq_physical", "Commitment to Quality, physical exchange"),
                            ("ctq_virtual", "Commitment to Quality, virtual exchange"),
                            ("fa", "Financial Agreement"),
                            ("far", "Final Activity Report"),
                            ("funding", "Funding line of all documents"),
                            ("disclaimer", "Disclaimer of all documents"),
                        ],
                        max_length=20,
                        verbose_name="document",
                    ),
                ),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="version")),
                (
                    "text",
                    cxc.core.models.text.FreeTextField(
                        help_text="An empty line parts clauses. A line that begins with ## is a heading, **words** at the beginning of a clause are its title, {placeholders} are filled in from the exchange.",
                        max_length=40000,
                        verbose_name="text",
                    ),
                ),
                ("valid_from", models.DateField(default=cxc.clock.today, verbose_name="valid from")),
                ("note", cxc.core.models.text.OneLineField(blank=True, max_length=200, verbose_name="what changed")),
                ("made_at", models.DateTimeField(default=cxc.clock.now, editable=False, verbose_name="entered at")),
            ],
            options={
                "verbose_name": "clauses of documents",
                "verbose_name_plural": "clauses of documents",
                "ordering": ["kind", "generation", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for an answer"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hotel", "Hotel invoice"),
                            ("rent", "Rent contract"),
                            ("boarding", "Boarding passes or tickets"),
                            ("host_letter", "Letter from the host organisation"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("note", cxc.core.models.text.OneLineField(blank=True, max_length=200, verbose_name="note")),
                (
                    "uploaded_side",
                    models.CharField(
                        choices=[
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
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("uploaded_at", models.DateTimeField(default=cxc.clock.now, editable=False)),
                (
                    "comments",
                    cxc.core.models.text.FreeTextField(
                        blank=True, editable=False, max_length=5000, verbose_name="why it was returned"
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["uploaded_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Exchange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "modality",
                    models.CharField(
                        choices=[("physical", "Physical"), ("virtual", "Virtual")],
                        editable=False,
                        max_length=10,
                        verbose_name="modality",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("preparation", "Preparation"),
                            ("ready", "Ready to start"),
                            ("ongoing", "Ongoing"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("planned_start", models.DateField(blank=True, null=True, verbose_name="planned start")),
                ("planned_end", models.DateField(blank=True, null=True, verbose_name="planned end")),
                ("planned_working_days", models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                (
                    "planned_lump_sum",
                    models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=8, null=True),
                ),
                ("agreed_start", models.DateField(blank=True, null=True, verbose_name="agreed start")),
                ("agreed_end", models.DateField(blank=True, null=True, verbose_name="agreed end")),
                ("agreed_working_days", models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                (
                    "agreed_lump_sum",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="lump sum (EUR)"
                    ),
                ),
                ("actual_start", models.DateField(blank=True, null=True, verbose_name="actual start")),
                ("actual_end", models.DateField(blank=True, null=True, verbose_name="actual end")),
                ("actual_working_days", models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                (
                    "ceiling_override",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="higher ceiling for this exchange (EUR)",
                    ),
                ),
                (
                    "frozen_ceiling",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="ceiling frozen with the agreement (EUR)",
                    ),
                ),
                (
                    "payable",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="payable (EUR)"
                    ),
                ),
                (
                    "payable_why",
                    cxc.core.models.text.FreeTextField(
                        blank=True, max_length=2000, verbose_name="why it departs from the pay-out rule"
                    ),
                ),
                ("payable_accepted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "one_signatory_reason",
                    cxc.core.models.text.FreeTextField(
                        blank=True,
                        editable=False,
                        max_length=5000,
                        verbose_name="why one person may sign for several bodies",
                    ),
                ),
                (
                    "cancel_asked_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="asked to cancel at"),
                ),
                ("cancel_asked_by", models.CharField(blank=True, editable=False, max_length=20)),
                ("cancel_asked_why", cxc.core.models.text.FreeTextField(blank=True, editable=False, max_length=5000)),
                ("created_at", models.DateTimeField(default=cxc.clock.now, editable=False)),
                ("ready_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("started_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("is_recorded", models.BooleanField(default=False, editable=False, verbose_name="recorded afterwards")),
                ("row_version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "exchange",
                "verbose_name_plural": "exchanges",
                "ordering": ["-id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FaVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("content", models.JSONField(verbose_name="content")),
                ("made_at", models.DateTimeField(verbose_name="validated at")),
                (
                    "account_number",
                    cxc.core.models.text.OneLineField(blank=True, max_length=34, verbose_name="account number"),
                ),
                ("bic", cxc.core.models.text.OneLineField(blank=True, max_length=11, verbose_name="BIC")),
                (
                    "bank_name",
                    cxc.core.models.text.OneLineField(blank=True, max_length=100, verbose_name="name of the bank"),
                ),
                ("iban", models.CharField(blank=True, max_length=34)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="amount (EUR)")),
                ("ceiling", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="ceiling (EUR)")),
            ],
            options={
                "verbose_name": "Financial Agreement version",
                "verbose_name_plural": "Financial Agreement versions",
                "ordering": ["agreement", "number"],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("vo", "Visiting organisation"), ("ho", "Host organisation")],
                        max_length=3,
                        verbose_name="from",
                    ),
                ),
                (
                    "rating",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="rating (1 to 5)",
                    ),
                ),
                ("text", cxc.core.models.text.FreeTextField(blank=True, max_length=2000, verbose_name="text")),
                ("given_at", models.DateTimeField(default=cxc.clock.now)),
            ],
            options={
                "verbose_name": "feedback",
                "verbose_name_plural": "feedback",
            },
        ),
        migrations.CreateModel(
            name="FinalActivityReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=1, editable=False)),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("returned", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "activities",
                    cxc.core.models.text.FreeTextField(
                        blank=True, max_length=5000, verbose_name="activities against the agenda"
                    ),
                ),
                (
                    "departures",
                    cxc.core.models.text.FreeTextField(
                        blank=True, max_length=5000, verbose_name="departures from the agenda"
                    ),
                ),
                ("outcomes", cxc.core.models.text.FreeTextField(blank=True, max_length=5000, verbose_name="outcomes")),
                (
                    "contacts",
                    cxc.core.models.text.FreeTextField(blank=True, max_length=5000, verbose_name="contacts made"),
                ),
                (
                    "follow_up",
                    cxc.core.models.text.FreeTextField(blank=True, max_length=5000, verbose_name="follow-up"),
                ),
                (
                    "satisfaction",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="satisfaction (1 to 5)",
                    ),
                ),
                ("story_consent", models.BooleanField(default=False, verbose_name="may be told as a success story")),
                (
                    "story",
                    cxc.core.models.text.FreeTextField(blank=True, max_length=5000, verbose_name="success story"),
                ),
                ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("accepted_by_label", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "comments",
                    cxc.core.models.text.FreeTextField(
                        blank=True, editable=False, max_length=5000, verbose_name="why it was returned"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "Final Activity Report",
                "verbose_name_plural": "Final Activity Reports",
            },
        ),
        migrations.CreateModel(
            name="FinancialAgreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=1, editable=False)),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("returned", models.JSONField(blank=True, default=dict, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("validated_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "comments",
                    cxc.core.models.text.FreeTextField(
                        blank=True, editable=False, max_length=5000, verbose_name="comments of the Support Office"
                    ),
                ),
                ("ready_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("validated_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "account_number",
                    cxc.core.models.text.OneLineField(blank=True, max_length=34, verbose_name="account number"),
                ),
                ("bic", cxc.core.models.text.OneLineField(blank=True, max_length=11, verbose_name="BIC")),
                (
                    "bank_name",
                    cxc.core.models.text.OneLineField(blank=True, max_length=100, verbose_name="name of the bank"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("ready", "Ready for validation"),
                            ("validated", "Validated"),
                            ("returned", "Returned with comments"),
                            ("signed", "Signed"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("payee", cxc.core.models.text.OneLineField(blank=True, max_length=200, verbose_name="payee")),
                (
                    "iban",
                    localflavor.generic.models.IBANField(
                        blank=True,
                        include_countries=None,
                        max_length=34,
                        use_nordea_extensions=False,
                        verbose_name="IBAN",
                    ),
                ),
                (
                    "payment_terms",
                    cxc.core.models.text.FreeTextField(blank=True, max_length=2000, verbose_name="payment terms"),
                ),
                ("is_support_office_version", models.BooleanField(default=False, editable=False)),
                ("iban_erased_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "verbose_name": "Financial Agreement",
                "verbose_name_plural": "Financial Agreements",
            },
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paid_on", models.DateField(verbose_name="paid on")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="amount (EUR)")),
                ("reference", cxc.core.models.text.OneLineField(max_length=300, verbose_name="reference")),
                ("entered_at", models.DateTimeField(default=cxc.clock.now, editable=False)),
            ],
            options={
                "verbose_name": "instalment",
                "verbose_name_plural": "instalments",
                "ordering": ["paid_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="OwnPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=1, editable=False)),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("returned", models.JSONField(blank=True, default=dict, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("validated_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "comments",
                    cxc.core.models.text.FreeTextField(
                        blank=True, editable=False, max_length=5000, verbose_name="comments of the Support Office"
                    ),
                ),
                ("ready_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("validated_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("ready", "Ready for validation"),
                            ("validated", "Validated"),
                            ("returned", "Returned with comments"),
                            ("signed", "Signed"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "objectives",
                    cxc.core.models.text.FreeTextField(blank=True, max_length=5000, verbose_name="objectives"),
                ),
                (
                    "outcomes",
                    cxc.core.models.text.FreeTextField(blank=True, max_length=5000, verbose_name="expected outcomes"),
                ),
                (
                    "follow_up",
                    cxc.core.models.text.FreeTextField(blank=True, max_length=5000, verbose_name="follow-up"),
                ),
                (
                    "follow_up_months",
                    models.PositiveSmallIntegerField(
                        default=6,
                        validators=[
                            django.core.validators.MinValueValidator(2),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="follow-up after months",
                    ),
                ),
                (
                    "responsibilities",
                    cxc.core.models.text.FreeTextField(blank=True, max_length=5000, verbose_name="responsibilities"),
                ),
            ],
            options={
                "verbose_name": "own part of the CTQ",
                "verbose_name_plural": "own parts of the CTQ",
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("due", "Due"), ("paid", "Paid")],
                        default="due",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="amount (EUR)")),
                ("due_on", models.DateField(verbose_name="due on")),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="paid on")),
                (
                    "paid_amount",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), max_digits=8, verbose_name="paid (EUR)"
                    ),
                ),
                ("created_at", models.DateTimeField(default=cxc.clock.now, editable=False)),
            ],
            options={
                "verbose_name": "payment",
                "verbose_name_plural": "payments",
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="RecordedSubmission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("submitted", "Submitted"), ("accepted", "Accepted"), ("returned", "Returned")],
                        default="submitted",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("payload", models.JSONField(default=dict, verbose_name="what took place")),
                ("source", cxc.core.models.text.OneLineField(max_length=200, verbose_name="where this is known from")),
                (
                    "comments",
                    cxc.core.models.text.FreeTextField(
                        blank=True, editable=False, max_length=5000, verbose_name="comments of the Support Office"
                    ),
                ),
                ("submitted_at", models.DateTimeField(default=cxc.clock.now, editable=False)),
            ],
            options={
                "verbose_name": "exchange recorded afterwards",
                "verbose_name_plural": "exchanges recorded afterwards",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="SharedPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=1, editable=False)),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("returned", models.JSONField(blank=True, default=dict, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("validated_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "comments",
                    cxc.core.models.text.FreeTextField(
                        blank=True, editable=False, max_length=5000, verbose_name="comments of the Support Office"
                    ),
                ),
                ("ready_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("validated_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("ready", "Ready for validation"),
                            ("validated", "Validated"),
                            ("returned", "Returned with comments"),
                            ("signed", "Signed"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("goals", cxc.core.models.text.FreeTextField(blank=True, max_length=5000, verbose_name="goals")),
                (
                    "mutual_learning",
                    cxc.core.models.text.FreeTextField(blank=True, max_length=5000, verbose_name="mutual learning"),
                ),
                (
                    "learning_between_visitors",
                    cxc.core.models.text.FreeTextField(
                        blank=True, max_length=5000, verbose_name="learning between visitors"
                    ),
                ),
                (
                    "feedback_time",
                    cxc.core.models.text.FreeTextField(
                        blank=True, max_length=5000, verbose_name="feedback time after each visit"
                    ),
                ),
                (
                    "external_event",
                    cxc.core.models.text.FreeTextField(blank=True, max_length=5000, verbose_name="external event"),
                ),
                ("is_editorial", models.BooleanField(default=False, editable=False, verbose_name="editorial version")),
                ("substance_version", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "shared part of the CTQ",
                "verbose_name_plural": "shared parts of the CTQ",
            },
        ),
        migrations.CreateModel(
            name="SharedPartComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("principal_label", models.CharField(max_length=300)),
                ("text", cxc.core.models.text.FreeTextField(max_length=2000, verbose_name="remark")),
                ("made_at", models.DateTimeField(default=cxc.clock.now)),
            ],
            options={
                "verbose_name": "remark",
                "verbose_name_plural": "remarks",
                "ordering": ["made_at"],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("vo", "Visiting organisation"),
                            ("ho", "Host organisation"),
                            ("vop", "Visitor's Partnership"),
                            ("hop", "Host's Partnership"),
                        ],
                        max_length=3,
                        verbose_name="party",
                    ),
                ),
                ("principal_label", models.CharField(max_length=300, verbose_name="for")),
                ("signer_name", models.CharField(max_length=120, verbose_name="name")),
                ("signer_function", models.CharField(blank=True, max_length=120, verbose_name="function")),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("entered_at", models.DateTimeField(default=cxc.clock.now)),
                ("is_repeat", models.BooleanField(default=False, editable=False)),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "ordering": ["entered_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "modality",
                    models.CharField(
                        choices=[("physical", "Physical"), ("virtual", "Virtual")],
                        max_length=10,
                        verbose_name="modality",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("open", "Open to visitors")],
                        default="planned",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("title", cxc.core.models.text.OneLineField(blank=True, max_length=150, verbose_name="title")),
                ("city", cxc.core.models.text.OneLineField(blank=True, max_length=100, verbose_name="city")),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                ("time_zone", models.CharField(max_length=40, verbose_name="time zone")),
                (
                    "places",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: as the host says.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="places",
                    ),
                ),
                ("outline", cxc.core.models.text.FreeTextField(blank=True, max_length=2000, verbose_name="outline")),
                ("last_day_to_ask", models.DateField(blank=True, null=True, verbose_name="last day to ask")),
                ("has_waiting_list", models.BooleanField(default=True, verbose_name="keeps a waiting list")),
                ("created_at", models.DateTimeField(default=cxc.clock.now, editable=False)),
                ("row_version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "visit",
                "verbose_name_plural": "visits",
                "ordering": ["-first_day", "-id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="VisitPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "plan for a visit",
                "verbose_name_plural": "plans for visits",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="VisitProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField(default=cxc.clock.now, editable=False)),
            ],
            options={
                "verbose_name": "proposal for a visit",
                "verbose_name_plural": "proposals for visits",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="WaitingListEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("offered", "A place was offered"), ("left", "Left the list")],
                        default="waiting",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=cxc.clock.now, editable=False, verbose_name="asked at")),
                ("message", cxc.core.models.text.FreeTextField(blank=True, max_length=2000, verbose_name="message")),
            ],
            options={
                "verbose_name": "waiting list entry",
                "verbose_name_plural": "waiting list entries",
                "ordering": ["asked_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="CtqVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("content", models.JSONField(verbose_name="content")),
                ("made_at", models.DateTimeField(verbose_name="validated at")),
                ("shared_version", models.PositiveIntegerField()),
                ("own_version", models.PositiveIntegerField()),
                ("is_editorial", models.BooleanField(default=False, verbose_name="editorial")),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="exchanges.ctqversion",
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "CTQ version",
                "verbose_name_plural": "CTQ versions",
                "ordering": ["exchange", "number"],
            },
        ),
    ]
