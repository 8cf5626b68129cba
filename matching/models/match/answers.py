"""The two sides' answers, and what is kept of them when a match ends, for the way back."""

from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Side
from cxc.core.models.text import OneLineField
from cxc.workflow import StatefulModel
from matching.enums import Answer, MatchState

_PREFIXES = {Side.VO: "visitor", Side.HO: "host"}


class MatchAnswers(StatefulModel):
    """Yes, no or nothing yet of visitor and host; who ended it, and from where.

    `answered_outside` tells how a yes reached the Partnership that entered it; that side was told
    at `notified_at` and may take it back for a few days. `expiry_counted_from` is where the days of an open
    proposal count from: its beginning, moved on by the time that it was ended.
    """

    expiry_counted_from = models.DateTimeField(_("its days count from"), default=clock.now, editable=False)
    visitor_answer = models.CharField(_("visitor's answer"), max_length=5, choices=Answer.choices, default=Answer.NONE)
    visitor_answered_on = models.DateField(_("visitor answered on"), null=True, blank=True)
    visitor_answered_outside = OneLineField(_("visitor's yes given outside"), blank=True)
    visitor_notified_at = models.DateTimeField(null=True, blank=True, editable=False)
    host_answer = models.CharField(_("host's answer"), max_length=5, choices=Answer.choices, default=Answer.NONE)
    host_answered_on = models.DateField(_("host answered on"), null=True, blank=True)
    host_answered_outside = OneLineField(_("host's yes given outside"), blank=True)
    host_notified_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    ended_by = models.CharField(max_length=20, choices=Side.choices, blank=True, editable=False)
    state_before_end = models.CharField(max_length=20, choices=MatchState.choices, blank=True, editable=False)
    answers_before_end = models.JSONField(default=dict, blank=True, editable=False, encoder=DjangoJSONEncoder)

    class Meta:
        abstract = True

    def answer_of(self, side: Side) -> str:
        """VO's or HO's answer."""
        return str(getattr(self, f"{_PREFIXES[side]}_answer"))

    @property
    def sides_still_to_answer(self) -> tuple[Side, ...]:
        """Whose answer a proposal waits for."""
        if self.state != MatchState.PROPOSED:
            return ()
        return tuple(side for side in (Side.VO, Side.HO) if self.answer_of(side) == Answer.NONE)

    def _record_answer(self, side: Side, answer: Answer, *, on: date | None = None, how: str = "") -> None:
        """`how` is said for a yes given outside; that side is told of it now."""
        prefix = _PREFIXES[side]
        setattr(self, f"{prefix}_answer", answer)
        setattr(self, f"{prefix}_answered_on", on or self.moment.date())
        setattr(self, f"{prefix}_answered_outside", how)
        setattr(self, f"{prefix}_notified_at", self.moment if how else None)

    def _record_end(self, before: MatchState) -> None:
        """Remember what undo and reopen go back to. Called before a no is written down."""
        self.state_before_end = before
        self.answers_before_end = self._answers()
        self.ended_at = self.moment
        self.ended_by = self.context.side

    def _resume(self) -> None:
        """As if it had never ended: the answers stand again, and its days run on from where they stood."""
        if self.ended_at is not None:
            self.expiry_counted_from += self.moment - self.ended_at
        self._set_answers(self.answers_before_end)
        self._clear_end()

    def _restart(self, *, with_answers: bool) -> None:
        """Its days begin again; the answers stand again, or both sides are asked once more."""
        self.expiry_counted_from = self.moment
        self._set_answers(self.answers_before_end if with_answers else {})
        self._clear_end()

    def _clear_end(self) -> None:
        self.ended_at, self.ended_by, self.answers_before_end = None, "", {}

    def _answers(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _answer_fields()}

    def _set_answers(self, answers: dict[str, Any]) -> None:
        for name, value in _no_answers().items():
            setattr(self, name, _from_json(name, answers.get(name, value)))


def _no_answers() -> dict[str, Any]:
    empty = {"answer": Answer.NONE, "answered_on": None, "answered_outside": "", "notified_at": None}
    return {f"{prefix}_{name}": value for prefix in _PREFIXES.values() for name, value in empty.items()}


def _answer_fields() -> list[str]:
    return list(_no_answers())


def _from_json(name: str, value: Any) -> Any:
    if name.endswith("_on") and isinstance(value, str):
        return date.fromisoformat(value)
    if name.endswith("_at") and isinstance(value, str):
        return datetime.fromisoformat(value)
    return value
