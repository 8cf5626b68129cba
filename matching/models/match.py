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
from cxc.ground.moves import May, move, state_constraint, state_field
from matching import requirements as r
from matching.enums import OPEN_STATES, Answer, MatchState
from matching.models.answers import Answering
from matching.models.matches import MatchQuerySet
from profiles.enums import Modality
from profiles.models import Generation, Organisation, Profile

VO, HO, VOP, HOP, SO, PORTAL = Side.VO, Side.HO, Side.VOP, Side.HOP, Side.SO, Side.PORTAL
PROPOSED, CONFIRMED, COMPLETED, DECLINED, WITHDRAWN, EXPIRED, CANCELLED = MatchState


class Match(Answering):
    """One visiting and one host profile in one modality; who initiated it; each side's answer."""

    parties: ClassVar = {
        Side.VO: "visiting_profile__organisation_id",
        Side.HO: "host_profile__organisation_id",
        Side.VOP: "visiting_profile__partnership_id",
        Side.HOP: "host_profile__partnership_id",
    }
    seen_by: ClassVar = {"see": (VO, HO, VOP, HOP, SO, Side.OBSERVER), "history": (VO, HO, VOP, HOP, SO)}
    locks_first: ClassVar = ("host_profile",)
    # What a parallel answer can trip over in the database, in the words of the requirement.
    constraint_requirements: ClassVar = {
        "one_open_match_a_pair": r.no_open_pair,
        "one_confirmed_match_a_profile": r.not_matched_elsewhere,
        "one_confirmed_virtual_match": r.not_matched_elsewhere,
    }

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
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    place_until = models.DateField(
        _("holds its place until"), null=True, blank=True, editable=False, help_text=_("Last day of its exchange.")
    )

    # Said by `with_matched_elsewhere` only.
    matched_elsewhere: bool

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

    @property
    def both_said_yes(self) -> bool:
        return bool(self.visitor_answer == self.host_answer == Answer.YES)

    def places_held_by_others(self) -> int:
        """Places of the host that other matches hold today, by the host's calendar."""
        day = clock.today(self.host_profile.organisation.country.time_zone)
        return Match.objects.holding_a_place(self.host_profile, day).exclude(pk=self.pk).count()

    def is_matched_elsewhere(self) -> bool:
        """Whether the visitor has another confirmed match in this modality, now."""
        others = Match.objects.filter(state=CONFIRMED, modality=self.modality).exclude(pk=self.pk)
        if self.modality == Modality.VIRTUAL:
            return others.filter(
                visiting_organisation_id=self.visiting_profile.organisation_id,
                generation_id=self.visiting_profile.generation_id,
            ).exists()
        return others.filter(visiting_profile_id=self.visiting_profile_id).exists()

    # --- moves: proposing and answering -----------------------------------------------------

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
        self.proposed_at = self.counted_from = self.moment
        self.initiated_by = self.ask.side
        if self.ask.side in {VO, HO}:
            self._says(self.ask.side, Answer.YES)

    @move(state, label=_("Say yes"), source=PROPOSED, who=(VO,), requires=(r.visitor_open, *r.AT_THE_SECOND_YES))
    def visitor_yes(self) -> None:
        self._says(VO, Answer.YES)

    @move(state, label=_("Say yes"), source=PROPOSED, who=(HO,), requires=(r.host_open, *r.AT_THE_SECOND_YES))
    def host_yes(self) -> None:
        self._says(HO, Answer.YES)

    @move(
        state,
        label=_("Enter the visitor's yes, given outside"),
        source=PROPOSED,
        who=(VOP,),
        requires=(r.visitor_open, r.given_until_today, r.given_in_some_way, *r.AT_THE_SECOND_YES),
        button=False,
    )
    def visitor_yes_outside(self, *, on: date, how: str) -> dict[str, str]:
        """`on`: the visitor's local date on which it said yes; `how`: by which way."""
        self._says(VO, Answer.YES, on=on, how=how)
        return {"on": on.isoformat(), "how": how}

    @move(
        state,
        label=_("Enter the host's yes, given outside"),
        source=PROPOSED,
        who=(HOP,),
        requires=(r.host_open, r.given_until_today, r.given_in_some_way, *r.AT_THE_SECOND_YES),
        button=False,
    )
    def host_yes_outside(self, *, on: date, how: str) -> dict[str, str]:
        """`on`: the host's local date on which it said yes; `how`: by which way."""
        self._says(HO, Answer.YES, on=on, how=how)
        return {"on": on.isoformat(), "how": how}

    @move(
        state,
        label=_("Say no"),
        source=PROPOSED,
        target=DECLINED,
        who=(VO,),
        reason=True,
        requires=(r.visitor_may_decline,),
    )
    def visitor_no(self) -> None:
        self._end(PROPOSED)
        self._says(VO, Answer.NO)

    @move(
        state,
        label=_("Say no"),
        source=PROPOSED,
        target=DECLINED,
        who=(HO,),
        reason=True,
        requires=(r.host_may_decline,),
    )
    def host_no(self) -> None:
        self._end(PROPOSED)
        self._says(HO, Answer.NO)

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

    # --- moves: ending and coming back ------------------------------------------------------

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
        self._end(PROPOSED)
        self._says(self.ask.side, Answer.NO)

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
        self._says(self.ask.side, Answer.NO)

    @move(
        state,
        label=_("Take back the yes given for us: ask to cancel the exchange"),
        source=CONFIRMED,
        who=(May(VO, r.visitor_yes_given_outside), May(HO, r.host_yes_given_outside)),
        awaits=("exchange_under_preparation",),
    )
    def take_back_yes_by_request(self) -> None:
        """Once an exchange is in preparation the way back is a request to cancel it, which follows this."""

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
        self._run_on()

    @move(
        state,
        label=_("Reopen"),
        source=(DECLINED, WITHDRAWN, EXPIRED, CANCELLED),
        target=GET_STATE(lambda match, **_: match.state_reopened, states=[PROPOSED, CONFIRMED]),
        who=(VOP, HOP, SO),
        reason=True,
        requires=(r.can_be_proposed,),
        awaits=("visitor_not_used_up",),
    )
    def reopen(self) -> None:
        """To the state before if that is still possible, else proposed with the answers cleared."""
        possible = r.state_before_stands.missing(self.ask) is None
        self.state_reopened = self.state_before_end if possible else PROPOSED
        if not possible:
            self.confirmed_at = None
        self._begin_anew(with_answers=possible)

    # Where the reopening under way leads to.
    state_reopened: str = PROPOSED

    @move(
        state, label=_("Complete"), source=CONFIRMED, target=COMPLETED, who=(PORTAL,), awaits=("its_exchange_closed",)
    )
    def complete(self) -> None: ...
