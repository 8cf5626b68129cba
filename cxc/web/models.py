"""What a person has for themselves: drafts of forms, and saved views of lists."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.personal import PersonalModel
from cxc.core.links import EVERYTHING
from cxc.core.models.text import OneLineField

# Of a saved view: the characters of its name, and how many a person has of one list.
MAX_NAME = 80
MAX_VIEWS = 20
_LIST_OF_PERSON = ["person", "acting_for", "list_name"]


class FormDraft(models.Model):
    """What one person has typed into one form: theirs alone, until it is handed in or discarded.

    `principal` is whom they acted for, `address` the form's own. `fields` are name and value as a browser
    sends them; never files, passwords or bank accounts (`cxc.web.form_drafts.store.is_private`). `base` stands for
    what the form said before anything was typed, so that a change by somebody else in the meantime is seen.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    principal = models.CharField(max_length=60)
    address = models.CharField(max_length=400)
    base = models.CharField(max_length=2000, blank=True)
    fields = models.JSONField(default=list)
    saved_at = models.DateTimeField(_("saved at"), default=clock.now, db_index=True)

    class Meta:
        verbose_name = _("form draft")
        verbose_name_plural = _("form drafts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "principal", "address"], name="one_draft_per_form")
        ]

    def __str__(self) -> str:
        return f"{self.address}, {self.saved_at:%Y-%m-%d %H:%M}"


class SavedView(PersonalModel):
    """The filters and the order of a list, saved by a person under a name for the principal that they act for.

    `list_name` is the name of the list and of its address; `query` is the query string of the address. The positions
    limit how many views of one list a person has.
    """

    list_name = models.CharField(_("list"), max_length=40)
    position = models.PositiveSmallIntegerField()
    name = OneLineField(_("name"), max_length=MAX_NAME, printed=False)
    query = models.TextField(_("filters"), blank=True, help_text=_("The canonical address, without “?”."))
    is_default = models.BooleanField(_("default"), default=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering: ClassVar = ["name__folded", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=[*_LIST_OF_PERSON, "name"], name="one_view_per_name"),
            models.UniqueConstraint(fields=[*_LIST_OF_PERSON, "position"], name="one_view_per_position"),
            models.UniqueConstraint(fields=_LIST_OF_PERSON, condition=Q(is_default=True), name="one_default_view"),
            models.CheckConstraint(condition=Q(position__range=(1, MAX_VIEWS)), name="limited_number_of_views"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The list with these filters in this order."""
        return f"{reverse(self.list_name)}?{self.query or EVERYTHING}"
