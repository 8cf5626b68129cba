"""What the Support Office writes for everybody."""

from collections.abc import Iterable
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.core.models.text import FreeTextField, OneLineField
from profiles.models import Country, Sector, User


class SuccessStory(models.Model):
    """What came of an exchange, told by the Support Office; everybody reads it once it is approved.

    An approval is of the words as they are: `CONTENT` changes, and a new one is needed. Rule: docs/rules.md, Success
    stories.
    """

    CONTENT = frozenset({"title", "text", "country", "sector"})

    title = OneLineField(_("title"), max_length=120)
    text = FreeTextField(
        _("text"),
        printed=False,
        help_text=_("Plain text. Name people and organisations only where they agreed."),
    )
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country of the visitor")
    )
    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sector")
    )
    is_approved = models.BooleanField(_("approved: everybody may read it"), default=False)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("approved by"),
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("success story")
        verbose_name_plural = _("success stories")
        ordering: ClassVar = ["-approved_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(is_approved=True, approved_at__isnull=False)
                | models.Q(is_approved=False, approved_at__isnull=True, approved_by__isnull=True),
                name="story_says_when_it_was_approved",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def record_approval(self, *, by: User, changed: Iterable[str]) -> bool:
        """Record who approves the story and when (UTC), or that nobody does. False: an approval was of other words.

        `changed`: the names of fields that have other values than the saved story.
        """
        is_outdated = self.approved_at is not None and not self.CONTENT.isdisjoint(changed)
        self.is_approved = self.is_approved and not is_outdated
        if not self.is_approved:
            self.approved_at = self.approved_by = None
        elif self.approved_at is None:
            self.approved_at, self.approved_by = clock.now(), by
        return not is_outdated
