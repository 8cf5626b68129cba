"""When the holder of a published profile last showed interest in it."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from profiles.models.profile import Profile


class LastInterestQuerySet(models.QuerySet["LastInterest"]):
    """Rows that are written in one order."""

    def in_order(self) -> Self:
        """By the ids of organisation and profile: who writes several of them waits for nobody who waits for them."""
        return self.order_by("profile__organisation_id", "profile_id")

    def locked_in_order(self) -> Self:
        """The same under locks, all of which are taken before the first row is written.

        Whatever follows from a row locks its organisation (`matching.fit.ranking_index`): that comes after them.
        """
        return self.in_order().select_for_update(of=("self",))


class LastInterest(models.Model):
    """Since when nobody of the organisation has done anything with a published profile (UTC).

    There is no row while nobody is asked: the profile is not published or was recorded afterwards, or a match of it is
    interest enough.
    Rule: docs/rules.md, Still interested.
    """

    profile = models.OneToOneField(
        Profile, on_delete=models.CASCADE, primary_key=True, related_name="last_interest", verbose_name=_("profile")
    )
    shown_at = models.DateTimeField(_("interest shown at"), db_index=True)

    objects: ClassVar = LastInterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("last interest")
        verbose_name_plural = _("last interests")

    def __str__(self) -> str:
        return f"{self.profile_id}, {self.shown_at:%Y-%m-%d}"
