"""Open visits: published by a host or its Partnership. Opening one that stands, and closing, are plain moves.

Rule: open visits; lifecycles, Visit.
"""

from datetime import date
from typing import Any

from django.db import transaction

from cxc.access.scoped import Actor
from cxc.workflow import perform
from exchanges.models import Visit
from exchanges.services.visits import create_visit
from profiles.models import Profile


def publish_visit(
    host: Profile, modality: str, *, by: Actor, outline: str, asked_until: date, waiting_list: bool = True, **frame: Any
) -> Visit:
    """Begin a visit at a host profile and open it to visitors at once; both or neither.

    `frame` as of `create_visit`; `asked_until` is the last local day on which visitors may ask.
    """
    with transaction.atomic():
        visit = create_visit(host, modality, by=by, **frame)
        return perform(
            visit, "open_to_visitors", by=by, outline=outline, asked_until=asked_until, waiting_list=waiting_list
        )
