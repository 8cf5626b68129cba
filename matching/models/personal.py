"""The base of rows that belong to one person acting for one principal."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Actor
from profiles.queries.principals import principal_key


class PersonalQuerySet(models.QuerySet):
    """Rows of one person for one principal."""

    def of(self, actor: Actor) -> Self:
        """The rows of this person for the principal that they act for at the moment."""
        if actor.user is None:
            return self.none()
        return self.filter(person=actor.user, acting_for=principal_key(actor))


class PersonalModel(models.Model):
    """Kept by a person for the body that they act for (`profiles.queries.principals`: the principal's key)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    acting_for = models.CharField(_("acting for"), max_length=40)
    made_at = models.DateTimeField(_("made at"), default=clock.now, editable=False)

    objects: ClassVar = PersonalQuerySet.as_manager()

    class Meta:
        abstract = True
