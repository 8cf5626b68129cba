"""Messages about matches."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import ORGANISATION_SIDES, Side, VisibleQuerySet
from cxc.messaging.bulk import register_subject
from cxc.messaging.subjects import MessageSubject, Placeholder
from matching.enums import MatchState
from matching.models import Match

VO, HO, VOP, HOP, SO = Side.VO, Side.HO, Side.VOP, Side.HOP, Side.SO
# Nobody sees contacts before a match is confirmed.
CONTACTS_SHOWN = (MatchState.CONFIRMED, MatchState.COMPLETED)
OWN_PARTNERSHIP = {VO: VOP, HO: HOP}


def _matches() -> VisibleQuerySet:
    return Match.objects.with_display_relations()


def _may_write_to(match: Any, writer: Side, reader: Side) -> bool:
    """An organisation writes to its own Partnership at any time, and to the other side once the match is confirmed."""
    return writer not in ORGANISATION_SIDES or reader == OWN_PARTNERSHIP[writer] or match.state in CONTACTS_SHOWN


register_subject(
    MessageSubject(
        kind="matching.match",
        readers={
            VO: (HO, VOP, HOP),
            HO: (VO, VOP, HOP),
            VOP: (VO, HO, HOP),
            HOP: (VO, HO, VOP),
            SO: (VO, HO, VOP, HOP),
        },
        placeholders={
            "visitor": Placeholder(
                _("the visiting organisation"), lambda match: str(match.visiting_profile.organisation)
            ),
            "host": Placeholder(_("the host organisation"), lambda match: str(match.host_profile.organisation)),
            "modality": Placeholder(_("in person or online"), lambda match: str(match.get_modality_display())),
            "generation": Placeholder(_("the generation"), lambda match: str(match.generation)),
        },
        queryset=_matches,
        may_write_to=_may_write_to,
    )
)
