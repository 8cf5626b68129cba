"""Messages about matches."""

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side, VisibleQuerySet
from cxc.messaging.bulk import register_subject
from cxc.messaging.subjects import MessageSubject, Placeholder
from matching.models import Match
from matching.queries.contacts import may_write_to

VO, HO, VOP, HOP, SO = Side.VO, Side.HO, Side.VOP, Side.HOP, Side.SO


def _matches() -> VisibleQuerySet:
    return Match.objects.with_display_relations()


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
        may_write_to=may_write_to,
    )
)
