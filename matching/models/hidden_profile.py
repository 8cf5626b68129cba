"""A profile that another one does not want to see."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Scoped, Side
from profiles.models import Profile


class HiddenProfile(Scoped):
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
