import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cxc.clock
import cxc.core.models.text
import matching.models.ranking
import matching.models.saved_search


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("matching", "0001_initial"),
        ("profiles", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="bookmark",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="bookmark",
            name="profile",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="profiles.profile"
            ),
        ),
        migrations.AddField(
            model_name="hiddenprofile",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="profiles.profile",
                verbose_name="not shown",
            ),
        ),
        migrations.AddField(
            model_name="hiddenprofile",
            name="profile",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="profiles.profile",
                verbose_name="own profile",
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="generation",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="profiles.generation"
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="host_profile",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="matches_as_host", to="profiles.profile"
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="visiting_organisation",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="profiles.organisation",
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="visiting_profile",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="matches_as_visitor", to="profiles.profile"
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="generation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="profiles.generation"
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="host",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="profiles.profile",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="partnership",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: the Support Office's.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="profiles.partnership",
                verbose_name="Partnership",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="requested_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="submitted_by",
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
            model_name="plannedpair",
            name="host",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="profiles.profile",
                verbose_name="host",
            ),
        ),
        migrations.AddField(
            model_name="plannedpair",
            name="match",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="matching.match",
            ),
        ),
        migrations.AddField(
            model_name="plannedpair",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pairs", to="matching.plan"
            ),
        ),
        migrations.AddField(
            model_name="plannedpair",
            name="visiting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="profiles.profile",
                verbose_name="visitor",
            ),
        ),
        migrations.CreateModel(
            name="Priorities",
            fields=[
                (
                    "profile",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="profiles.profile",
                    ),
                ),
                (
                    "topics",
                    models.CharField(
                        choices=[
                            ("must", "Must"),
                            ("important", "Important"),
                            ("nice", "Nice to have"),
                            ("ignore", "Ignore"),
                        ],
                        default="nice",
                        max_length=10,
                        verbose_name="What you seek and they offer",
                    ),
                ),
                (
                    "sectors",
                    models.CharField(
                        choices=[
                            ("must", "Must"),
                            ("important", "Important"),
                            ("nice", "Nice to have"),
                            ("ignore", "Ignore"),
                        ],
                        default="nice",
                        max_length=10,
                        verbose_name="Sectors",
                    ),
                ),
                (
                    "types",
                    models.CharField(
                        choices=[
                            ("must", "Must"),
                            ("important", "Important"),
                            ("nice", "Nice to have"),
                            ("ignore", "Ignore"),
                        ],
                        default="nice",
                        max_length=10,
                        verbose_name="Types of exchange",
                    ),
                ),
                (
                    "languages",
                    models.CharField(
                        choices=[
                            ("must", "Must"),
                            ("important", "Important"),
                            ("nice", "Nice to have"),
                            ("ignore", "Ignore"),
                        ],
                        default="nice",
                        max_length=10,
                        verbose_name="Languages",
                    ),
                ),
                (
                    "countries",
                    models.CharField(
                        choices=[
                            ("must", "Must"),
                            ("important", "Important"),
                            ("nice", "Nice to have"),
                            ("ignore", "Ignore"),
                        ],
                        default="nice",
                        max_length=10,
                        verbose_name="Countries you look for",
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        choices=[("important", "Important"), ("nice", "Nice to have"), ("ignore", "Ignore")],
                        default="nice",
                        max_length=10,
                        verbose_name="Days in common",
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        choices=[("important", "Important"), ("nice", "Nice to have"), ("ignore", "Ignore")],
                        default="nice",
                        max_length=10,
                        verbose_name="Words of the descriptions",
                    ),
                ),
            ],
            options={
                "verbose_name": "priorities",
                "verbose_name_plural": "priorities",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("countries__in", ["must", "important", "nice", "ignore"]),
                            ("languages__in", ["must", "important", "nice", "ignore"]),
                            ("period__in", ["important", "nice", "ignore"]),
                            ("sectors__in", ["must", "important", "nice", "ignore"]),
                            ("text__in", ["important", "nice", "ignore"]),
                            ("topics__in", ["must", "important", "nice", "ignore"]),
                            ("types__in", ["must", "important", "nice", "ignore"]),
                        ),
                        name="priorities_exist",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RankingRow",
            fields=[
                (
                    "profile",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="profiles.profile",
                    ),
                ),
                ("listed", models.BooleanField()),
                ("visiting", models.BooleanField()),
                ("generation_id", models.IntegerField()),
                ("organisation_id", models.IntegerField()),
                ("country", models.SmallIntegerField()),
                ("time_zone", models.CharField(max_length=40)),
                ("takes_part", models.BooleanField()),
                ("eligible", models.BooleanField()),
                ("open_until", models.DateField()),
                ("full_until", models.DateField(null=True)),
                ("used_up", models.BooleanField()),
                ("physical", models.BooleanField()),
                ("virtual", models.BooleanField()),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("working_days", models.SmallIntegerField()),
                ("cross_sector", models.BooleanField()),
                ("types", matching.models.ranking.BitsField(16)),
                ("languages", matching.models.ranking.BitsField(64)),
                ("countries", matching.models.ranking.BitsField(64)),
                ("own_sectors", matching.models.ranking.BitsField(128)),
                ("near_sectors", matching.models.ranking.BitsField(128)),
                ("wanted_sectors", matching.models.ranking.BitsField(128)),
                ("offers", matching.models.ranking.BitsField(256)),
                ("seeks", matching.models.ranking.BitsField(256)),
                ("topics_factor", models.SmallIntegerField()),
                ("sectors_factor", models.SmallIntegerField()),
                ("types_factor", models.SmallIntegerField()),
                ("languages_factor", models.SmallIntegerField()),
                ("countries_factor", models.SmallIntegerField()),
                ("period_factor", models.SmallIntegerField()),
                ("text_factor", models.SmallIntegerField()),
                ("musts", models.SmallIntegerField()),
                ("changed", matching.models.ranking.TransactionField()),
            ],
            options={
                "verbose_name": "ranking row",
                "verbose_name_plural": "ranking rows",
                "indexes": [
                    models.Index(
                        condition=models.Q(("listed", True)),
                        fields=["generation_id", "visiting"],
                        name="ranking_others",
                    ),
                    models.Index(fields=["changed"], name="ranking_changed"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("acting_for", models.CharField(max_length=40, verbose_name="acting for")),
                ("made_at", models.DateTimeField(default=cxc.clock.now, editable=False, verbose_name="made at")),
                ("name", cxc.core.models.text.OneLineField(max_length=80, verbose_name="name")),
                (
                    "query",
                    models.TextField(
                        blank=True, help_text="The canonical address, without “?”.", verbose_name="filters"
                    ),
                ),
                ("weekly", models.BooleanField(default=False, verbose_name="weekly mail")),
                (
                    "unsubscribe_key",
                    models.CharField(
                        default=matching.models.saved_search._unsubscribe_key,
                        editable=False,
                        max_length=64,
                        unique=True,
                    ),
                ),
                (
                    "seen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None
                    ),
                ),
                (
                    "checked_at",
                    models.DateTimeField(default=cxc.clock.now, editable=False, verbose_name="last looked for news"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "saved search",
                "verbose_name_plural": "saved searches",
                "ordering": ["name__folded", "id"],
            },
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "profile",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="profiles.profile",
                    ),
                ),
                ("names", models.TextField()),
                ("document", django.contrib.postgres.search.SearchVectorField()),
                ("digest", models.CharField(default="", editable=False, max_length=32)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["document"], name="search_words")
                ],
            },
        ),
        migrations.CreateModel(
            name="Vocabulary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_current", models.BooleanField(default=False)),
                ("fitted_at", models.DateTimeField(default=cxc.clock.now)),
                ("profiles", models.PositiveIntegerField(default=0)),
                ("rare_topics", matching.models.ranking.BitsField(256)),
                ("rarest_topics", matching.models.ranking.BitsField(256)),
                ("rare_words", matching.models.ranking.BitsField(8192)),
                ("rarest_words", matching.models.ranking.BitsField(8192)),
                ("text_scale", models.FloatField(default=1.0)),
            ],
            options={
                "verbose_name": "ranking vocabulary",
                "verbose_name_plural": "ranking vocabularies",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)), fields=("is_current",), name="one_current_vocabulary"
                    ),
                    models.CheckConstraint(condition=models.Q(("text_scale__gt", 0)), name="text_scale_above_zero"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RankingWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", matching.models.ranking.BitsField(8192)),
                ("weight", models.IntegerField()),
                ("seeks_weight", models.IntegerField()),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="profiles.profile"
                    ),
                ),
                (
                    "vocabulary",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="matching.vocabulary",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VocabularyWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.TextField()),
                ("written", models.TextField(blank=True, default="")),
                ("bit", models.PositiveSmallIntegerField()),
                (
                    "vocabulary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="words", to="matching.vocabulary"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="bookmark",
            constraint=models.UniqueConstraint(fields=("person", "acting_for", "profile"), name="bookmarked_once"),
        ),
        migrations.AddConstraint(
            model_name="hiddenprofile",
            constraint=models.UniqueConstraint(fields=("profile", "other"), name="hidden_once"),
        ),
        migrations.AddConstraint(
            model_name="hiddenprofile",
            constraint=models.CheckConstraint(
                condition=models.Q(("profile", models.F("other")), _negated=True), name="nobody_hides_itself"
            ),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(fields=["host_profile", "state"], name="match_of_host"),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(fields=["visiting_profile", "state"], name="match_of_visitor"),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["proposed", "confirmed", "completed", "declined", "withdrawn", "expired", "cancelled"],
                    )
                ),
                name="match_state_exists",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("proposed", "confirmed"))),
                fields=("visiting_profile", "host_profile", "modality"),
                name="one_open_match_a_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "confirmed")),
                fields=("visiting_profile", "modality"),
                name="one_confirmed_match_a_profile",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(
                condition=models.Q(("modality", "virtual"), ("state", "confirmed")),
                fields=("visiting_organisation", "generation"),
                name="one_confirmed_virtual_match",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["confirmed", "completed"]), _negated=True),
                    models.Q(("host_answer", "yes"), ("visitor_answer", "yes")),
                    _connector="OR",
                ),
                name="confirmed_by_both",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("modality__in", ["physical", "virtual"])), name="plan_modality_exists"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ["visitors", "hosts", "everybody", "one_host"])),
                name="plan_scope_exists",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ["greatest", "stable"])), name="plan_method_exists"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(condition=models.Q(("min_fit__lte", 100)), name="plan_least_in_percent"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("host__isnull", False), ("scope", "one_host")),
                    models.Q(models.Q(("scope", "one_host"), _negated=True), ("host__isnull", True)),
                    _connector="OR",
                ),
                name="plan_of_one_host_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope", "one_host"),
                    models.Q(("partnership", None), ("scope", "everybody")),
                    models.Q(models.Q(("scope", "everybody"), _negated=True), ("partnership__isnull", False)),
                    _connector="OR",
                ),
                name="everybody_by_the_support_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("progress_done__lte", models.F("progress_total"))), name="plan_progress_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("submitted_at", None),
                    models.Q(("generated_at__isnull", False), ("submitted_by__isnull", False)),
                    _connector="OR",
                ),
                name="plan_made_before_it_is_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_at", None), ("submitted_at__isnull", False), _connector="OR"),
                name="plan_sent_off_before_it_is_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("error", ""), ("generated_at", None)),
                fields=("partnership", "generation", "modality", "scope", "host", "first_day", "last_day"),
                name="one_plan_in_the_making",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedpair",
            constraint=models.UniqueConstraint(fields=("plan", "visiting", "host"), name="a_pair_once_a_plan"),
        ),
        migrations.AddConstraint(
            model_name="plannedpair",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_included", True)), fields=("plan", "visiting"), name="a_visitor_once_a_plan"
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedpair",
            constraint=models.CheckConstraint(
                condition=models.Q(("visiting", models.F("host")), _negated=True), name="a_pair_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedpair",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("own__gte", 0),
                    ("own__lte", 1),
                    ("score__gte", 0),
                    ("score__lte", 1),
                    ("theirs__gte", 0),
                    ("theirs__lte", 1),
                ),
                name="planned_fit_from_0_to_1",
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedpair",
            constraint=models.CheckConstraint(
                condition=models.Q(("match", None), models.Q(("is_included", True), ("refused", "")), _connector="OR"),
                name="proposed_or_refused",
            ),
        ),
        migrations.AddIndex(
            model_name="savedsearch",
            index=models.Index(condition=models.Q(("weekly", True)), fields=["checked_at"], name="search_to_look_at"),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.UniqueConstraint(fields=("person", "acting_for", "name"), name="one_search_a_name"),
        ),
        migrations.AddConstraint(
            model_name="rankingwords",
            constraint=models.UniqueConstraint(fields=("vocabulary", "profile"), name="one_row_of_words_a_vocabulary"),
        ),
        migrations.AddConstraint(
            model_name="vocabularyword",
            constraint=models.UniqueConstraint(fields=("vocabulary", "word"), name="one_bit_a_word"),
        ),
        migrations.AddConstraint(
            model_name="vocabularyword",
            constraint=models.UniqueConstraint(fields=("vocabulary", "bit"), name="one_word_a_bit"),
        ),
    ]
