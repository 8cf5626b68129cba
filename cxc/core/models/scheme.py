"""The scheme's numbers, kept by the Support Office."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cxc.core.email_addresses import AddressField

MOST_MONTHS = 36
# Each date of the follow-up is a reminder of its own.
MOST_FOLLOW_UPS = 4


def _nudge_days() -> list[int]:
    return [3, 7, 14]


def _follow_up_months() -> list[int]:
    return [2, 12]


def _warn_days() -> list[int]:
    return [60, 75]


def _days(label: Any, default: int, help_text: Any = "") -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MinValueValidator(1)], help_text=help_text
    )


class SchemeSettings(models.Model):
    """One row of limits and deadlines. Days are calendar days unless the name says working days."""

    draft_warn_days = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("warn of a stale draft after days"), default=_warn_days
    )
    draft_archive_days = _days(_("archive a stale draft after days"), 90)
    interest_ask_days = _days(
        _("ask whether a holder is still interested, days after it last showed interest"),
        60,
        _("Counts at once: with fewer days a profile may be left out of best matches before its holder was asked."),
    )
    interest_answer_days = _days(_("an answer to whether a holder is still interested is due within days"), 30)
    interest_reminder_days = _days(_("remind of that answer, days before it is due"), 14)
    archived_purge_days = _days(_("delete a never submitted profile after days archived"), 180)
    profile_answer_working_days = _days(_("a submitted profile is answered within working days"), 5)
    proposal_nudge_days = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("nudge an open proposal after days"), default=_nudge_days
    )
    proposal_expiry_days = _days(_("a proposal expires after days"), 21)
    open_proposals_limit = _days(_("open proposals made by one visiting organisation"), 5)
    undo_days = _days(_("days to undo, or to take back a yes given outside"), 7)
    reopen_cancelled_days = _days(_("days in which a Partnership reopens a cancelled exchange"), 7)
    host_places = _days(_("places of a host profile, unless it says otherwise"), 10)
    ctq_days_before_start = _days(_("a CTQ is due at the Support Office, days before the start"), 14)
    ctq_answer_working_days = _days(_("the Support Office answers a CTQ within working days"), 5)
    move_answer_days = _days(_("a move of a visit is answered within days"), 7)
    move_days_before_start = _days(_("a visit is moved, days before its new first day, at the latest"), 3)
    far_days = _days(_("a Final Activity Report is due, days after the end"), 7)
    far_answer_working_days = _days(_("a Final Activity Report is answered within working days"), 5)
    payment_working_days = _days(_("a payment is due after working days"), 10)
    follow_up_months = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("follow-up after months"), default=_follow_up_months
    )
    feedback_blind_days = _days(_("feedback is shown to the other side after days, at the latest"), 14)
    reminder_max_age_days = _days(_("no reminder for what was due more than this many days ago"), 30)
    help_answer_working_days = _days(_("a question is answered within working days"), 3)
    help_close_days = _days(_("an answered question closes after days"), 30)
    help_confirm_days = _days(_("a visitor's question whose address is not confirmed is dropped after days"), 7)
    help_forget_days = _days(_("texts and address of a visitor's closed question are removed after days"), 365)
    invitation_days = _days(_("an invitation is open for days"), 30)
    invitations_a_day = _days(_("invitations that one person may send in a day"), 30)
    invitations_an_address = _days(_("invitations that one address gets in a week, whoever sends them"), 5)
    message_mails_an_hour = _days(
        _("mails that one person may send in an hour by messages"),
        500,
        _("A message to one side is one mail a reader."),
    )
    support_office_email = AddressField(
        _("e-mail address of the Support Office"), blank=True, help_text=_("Answers to its messages go there.")
    )
    iban_erase_days = _days(_("erase the IBAN of a cancelled, unpaid exchange after days"), 90)

    class Meta:
        verbose_name = _("scheme settings")
        verbose_name_plural = _("scheme settings")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="one_row_of_settings",
                violation_error_message=_("There is one row of settings only: edit that one."),
            ),
            models.CheckConstraint(
                condition=models.Q(interest_reminder_days__lt=models.F("interest_answer_days")),
                name="interest_reminder_after_question",
                violation_error_message=_(
                    "The reminder must come before the answer is due: enter fewer days for the reminder than for the"
                    " answer."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Scheme settings"))

    def clean(self) -> None:
        """Lists of days rise, and end before the day on which what they warn of happens."""
        self._check_rising("draft_warn_days", self.draft_archive_days)
        self._check_rising("proposal_nudge_days", self.proposal_expiry_days)
        self._check_rising("follow_up_months", MOST_MONTHS + 1)
        if len(self.follow_up_months or []) > MOST_FOLLOW_UPS:
            text = gettext("Write at most %(most)s numbers.") % {"most": MOST_FOLLOW_UPS}
            raise ValidationError({"follow_up_months": text})

    def _check_rising(self, name: str, end: int | None) -> None:
        numbers = getattr(self, name) or []
        if numbers != sorted(set(numbers)) or 0 in numbers:
            raise ValidationError(
                {name: gettext("Write whole numbers above 0 in rising order, each once, as 3, 7, 14.")}
            )
        if end is not None and numbers and numbers[-1] >= end:
            raise ValidationError({name: gettext("Each has to be below %(end)s.") % {"end": end}})

    @property
    def interest_days(self) -> int:
        """So many days after it last showed interest a holder's answer is due."""
        return self.interest_ask_days + self.interest_answer_days

    @classmethod
    def current(cls) -> "SchemeSettings":
        """The numbers in force."""
        return cls.objects.get_or_create(pk=1)[0]
