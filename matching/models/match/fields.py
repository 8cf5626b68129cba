"""What is kept of a match: its columns, what the database holds of them, and what is read off them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Side
from cxc.core.models.copied_key import copied_key
from cxc.core.models.text import FreeTextField
from cxc.workflow import state_constraint, state_field
from matching.enums import OPEN_STATES, Answer, MatchState
from matching.models.match.answers import MatchAnswers
from matching.models.match.querysets import MatchQuerySet
from matching.requirements.confirmation import not_matched_elsewhere
from matching.requirements.proposals import no_other_open_match
from profiles.enums import Modality
from profiles.models import Generation, Organisation, Partnership, Profile

VO, HO, VOP, HOP, SO = Side.VO, Side.HO, Side.VOP, Side.HOP, Side.SO
PROPOSED, CONFIRMED, COMPLETED = MatchState.PROPOSED, MatchState.CONFIRMED, MatchState.COMPLETED


class MatchFields(MatchAnswers):
    """The row of a match; both sides' answers are in `answers`."""

    label_columns: ClassVar = {
        "visiting_profile": ("organisation", "partnership"),
        "visiting_profile__organisation": ("legal_name",),
        "host_profile": ("organisation", "partnership"),
        "host_profile__organisation": ("legal_name",),
    }
    side_paths: ClassVar = {
        Side.VO: "visiting_profile__organisation_id",
        Side.HO: "host_profile__organisation_id",
        Side.VOP: "visiting_profile__partnership_id",
        Side.HOP: "host_profile__partnership_id",
    }
    list_paths: ClassVar = {
        Side.VO: "visiting_organisation_id",
        Side.HO: "host_organisation_id",
        Side.VOP: "visitor_partnership_id",
        Side.HOP: "host_partnership_id",
    }
    read_permissions: ClassVar = {"see": (VO, HO, VOP, HOP, SO, Side.OBSERVER), "history": (VO, HO, VOP, HOP, SO)}
    locks_first: ClassVar = ("host_profile",)
    # What a parallel answer can trip over in the database, in the words of the requirement.
    constraint_requirements: ClassVar = {
        "one_open_match_a_pair": no_other_open_match,
        "one_confirmed_match_a_profile": not_matched_elsewhere,
        "one_confirmed_virtual_match": not_matched_elsewhere,
    }

    visiting_profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="matches_as_visitor")
    host_profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="matches_as_host")
    modality = models.CharField(_("modality"), max_length=10, choices=Modality.choices)
    # Copies of the visiting profile's, held equal by the database, for the indexes.
    visiting_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", editable=False)
    generation = models.ForeignKey(Generation, on_delete=models.PROTECT, related_name="+", editable=False)
    # Copies that the database fills in, for lists; a match in hand does not read them.
    visitor_partnership = copied_key(Partnership)
    host_organisation = copied_key(Organisation)
    host_partnership = copied_key(Partnership)
    state = state_field(MatchState, PROPOSED)

    initiated_by = models.CharField(_("initiated by"), max_length=20, choices=Side.choices)
    message = FreeTextField(_("message"), blank=True, printed=False)
    proposed_at = models.DateTimeField(_("proposed at"), default=clock.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    place_until = models.DateField(
        _("holds its place until"), null=True, blank=True, editable=False, help_text=_("Last day of its exchange.")
    )

    # Said by `with_matched_elsewhere` only.
    matched_elsewhere: bool

    objects: ClassVar = MatchQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["host_profile", "state"], name="match_of_host"),
            models.Index(fields=["visiting_profile", "state"], name="match_of_visitor"),
            models.Index(fields=["visitor_partnership", "state"], name="match_of_vop"),
            models.Index(fields=["host_partnership", "state"], name="match_of_hop"),
            models.Index(fields=["host_organisation"], name="match_of_ho"),
            models.Index(fields=["proposed_at", "id"], name="match_in_order"),
        ]
        constraints: ClassVar = [
            state_constraint("match_state_exists", MatchState),
            models.UniqueConstraint(
                fields=["visiting_profile", "host_profile", "modality"],
                condition=Q(state__in=OPEN_STATES),
                name="one_open_match_a_pair",
            ),
            models.UniqueConstraint(
                fields=["visiting_profile", "modality"],
                condition=Q(state=CONFIRMED),
                name="one_confirmed_match_a_profile",
            ),
            models.UniqueConstraint(
                fields=["visiting_organisation", "generation"],
                condition=Q(state=CONFIRMED, modality=Modality.VIRTUAL),
                name="one_confirmed_virtual_match",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CONFIRMED, COMPLETED]) | Q(visitor_answer=Answer.YES, host_answer=Answer.YES),
                name="confirmed_by_both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visiting_profile.organisation} → {self.host_profile.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("match", args=[self.pk])

    def event_label(self) -> str:
        return f"{self} ({self.get_modality_display()})"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def both_said_yes(self) -> bool:
        return bool(self.visitor_answer == self.host_answer == Answer.YES)

    def places_held_by_others(self) -> int:
        """Places of the host that other matches hold today, by the host's calendar."""
        day = clock.today(self.host_profile.organisation.country.time_zone)
        return type(self).objects.holding_place_of(self.host_profile, day).exclude(pk=self.pk).count()

    def is_matched_elsewhere(self) -> bool:
        """Whether the visitor has another confirmed match in this modality, now."""
        others = type(self).objects.filter(state=CONFIRMED, modality=self.modality).exclude(pk=self.pk)
        if self.modality == Modality.VIRTUAL:
            return others.filter(
                visiting_organisation_id=self.visiting_profile.organisation_id,
                generation_id=self.visiting_profile.generation_id,
            ).exists()
        return others.filter(visiting_profile_id=self.visiting_profile_id).exists()
