import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import cxc.clock
import cxc.core.email_addresses
import cxc.core.folding
import cxc.core.models.text
import profiles.models.people
import profiles.models.preferences
import profiles.models.reference_data
import profiles.postal


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("core", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExchangeType",
            fields=[
                ("bit", models.PositiveSmallIntegerField(editable=False, unique=True, verbose_name="bit number")),
                ("code", models.SlugField(primary_key=True, serialize=False, verbose_name="code")),
                ("name", cxc.core.models.text.OneLineField(max_length=80, unique=True, verbose_name="name")),
            ],
            options={
                "verbose_name": "exchange type",
                "verbose_name_plural": "exchange types",
                "ordering": ["name__in_language__folded"],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("bit", models.PositiveSmallIntegerField(editable=False, unique=True, verbose_name="bit number")),
                ("code", models.SlugField(primary_key=True, serialize=False, verbose_name="code")),
                ("name", cxc.core.models.text.OneLineField(max_length=100, unique=True, verbose_name="name")),
                ("group", cxc.core.models.text.OneLineField(max_length=100, verbose_name="group")),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ["group__in_language__folded", "name__in_language__folded"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", cxc.core.email_addresses.AddressField(max_length=254, unique=True, verbose_name="e-mail")),
                ("full_name", cxc.core.models.text.OneLineField(blank=True, max_length=120, verbose_name="name")),
                ("job_title", cxc.core.models.text.OneLineField(blank=True, max_length=120, verbose_name="function")),
                ("phone", cxc.core.models.text.OneLineField(blank=True, max_length=40, verbose_name="telephone")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="Of the screens and of mails. Left empty: as the browser says, and mails in English.",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("is_support_office", models.BooleanField(default=False, verbose_name="Support Office")),
                ("is_observer", models.BooleanField(default=False, verbose_name="observer")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("date_joined", models.DateTimeField(default=cxc.clock.now, verbose_name="joined")),
                ("anonymised_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["email"],
            },
        ),
        migrations.CreateModel(
            name="Country",
            fields=[
                ("bit", models.PositiveSmallIntegerField(editable=False, unique=True, verbose_name="bit number")),
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name="code")),
                ("name", cxc.core.models.text.OneLineField(max_length=60, unique=True, verbose_name="name")),
                ("time_zone", models.CharField(max_length=40, verbose_name="time zone")),
                (
                    "has_iban",
                    models.BooleanField(
                        default=True,
                        help_text="Where they have none, account number, BIC and name of the bank are asked.",
                        verbose_name="bank accounts have an IBAN",
                    ),
                ),
            ],
            options={
                "verbose_name": "country",
                "verbose_name_plural": "countries",
                "ordering": ["name__in_language__folded"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Z]{2}$")),
                        name="country_code_in_capitals",
                        violation_error_message="A country's code is two capital letters.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClusterOrganisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", cxc.core.models.text.OneLineField(max_length=200, verbose_name="name")),
                ("city", cxc.core.models.text.OneLineField(blank=True, max_length=100, verbose_name="city")),
                ("website", cxc.core.models.text.WebAddressField(blank=True, verbose_name="website")),
                ("is_registered", models.BooleanField(default=True, verbose_name="in the register")),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="profiles.country",
                        verbose_name="country",
                    ),
                ),
            ],
            options={
                "verbose_name": "cluster organisation",
                "verbose_name_plural": "cluster register",
                "ordering": ["name__folded"],
            },
        ),
        migrations.CreateModel(
            name="Generation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(unique=True, verbose_name="code")),
                ("name", cxc.core.models.text.OneLineField(max_length=60, verbose_name="name")),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                (
                    "last_virtual_day",
                    models.DateField(blank=True, null=True, verbose_name="last day for virtual exchanges"),
                ),
                (
                    "visitor_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("cluster", "Cluster organisation"),
                                ("business_network", "Business network organisation"),
                                ("support", "Scaling-up support organisation"),
                                ("sme", "Small or medium-sized enterprise"),
                                ("large_company", "Large company"),
                                ("training_provider", "Training provider"),
                                ("public_authority", "Public authority"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                        verbose_name="visitor kinds",
                    ),
                ),
                (
                    "host_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("cluster", "Cluster organisation"),
                                ("business_network", "Business network organisation"),
                                ("support", "Scaling-up support organisation"),
                                ("sme", "Small or medium-sized enterprise"),
                                ("large_company", "Large company"),
                                ("training_provider", "Training provider"),
                                ("public_authority", "Public authority"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                        verbose_name="host kinds",
                    ),
                ),
                (
                    "min_working_days",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="least working days",
                    ),
                ),
                (
                    "max_stay_months",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="longest stay in months",
                    ),
                ),
                (
                    "physical_per_visitor",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, verbose_name="physical exchanges per visitor"
                    ),
                ),
                (
                    "countries",
                    models.ManyToManyField(
                        related_name="+", to="profiles.country", verbose_name="participating countries"
                    ),
                ),
            ],
            options={
                "verbose_name": "generation",
                "verbose_name_plural": "generations",
                "ordering": ["-first_day"],
            },
        ),
        migrations.CreateModel(
            name="LumpSumCeiling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="ceiling (EUR)")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ceilings",
                        to="profiles.country",
                        verbose_name="country",
                    ),
                ),
            ],
            options={
                "verbose_name": "lump sum ceiling",
                "verbose_name_plural": "lump sum ceilings",
                "ordering": ["country", "valid_from"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "Owner"), ("editor", "Editor"), ("reader", "Reader")],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("is_signatory", models.BooleanField(default=False, verbose_name="may sign")),
                ("joined_at", models.DateTimeField(default=cxc.clock.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "member",
                "verbose_name_plural": "members",
                "ordering": ["organisation", "user"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=1, editable=False)),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("legal_name", cxc.core.models.text.OneLineField(max_length=200, verbose_name="legal name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cluster", "Cluster organisation"),
                            ("business_network", "Business network organisation"),
                            ("support", "Scaling-up support organisation"),
                            ("sme", "Small or medium-sized enterprise"),
                            ("large_company", "Large company"),
                            ("training_provider", "Training provider"),
                            ("public_authority", "Public authority"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "street",
                    cxc.core.models.text.OneLineField(blank=True, max_length=250, verbose_name="street and number"),
                ),
                (
                    "postal_code",
                    cxc.core.models.text.OneLineField(blank=True, max_length=20, verbose_name="postal code"),
                ),
                ("city", cxc.core.models.text.OneLineField(max_length=100, verbose_name="city")),
                ("website", cxc.core.models.text.WebAddressField(blank=True, verbose_name="website")),
                (
                    "registration_number",
                    profiles.postal.RegistrationNumberField(
                        blank=True, max_length=60, verbose_name="registration number"
                    ),
                ),
                ("staff_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="number of staff")),
                ("mission", cxc.core.models.text.FreeTextField(blank=True, max_length=2000, verbose_name="mission")),
                ("created_at", models.DateTimeField(default=cxc.clock.now, editable=False)),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        help_text="The registered cluster that it is, or belongs to.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="profiles.clusterorganisation",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="profiles.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "members",
                    models.ManyToManyField(
                        related_name="+", through="profiles.Membership", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["legal_name__folded"],
            },
            bases=(profiles.postal.PostalAddress, models.Model),
        ),
        migrations.CreateModel(
            name="MembershipRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message", cxc.core.models.text.OneLineField(blank=True, max_length=200, verbose_name="message")),
                ("asked_at", models.DateTimeField(default=cxc.clock.now, verbose_name="asked at")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                ("is_accepted", models.BooleanField(default=False, verbose_name="accepted")),
                ("answer", cxc.core.models.text.OneLineField(blank=True, max_length=200, verbose_name="answer")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="membership_requests",
                        to="profiles.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "request to join",
                "verbose_name_plural": "requests to join",
                "ordering": ["asked_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="membership",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="profiles.organisation"
            ),
        ),
        migrations.CreateModel(
            name="EligibilityException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("approved_by", cxc.core.models.text.OneLineField(max_length=200, verbose_name="approved by")),
                ("approved_on", models.DateField(verbose_name="approved on")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="file",
                    ),
                ),
                (
                    "generation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="profiles.generation"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="profiles.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "eligibility exception",
                "verbose_name_plural": "eligibility exceptions",
                "ordering": ["-approved_on"],
            },
        ),
        migrations.CreateModel(
            name="ClusterRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", cxc.core.models.text.OneLineField(max_length=200, verbose_name="name of the cluster")),
                ("asked_at", models.DateTimeField(default=cxc.clock.now, verbose_name="asked at")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "refusal",
                    cxc.core.models.text.FreeTextField(
                        blank=True, max_length=2000, verbose_name="reason for the refusal"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="profiles.clusterorganisation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cluster_requests",
                        to="profiles.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "cluster request",
                "verbose_name_plural": "cluster requests",
                "ordering": ["asked_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("acronym", cxc.core.models.text.OneLineField(max_length=60, unique=True, verbose_name="acronym")),
                ("full_name", cxc.core.models.text.OneLineField(max_length=300, verbose_name="full name")),
                (
                    "address",
                    cxc.core.models.text.OneLineField(
                        blank=True,
                        help_text="Public. Contracts print the coordinating organisation's.",
                        max_length=250,
                        verbose_name="contact address",
                    ),
                ),
                ("website", cxc.core.models.text.WebAddressField(blank=True, verbose_name="website")),
                ("summary", cxc.core.models.text.FreeTextField(blank=True, max_length=2000, verbose_name="summary")),
                ("note", cxc.core.models.text.OneLineField(blank=True, max_length=200, verbose_name="note")),
                (
                    "clusters",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="profiles.clusterorganisation", verbose_name="clusters"
                    ),
                ),
                (
                    "countries",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="profiles.country", verbose_name="countries"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="profiles.country",
                        verbose_name="seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "Partnership",
                "verbose_name_plural": "Partnerships",
                "ordering": ["acronym__folded"],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("target", models.PositiveIntegerField(default=0, verbose_name="target number of exchanges")),
                ("last_day", models.DateField(verbose_name="last day")),
                (
                    "grant_agreement_number",
                    cxc.core.models.text.OneLineField(
                        blank=True,
                        help_text="Of the Partnership's grant in this generation. Its contracts print it.",
                        max_length=60,
                        verbose_name="grant agreement number",
                    ),
                ),
                (
                    "generation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="profiles.generation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="profiles.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "participation",
                "verbose_name_plural": "participations",
                "ordering": ["generation", "partnership"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", cxc.core.email_addresses.AddressField(max_length=254, verbose_name="e-mail")),
                ("role", models.CharField(max_length=20, verbose_name="role")),
                ("is_signatory", models.BooleanField(default=False, verbose_name="may sign")),
                (
                    "secret",
                    models.CharField(
                        default=profiles.models.people._secret, editable=False, max_length=64, unique=True
                    ),
                ),
                ("invited_at", models.DateTimeField(default=cxc.clock.now)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="profiles.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="profiles.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["-invited_at"],
            },
        ),
        migrations.CreateModel(
            name="CoordinatingOrganisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_name", cxc.core.models.text.OneLineField(max_length=200, verbose_name="legal name")),
                (
                    "registration_number",
                    profiles.postal.RegistrationNumberField(
                        help_text="Write “none” if there is none.", max_length=60, verbose_name="registration number"
                    ),
                ),
                ("street", cxc.core.models.text.OneLineField(max_length=250, verbose_name="street and number")),
                ("postal_code", cxc.core.models.text.OneLineField(max_length=20, verbose_name="postal code")),
                ("city", cxc.core.models.text.OneLineField(max_length=100, verbose_name="city")),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="profiles.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coordinating_organisation",
                        to="profiles.partnership",
                        verbose_name="Partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "coordinating organisation",
                "verbose_name_plural": "coordinating organisations",
                "ordering": ["partnership"],
            },
            bases=(profiles.postal.PostalAddress, models.Model),
        ),
        migrations.CreateModel(
            name="PartnershipMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("coordinator", "Coordinator"), ("reader", "Reader")],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("is_signatory", models.BooleanField(default=False, verbose_name="may sign")),
                ("joined_at", models.DateTimeField(default=cxc.clock.now)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="profiles.partnership",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partnership_memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Partnership member",
                "verbose_name_plural": "Partnership members",
                "ordering": ["partnership", "user"],
            },
        ),
        migrations.AddField(
            model_name="partnership",
            name="members",
            field=models.ManyToManyField(
                related_name="+", through="profiles.PartnershipMembership", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.CreateModel(
            name="PayoutStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_days",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="from working days"
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="percent of the ceiling",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="payout_steps",
                        to="profiles.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "pay-out step",
                "verbose_name_plural": "pay-out rule",
                "ordering": ["from_days"],
            },
        ),
        migrations.CreateModel(
            name="Preferences",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekly_mail", models.BooleanField(default=True, verbose_name="weekly to-do mail")),
                (
                    "unsubscribe_key",
                    models.CharField(
                        default=profiles.models.preferences.new_key, editable=False, max_length=64, unique=True
                    ),
                ),
                ("calendar_key", models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True)),
                ("last_week_handled", models.DateField(blank=True, editable=False, null=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preferences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "preferences",
                "verbose_name_plural": "preferences",
            },
        ),
        migrations.CreateModel(
            name="Sector",
            fields=[
                ("bit", models.PositiveSmallIntegerField(editable=False, unique=True, verbose_name="bit number")),
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name="division")),
                ("title", cxc.core.models.text.OneLineField(max_length=200, verbose_name="title")),
                ("section", models.CharField(max_length=1, verbose_name="section")),
                ("section_title", cxc.core.models.text.OneLineField(max_length=200, verbose_name="section title")),
            ],
            options={
                "verbose_name": "sector",
                "verbose_name_plural": "sectors",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{2}$"), ("section__regex", "^[A-U]$")),
                        name="sector_as_nace_has_them",
                        violation_error_message="A division of NACE is two figures, as 13, and its section a capital letter from A to U.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="partnership",
            name="sectors",
            field=models.ManyToManyField(blank=True, related_name="+", to="profiles.sector", verbose_name="sectors"),
        ),
        migrations.AddField(
            model_name="organisation",
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
        migrations.CreateModel(
            name="Profile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=1, editable=False)),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("returned", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("visiting", "Visiting organisation"), ("host", "Host organisation")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("partnership_why", models.CharField(blank=True, max_length=300, verbose_name="why this Partnership")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("published", "Published"),
                            ("refused", "Refused"),
                            ("archived", "Archived"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("title", cxc.core.models.text.OneLineField(blank=True, max_length=150, verbose_name="title")),
                ("physical", models.BooleanField(default=True, verbose_name="physical")),
                ("virtual", models.BooleanField(default=False, verbose_name="virtual")),
                ("cross_sector", models.BooleanField(default=True, verbose_name="other sectors are welcome")),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="languages",
                    ),
                ),
                ("available_from", models.DateField(blank=True, null=True, verbose_name="first possible day")),
                ("available_to", models.DateField(blank=True, null=True, verbose_name="last possible day")),
                (
                    "working_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=3,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="working days",
                    ),
                ),
                (
                    "places",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="places (visitors at a time)",
                    ),
                ),
                (
                    "motivation",
                    cxc.core.models.text.FreeTextField(blank=True, max_length=5000, verbose_name="motivation"),
                ),
                (
                    "description",
                    cxc.core.models.text.FreeTextField(blank=True, max_length=5000, verbose_name="description"),
                ),
                (
                    "eligibility_declared",
                    models.BooleanField(default=False, verbose_name="the holder declares eligibility"),
                ),
                (
                    "eligibility_confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="eligibility confirmed at"),
                ),
                ("created_at", models.DateTimeField(default=cxc.clock.now, editable=False)),
                (
                    "touched_at",
                    models.DateTimeField(default=cxc.clock.now, editable=False, verbose_name="last touched"),
                ),
                ("first_submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="submitted at"),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published at"),
                ),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived at"),
                ),
                (
                    "brochure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="CV or brochure",
                    ),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="profiles.profile",
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "generation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="profiles.generation"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="profiles", to="profiles.organisation"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="profiles.partnership",
                        verbose_name="Partnership",
                    ),
                ),
                (
                    "types",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="profiles.exchangetype", verbose_name="types of exchange"
                    ),
                ),
                (
                    "wanted_countries",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="profiles.country", verbose_name="countries wanted"
                    ),
                ),
                (
                    "own_sectors",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="profiles.sector", verbose_name="own sectors"
                    ),
                ),
                (
                    "wanted_sectors",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="profiles.sector", verbose_name="wanted sectors"
                    ),
                ),
                (
                    "offers",
                    models.ManyToManyField(blank=True, related_name="+", to="profiles.topic", verbose_name="offers"),
                ),
                (
                    "seeks",
                    models.ManyToManyField(blank=True, related_name="+", to="profiles.topic", verbose_name="seeks"),
                ),
            ],
            options={
                "verbose_name": "profile",
                "verbose_name_plural": "profiles",
                "ordering": ["-id"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                name="one_person_an_address",
                violation_error_message="Somebody has this e-mail address already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="address_of_a_person_is_clean",
                violation_error_message="Write the e-mail address in small letters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_observer", True), ("is_support_office", True), _negated=True),
                name="observer_is_not_support_office",
                violation_error_message="An observer only reads: choose Support Office or observer, not both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="clusterorganisation",
            constraint=models.UniqueConstraint(
                cxc.core.folding.Folded("name"),
                models.F("country"),
                name="one_entry_a_cluster",
                violation_error_message="The register has a cluster of this name in this country already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="generation",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))),
                name="generation_dates_in_order",
                violation_error_message="The last day of a generation is not before its first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="generation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_virtual_day", None),
                    models.Q(
                        ("last_virtual_day__gte", models.F("first_day")),
                        ("last_virtual_day__lte", models.F("last_day")),
                    ),
                    _connector="OR",
                ),
                name="last_virtual_day_in_the_generation",
                violation_error_message="The last day for virtual exchanges lies in the generation.",
            ),
        ),
        migrations.AddConstraint(
            model_name="generation",
            constraint=models.CheckConstraint(
                condition=models.Q(("physical_per_visitor", 1)),
                name="one_physical_exchange_a_visitor",
                violation_error_message="A visitor has one physical exchange in a generation.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lumpsumceiling",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="ceiling_above_zero",
                violation_error_message="A ceiling is an amount above 0.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lumpsumceiling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="ceiling_dates_in_order",
                violation_error_message="The last day of a ceiling is not before its first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lumpsumceiling",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("country", "="),
                    (
                        profiles.models.reference_data._DateRange(
                            "valid_from",
                            "valid_to",
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="one_ceiling_at_a_time",
                violation_error_message="This country has another ceiling on some of these days: end that one before this begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membershiprequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True)),
                fields=("organisation", "user"),
                name="one_open_request_to_join",
            ),
        ),
        migrations.AddConstraint(
            model_name="membershiprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_at__isnull", True),
                    ("is_accepted", True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="refused_with_a_sentence",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("organisation", "user"),
                name="one_membership",
                violation_error_message="This person is a member already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="eligibilityexception",
            constraint=models.UniqueConstraint(
                fields=("organisation", "generation"), name="one_exception_a_generation"
            ),
        ),
        migrations.AddConstraint(
            model_name="clusterrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True)),
                fields=("organisation",),
                name="one_open_request_for_a_cluster",
            ),
        ),
        migrations.AddConstraint(
            model_name="clusterrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("cluster__isnull", True), ("refusal", "")),
                    models.Q(("answered_at__isnull", False), ("cluster__isnull", False), ("refusal", "")),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("cluster__isnull", True),
                        models.Q(("refusal", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="request_for_a_cluster_has_one_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(
                fields=("partnership", "generation"),
                name="one_participation_a_generation",
                violation_error_message="This Partnership takes part in this generation already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", False), ("partnership__isnull", True)),
                    models.Q(("organisation__isnull", True), ("partnership__isnull", False)),
                    _connector="OR",
                ),
                name="invitation_to_one_body",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="invited_address_is_clean",
            ),
        ),
        migrations.AddConstraint(
            model_name="coordinatingorganisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("legal_name", ""), _negated=True),
                    models.Q(("registration_number", ""), _negated=True),
                    models.Q(("street", ""), _negated=True),
                    models.Q(("postal_code", ""), _negated=True),
                    models.Q(("city", ""), _negated=True),
                ),
                name="coordinating_organisation_complete",
                violation_error_message="Fill in all fields: the contracts of the Partnership print them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnershipmembership",
            constraint=models.UniqueConstraint(
                fields=("partnership", "user"),
                name="one_partnership_membership",
                violation_error_message="This person is a member already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutstep",
            constraint=models.UniqueConstraint(
                fields=("partnership", "from_days"),
                name="one_step_a_number_of_days",
                violation_error_message="The rule has a step from this number of working days already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__gte", 0), ("percent__lte", 100)),
                name="percent_to_a_hundred",
                violation_error_message="A share lies between 0 and 100 percent.",
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(cxc.core.folding.Folded("legal_name"), name="organisation_by_name"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "cluster",
                            "business_network",
                            "support",
                            "sme",
                            "large_company",
                            "training_provider",
                            "public_authority",
                        ],
                    )
                ),
                name="organisation_kind_exists",
                violation_error_message="Choose one of the kinds of organisation.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                models.F("country"),
                cxc.core.folding.Folded("legal_name"),
                cxc.core.folding.Folded("city"),
                cxc.core.folding.Folded("registration_number"),
                name="one_organisation_a_name",
                violation_error_message="This organisation is registered already.",
            ),
        ),
        migrations.AddIndex(
            model_name="profile",
            index=models.Index(fields=["state", "kind", "generation"], name="profile_listed"),
        ),
        migrations.AddIndex(
            model_name="profile",
            index=models.Index(fields=["partnership", "state"], name="profile_of_partnership"),
        ),
        migrations.AddConstraint(
            model_name="profile",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "published", "refused", "archived"])),
                name="profile_state_exists",
            ),
        ),
        migrations.AddConstraint(
            model_name="profile",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["visiting", "host"])), name="profile_kind_exists"
            ),
        ),
        migrations.AddConstraint(
            model_name="profile",
            constraint=models.CheckConstraint(condition=models.Q(("places__gte", 1)), name="profile_has_a_place"),
        ),
        migrations.AddConstraint(
            model_name="profile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["submitted", "published"]), _negated=True),
                    models.Q(
                        ("available_to__gte", models.F("available_from")),
                        ("partnership__isnull", False),
                        models.Q(("physical", True), ("virtual", True), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="profile_complete_when_shown",
            ),
        ),
    ]
