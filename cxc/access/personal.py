"""The base of rows that belong to one person acting for one principal."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Actor, Principal

_OFFICE_KEYS = {Principal.SUPPORT_OFFICE: "so", Principal.OBSERVER: "observer"}


def principal_key(actor: Actor) -> str:
    """The key of the principal that this actor acts for; '' for people who belong nowhere."""
    if actor.principal_id is not None:
        return f"{actor.principal.value}-{actor.principal_id}"
    return _OFFICE_KEYS.get(actor.principal, "")


class PersonalQuerySet(models.QuerySet):
    """Rows of one person for one principal."""

    def of(self, actor: Actor) -> Self:
        """The rows of this person for the principal that they act for at the moment."""
        if actor.user is None:
            return self.none()
        return self.of_person_for(actor.user.pk, principal_key(actor))

    def of_person_for(self, person: int | None, acting_for: str) -> Self:
        """The rows of the person of that number for the principal of that key (`principal_key`); None has none."""
        return self.filter(person=person, acting_for=acting_for)


class PersonalModel(models.Model):
    """A row that a person has for the principal that they act for, named by its key (`principal_key`)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    acting_for = models.CharField(_("acting for"), max_length=40)
    made_at = models.DateTimeField(_("made at"), default=clock.now, editable=False)

    objects: ClassVar = PersonalQuerySet.as_manager()

    class Meta:
        abstract = True
