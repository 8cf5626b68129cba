"""A plan: who could meet whom, worked out for many at once; a draft until it is sent as proposals."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Scoped, Side
from cxc.core.languages import in_sentence
from cxc.core.models.text import FreeTextField
from matching.enums import PlanMethod, PlanScope, PlanStage
from matching.models.match import Match
from profiles.enums import Modality
from profiles.models import Generation, Partnership, Profile

EVERYBODY, ONE_HOST = PlanScope.EVERYBODY, PlanScope.ONE_HOST
MODALITIES = [*Modality.values]


class Plan(Scoped):
    """One run of “match everyone” or “fill this visit”, on a Partnership's bench or the Support Office's.

    progress_done, progress_total      rows read of rows to read, while it is being made
    error         why it could not be made or sent, in a sentence
    *_total       the sum of the pairs' fits (0 to 1 each) by either method, *_pairs how many pairs
    blocking_pairs    pairs that would rather have each other in the one with the greatest total
    first_day …   of the one visit that is filled, local dates; empty otherwise
    """

    side_paths: ClassVar = {Side.PARTNERSHIP: "partnership_id"}
    read_permissions: ClassVar = {"see": (Side.PARTNERSHIP, Side.SO)}

    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Partnership"),
        help_text=_("Empty: the Support Office's."),
    )
    generation = models.ForeignKey(Generation, on_delete=models.PROTECT, related_name="+")
    modality = models.CharField(_("modality"), max_length=10, choices=Modality.choices)
    scope = models.CharField(_("who is matched"), max_length=10, choices=PlanScope.choices)
    method = models.CharField(_("method"), max_length=10, choices=PlanMethod.choices, default=PlanMethod.GREATEST_TOTAL)
    min_fit = models.PositiveSmallIntegerField(
        _("least fit of a pair"), default=0, validators=[MaxValueValidator(100)], help_text=_("Of 100.")
    )
    host = models.ForeignKey(Profile, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    places = models.PositiveSmallIntegerField(_("places to fill"), null=True, blank=True)
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    working_days = models.PositiveSmallIntegerField(_("working days"), null=True, blank=True)

    requested_at = models.DateTimeField(_("asked for at"), default=clock.now, editable=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    progress_done = models.PositiveIntegerField(default=0, editable=False)
    progress_total = models.PositiveIntegerField(default=0, editable=False)
    error = models.TextField(_("what went wrong"), blank=True, editable=False)
    generated_at = models.DateTimeField(_("made at"), null=True, blank=True, editable=False)
    visitors = models.PositiveIntegerField(_("visitors looked at"), default=0, editable=False)
    hosts = models.PositiveIntegerField(_("hosts looked at"), default=0, editable=False)
    greatest_total = models.FloatField(default=0, editable=False)
    greatest_pairs = models.PositiveIntegerField(default=0, editable=False)
    blocking_pairs = models.PositiveIntegerField(default=0, editable=False)
    stable_total = models.FloatField(default=0, editable=False)
    stable_pairs = models.PositiveIntegerField(default=0, editable=False)

    message = FreeTextField(_("message"), blank=True, printed=False)
    submitted_at = models.DateTimeField(_("sent off at"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    submitted_as = models.CharField(
        max_length=40, blank=True, editable=False, help_text=_("The key of the principal acted for.")
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(modality__in=MODALITIES), name="plan_modality_exists"),
            models.CheckConstraint(condition=Q(scope__in=PlanScope.values), name="plan_scope_exists"),
            models.CheckConstraint(condition=Q(method__in=PlanMethod.values), name="plan_method_exists"),
            models.CheckConstraint(condition=Q(min_fit__lte=100), name="plan_least_in_percent"),
            models.CheckConstraint(
                condition=Q(scope=ONE_HOST, host__isnull=False) | (~Q(scope=ONE_HOST) & Q(host__isnull=True)),
                name="plan_of_one_host_names_it",
            ),
            models.CheckConstraint(
                condition=Q(scope=ONE_HOST)
                | Q(scope=EVERYBODY, partnership=None)
                | (~Q(scope=EVERYBODY) & Q(partnership__isnull=False)),
                name="everybody_by_the_support_office",
            ),
            models.CheckConstraint(condition=Q(progress_done__lte=F("progress_total")), name="plan_progress_in_order"),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(generated_at__isnull=False, submitted_by__isnull=False),
                name="plan_made_before_it_is_sent",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(submitted_at__isnull=False), name="plan_sent_off_before_it_is_sent"
            ),
            # Who asks twice gets the one that is being made.
            models.UniqueConstraint(
                fields=["partnership", "generation", "modality", "scope", "host", "first_day", "last_day"],
                condition=Q(generated_at=None, error=""),
                nulls_distinct=False,
                name="one_plan_in_the_making",
            ),
        ]

    def __str__(self) -> str:
        what = str(self.host.organisation) if self.host else self.get_scope_display()
        return _now("Plan %(number)s: %(what)s, %(modality)s") % {
            "number": self.pk,
            "what": what,
            "modality": in_sentence(self.get_modality_display()),
        }

    def get_absolute_url(self) -> str:
        return reverse("plan", args=[self.pk])

    @property
    def stage(self) -> PlanStage:
        if self.sent_at is not None:
            return PlanStage.SENT
        if self.submitted_at is not None:
            return PlanStage.SENDING
        if self.generated_at is not None:
            return PlanStage.DRAFT
        return PlanStage.FAILED if self.error else PlanStage.WAITING

    @property
    def is_draft(self) -> bool:
        return self.stage is PlanStage.DRAFT

    @property
    def is_under_way(self) -> bool:
        """Being made or sent by a worker: the page looks again by itself."""
        return self.stage in {PlanStage.WAITING, PlanStage.SENDING}


class PlannedPairQuerySet(models.QuerySet["PlannedPair"]):
    def included(self) -> "PlannedPairQuerySet":
        return self.filter(is_included=True)

    def waiting(self) -> "PlannedPairQuerySet":
        """Kept, and neither proposed nor refused yet."""
        return self.included().filter(match=None, refused="")

    def with_display_relations(self) -> "PlannedPairQuerySet":
        return self.select_related(
            "visiting__organisation__country",
            "visiting__partnership",
            "host__organisation__country",
            "host__partnership",
            "match",
        )


class PlannedPair(models.Model):
    """A pair of a plan: kept, or removed by hand; after sending its match, or why it was refused.

    Fits from 0 to 1: the pair's `score`, `own` how far the visitor's wishes are met, `theirs` the host's.
    `reasons`: sentences to the visitor, each with whether it speaks for the pair.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="pairs")
    visiting = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+", verbose_name=_("visitor"))
    host = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+", verbose_name=_("host"))
    score = models.FloatField(_("fit"))
    own = models.FloatField(_("fit for the visitor"))
    theirs = models.FloatField(_("fit for the host"))
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    is_included = models.BooleanField(_("kept"), default=True)
    by_hand = models.BooleanField(_("added by hand"), default=False)
    match = models.OneToOneField(Match, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    refused = models.TextField(_("why it was refused"), blank=True)

    objects: ClassVar = PlannedPairQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned pair")
        verbose_name_plural = _("planned pairs")
        ordering: ClassVar = ["plan", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "visiting", "host"], name="a_pair_once_a_plan"),
            models.UniqueConstraint(
                fields=["plan", "visiting"], condition=Q(is_included=True), name="a_visitor_once_a_plan"
            ),
            models.CheckConstraint(condition=~Q(visiting=F("host")), name="a_pair_of_two"),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1, own__gte=0, own__lte=1, theirs__gte=0, theirs__lte=1),
                name="planned_fit_from_0_to_1",
            ),
            models.CheckConstraint(
                condition=Q(match=None) | Q(refused="", is_included=True), name="proposed_or_refused"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visiting.organisation} → {self.host.organisation}"
