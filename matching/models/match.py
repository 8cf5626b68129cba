"""A match: one visiting with one host profile, in one modality."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE

from cxc import clock
from cxc.ground.access import Side
from cxc.ground.moves import May, Moving, MovingQuerySet, move, state_constraint, state_field
from matching import requirements as r
from matching.enums import OPEN_STATES, Answer, MatchState
from profiles.enums import Modality
from profiles.models import Generation, Organisation, Profile

VO, HO, VOP, HOP, SO, PORTAL = Side.VO, Side.HO, Side.VOP, Side.HOP, Side.SO, Side.PORTAL
PROPOSED, CONFIRMED, COMPLETED, DECLINED, WITHDRAWN, EXPIRED, CANCELLED = MatchState


class MatchQuerySet(MovingQuerySet["Match"]):
    """Matches and what their lists need."""

    def open(self) -> "MatchQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def with_faces(self) -> "MatchQuerySet":
        return self.select_related(
            "visiting_profile__organisation__country",
            "visiting_profile__partnership",
            "host_profile__organisation__country",
            "host_profile__partnership",
            "generation",
        )

    def holding_a_place(self, host_profile: Profile, day: date) -> "MatchQuerySet":
        """Confirmed matches of a host whose place is not yet given back on this local date.

        A place is held until the match is cancelled or the last day of its exchange has passed;
        `place_until` is that last day, empty while no exchange says one.
        """
        return self.filter(host_profile=host_profile, state=CONFIRMED).filter(
            Q(place_until__isnull=True) | Q(place_until__gte=day)
        )


class Match(Moving):
    """One visiting and one host profile in one modality; who initiated it; each side's answer."""

    parties: ClassVar = {
        Side.VO: "visiting_profile__organisation_id",
        Side.HO: "host_profile__organisation_id",
        Side.VOP: "visiting_profile__partnership_id",
        Side.HOP: "host_profile__partnership_id",
    }
    seen_by: ClassVar = {"see": (VO, HO, VOP, HOP, SO, Side.OBSERVER), "history": (VO, HO, VOP, HOP, SO)}
    locks_first: ClassVar = ("host_profile",)

    visiting_profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    host_profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    modality = models.CharField(_("modality"), max_length=10, choices=Modality.choices)
    # Copies of the visiting profile's, held equal by the database, for the indexes.
    visiting_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", editable=False)
    generation = models.ForeignKey(Generation, on_delete=models.PROTECT, related_name="+", editable=False)
    state = state_field(MatchState, PROPOSED)

    initiated_by = models.CharField(_("initiated by"), max_length=20, choices=Side.choices)
    message = models.TextField(_("message"), blank=True)
    proposed_at = models.DateTimeField(_("proposed at"), default=clock.now)
    visitor_answer = models.CharField(_("visitor's answer"), max_length=5, choices=Answer.choices, default=Answer.NONE)
    visitor_answered_on = models.DateField(_("visitor answered on"), null=True, blank=True)
    visitor_answered_outside = models.CharField(_("visitor's yes given outside"), max_length=200, blank=True)
    visitor_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    host_answer = models.CharField(_("host's answer"), max_length=5, choices=Answer.choices, default=Answer.NONE)
    host_answered_on = models.DateField(_("host answered on"), null=True, blank=True)
    host_answered_outside = models.CharField(_("host's yes given outside"), max_length=200, blank=True)
    host_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    place_until = models.DateField(
        _("holds its place until"), null=True, blank=True, editable=False, help_text=_("Last day of its exchange.")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    ended_by = models.CharField(max_length=20, choices=Side.choices, blank=True, editable=False)
    state_before_end = models.CharField(max_length=20, choices=MatchState.choices, blank=True, editable=False)

    objects: ClassVar = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["host_profile", "state"], name="match_of_host"),
            models.Index(fields=["visiting_profile", "state"], name="match_of_visitor"),
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

    def places_held_by_others(self) -> int:
        """Places of the host that other matches hold today."""
        return Match.objects.holding_a_place(self.host_profile, clock.today()).exclude(pk=self.pk).count()

    def is_matched_elsewhere(self) -> bool:
        """Whether the visitor has another confirmed match in this modality, now."""
        others = Match.objects.filter(state=CONFIRMED, modality=self.modality).exclude(pk=self.pk)
        if self.modality == Modality.VIRTUAL:
            return others.filter(
                visiting_organisation_id=self.visiting_profile.organisation_id,
                generation_id=self.visiting_profile.generation_id,
            ).exists()
        return others.filter(visiting_profile_id=self.visiting_profile_id).exists()

    # --- moves -----------------------------------------------------------------------------

    @move(
        state,
        label=_("Propose"),
        source=PROPOSED,
        birth=True,
        who=(VO, HO, VOP, HOP, SO),
        requires=(*r.TO_PROPOSE, r.within_proposal_limit),
        awaits=("visitor_not_used_up",),
    )
    def propose(self) -> None:
        """A visiting or host organisation's proposal is its own yes; a Partnership's is nobody's."""
        self.visiting_organisation = self.visiting_profile.organisation
        self.generation = self.visiting_profile.generation
        self.proposed_at = self.moment
        self.initiated_by = self.ask.side
        if self.ask.side is VO:
            self._visitor_says(Answer.YES)
        if self.ask.side is HO:
            self._host_says(Answer.YES)

    @move(state, label=_("Say yes"), source=PROPOSED, who=(VO,), requires=(r.visitor_open,))
    def visitor_yes(self) -> None:
        self._visitor_says(Answer.YES)

    @move(state, label=_("Say yes"), source=PROPOSED, who=(HO,), requires=(r.host_open,))
    def host_yes(self) -> None:
        self._host_says(Answer.YES)

    @move(
        state,
        label=_("Visitor's yes was given outside"),
        source=PROPOSED,
        who=(VOP,),
        requires=(r.visitor_open,),
        button=False,
    )
    def visitor_yes_outside(self, *, on: date, how: str) -> dict[str, str]:
        self._visitor_says(Answer.YES, on=on, how=how)
        return {"on": on.isoformat(), "how": how}

    @move(
        state,
        label=_("Host's yes was given outside"),
        source=PROPOSED,
        who=(HOP,),
        requires=(r.host_open,),
        button=False,
    )
    def host_yes_outside(self, *, on: date, how: str) -> dict[str, str]:
        self._host_says(Answer.YES, on=on, how=how)
        return {"on": on.isoformat(), "how": how}

    @move(
        state, label=_("Say no"), source=PROPOSED, target=DECLINED, who=(VO,), reason=True, requires=(r.visitor_open,)
    )
    def visitor_no(self) -> None:
        self._visitor_says(Answer.NO)
        self._end(PROPOSED)

    @move(state, label=_("Say no"), source=PROPOSED, target=DECLINED, who=(HO,), reason=True, requires=(r.host_open,))
    def host_no(self) -> None:
        self._host_says(Answer.NO)
        self._end(PROPOSED)

    @move(
        state,
        label=_("Confirm"),
        source=PROPOSED,
        target=CONFIRMED,
        who=(PORTAL,),
        requires=(r.both_said_yes, *r.TO_CONFIRM),
        awaits=("visitor_not_used_up",),
    )
    def confirm(self) -> None:
        self.confirmed_at = self.moment

    @move(
        state,
        label=_("Withdraw"),
        source=PROPOSED,
        target=WITHDRAWN,
        who=(
            May(VO, r.own_proposal),
            May(HO, r.own_proposal),
            May(VOP, r.own_proposal),
            May(HOP, r.own_proposal),
            SO,
        ),
        reason=True,
    )
    def withdraw(self) -> None:
        self._end(PROPOSED)

    @move(
        state,
        label=_("Withdraw, because a profile is no longer published"),
        source=PROPOSED,
        target=WITHDRAWN,
        who=(PORTAL,),
    )
    def withdraw_by_itself(self) -> None:
        self._end(PROPOSED)

    @move(state, label=_("Expire"), source=PROPOSED, target=EXPIRED, who=(PORTAL,), requires=(r.run_out,))
    def expire(self) -> None:
        self._end(PROPOSED)

    @move(
        state,
        label=_("Cancel the match"),
        source=CONFIRMED,
        target=CANCELLED,
        who=(VO, HO, VOP, HOP, SO),
        reason=True,
        awaits=("no_exchange_that_counts",),
    )
    def cancel(self) -> None:
        self._end(CONFIRMED)

    @move(
        state,
        label=_("Take back the yes given for us"),
        source=PROPOSED,
        target=DECLINED,
        who=(May(VO, r.visitor_yes_given_outside), May(HO, r.host_yes_given_outside)),
    )
    def take_back_yes(self) -> None:
        self._answer_of_asking_side_is_no()
        self._end(PROPOSED)

    @move(
        state,
        label=_("Take back the yes given for us"),
        source=CONFIRMED,
        target=CANCELLED,
        who=(May(VO, r.visitor_yes_given_outside), May(HO, r.host_yes_given_outside)),
        awaits=("no_exchange_that_counts",),
    )
    def take_back_yes_confirmed(self) -> None:
        self._end(CONFIRMED)

    @move(
        state,
        label=_("Undo"),
        source=(DECLINED, WITHDRAWN, CANCELLED),
        target=GET_STATE(lambda match, **_: match.state_before_end, states=[PROPOSED, CONFIRMED]),
        who=(VO, HO, VOP, HOP, SO),
        requires=(r.ended_by_same, r.ended_lately, r.still_possible),
        awaits=("visitor_not_used_up",),
    )
    def undo(self) -> None:
        self._reopen()

    @move(
        state,
        label=_("Reopen"),
        source=(DECLINED, WITHDRAWN, EXPIRED, CANCELLED),
        target=GET_STATE(lambda match, **_: match.state_to_reopen, states=[PROPOSED, CONFIRMED]),
        who=(VOP, HOP, SO),
        reason=True,
        requires=(r.can_be_proposed,),
        awaits=("visitor_not_used_up",),
    )
    def reopen(self) -> None:
        """To the state before if that is still possible, else proposed with the answers cleared."""
        before, possible = self.state_before_end, r.still_possible.missing(self.ask) is None
        self.state_to_reopen = before if possible else PROPOSED
        ended_by = self.ended_by
        self._reopen(keep_times=False)
        if not possible:
            self._clear_answers()
        elif before == PROPOSED and ended_by:
            self._clear_no()

    @move(
        state, label=_("Complete"), source=CONFIRMED, target=COMPLETED, who=(PORTAL,), awaits=("its_exchange_closed",)
    )
    def complete(self) -> None: ...

    # --- what the moves share ----------------------------------------------------------------

    state_to_reopen: str = PROPOSED

    def _visitor_says(self, answer: Answer, *, on: date | None = None, how: str = "") -> None:
        self.visitor_answer = answer
        self.visitor_answered_on = on or self.moment.date()
        self.visitor_answered_outside = how
        self.visitor_told_at = self.moment if how else None

    def _host_says(self, answer: Answer, *, on: date | None = None, how: str = "") -> None:
        self.host_answer = answer
        self.host_answered_on = on or self.moment.date()
        self.host_answered_outside = how
        self.host_told_at = self.moment if how else None

    def _answer_of_asking_side_is_no(self) -> None:
        if self.ask.side is VO:
            self._visitor_says(Answer.NO)
        else:
            self._host_says(Answer.NO)

    def _end(self, before: MatchState) -> None:
        self.state_before_end = before
        self.ended_at = self.moment
        self.ended_by = self.ask.side

    def _reopen(self, *, keep_times: bool = True) -> None:
        """An undone proposal runs on from where it stood; a reopened one begins its days anew."""
        self.ended_at, self.ended_by = None, ""
        if keep_times:
            self._clear_no()
        else:
            self.proposed_at = self.moment

    def _clear_no(self) -> None:
        if self.visitor_answer == Answer.NO:
            self.visitor_answer, self.visitor_answered_on = Answer.NONE, None
        if self.host_answer == Answer.NO:
            self.host_answer, self.host_answered_on = Answer.NONE, None

    def _clear_answers(self) -> None:
        self.visitor_answer = self.host_answer = Answer.NONE
        self.visitor_answered_on = self.host_answered_on = None
        self.visitor_answered_outside = self.host_answered_outside = ""
        self.visitor_told_at = self.host_told_at = None
