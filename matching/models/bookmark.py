"""A profile that a person wants to find again."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc.access.personal import PersonalModel
from profiles.models import Profile


class Bookmark(PersonalModel):
    """A profile that a person wants to find again."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "acting_for", "profile"], name="bookmarked_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ★ {self.profile_id}"
