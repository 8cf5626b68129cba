"""Lists as tables."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from cxc.ground.access import Actor
from profiles.models import Profile
from profiles.queries import next_step


class ProfileTable(tables.Table):
    """Profiles with their state and next step."""

    organisation = tables.Column(linkify=lambda record: record.get_absolute_url())
    title = tables.Column(empty_values=())
    state = tables.TemplateColumn("{% load portal %}{% state_badge record %}")
    next = tables.Column(verbose_name=_("Next step"), empty_values=(), orderable=False)
    touched_at = tables.DateColumn(format="j M Y", verbose_name=_("Last touched"))

    class Meta:
        model = Profile
        fields = ("organisation", "title", "kind", "generation", "partnership", "state", "next", "touched_at")
        order_by = "-touched_at"
        empty_text = _("No profile here.")
        attrs = {"class": "table align-middle"}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def render_next(self, record: Profile) -> str:
        return next_step(record, self.actor)
