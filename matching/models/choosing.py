"""What somebody keeps while choosing: who is not for them, bookmarks, saved searches."""

import secrets
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Actor, Scoped, Side
from cxc.ground.models.text import OneLineField
from profiles.models import Profile
from profiles.queries.principals import principal_key


class Hidden(Scoped):
    """“Not for me”, said by `profile`'s side of `other`. The other side never learns of it."""

    # Whoever looks after `profile`, and nobody else: it is silent.
    side_paths: ClassVar = {Side.HOLDER: "profile__organisation_id", Side.PARTNERSHIP: "profile__partnership_id"}
    read_permissions: ClassVar = {"see": (Side.HOLDER, Side.PARTNERSHIP, Side.SO)}

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+", verbose_name=_("own profile"))
    other = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+", verbose_name=_("not shown"))
    made_at = models.DateTimeField(_("made at"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("hidden profile")
        verbose_name_plural = _("hidden profiles")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["profile", "other"], name="hidden_once"),
            models.CheckConstraint(condition=~Q(profile=F("other")), name="nobody_hides_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} ⊘ {self.other_id}"


class OwnQuerySet(models.QuerySet):
    """Rows of one person for one principal."""

    def of(self, actor: Actor) -> Self:
        """What this person keeps for the body that they act for at the moment."""
        if actor.user is None:
            return self.none()
        return self.filter(person=actor.user, acting_for=principal_key(actor))


class Kept(models.Model):
    """Kept by a person for the body that they act for (`profiles.queries.principals`: the principal's key)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    acting_for = models.CharField(_("acting for"), max_length=40)
    made_at = models.DateTimeField(_("made at"), default=clock.now, editable=False)

    objects: ClassVar = OwnQuerySet.as_manager()

    class Meta:
        abstract = True


class Bookmark(Kept):
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


def _stop_key() -> str:
    return secrets.token_urlsafe(24)


class SavedSearch(Kept):
    """Filters of the catalogue under a name; where `weekly`, its person is told once a week of what is new."""

    name = OneLineField(_("name"), max_length=80, printed=False)
    query = models.TextField(_("filters"), blank=True, help_text=_("The canonical address, without “?”."))
    weekly = models.BooleanField(_("weekly mail"), default=False)
    # Whoever has it may stop the mail without signing in, and nothing else.
    stop_key = models.CharField(max_length=64, unique=True, default=_stop_key, editable=False)
    # The profiles that it found when it was saved or the person was last told: what is not among them is new.
    seen = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    looked_at = models.DateTimeField(_("last looked for news"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering: ClassVar = ["name__folded", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "acting_for", "name"], name="one_search_a_name")
        ]
        indexes: ClassVar = [
            models.Index(fields=["looked_at"], condition=Q(weekly=True), name="search_to_look_at"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The catalogue with these filters."""
        return f"{reverse('catalogue')}?{self.query}" if self.query else reverse("catalogue")
