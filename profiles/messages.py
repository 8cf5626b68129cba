"""Messages about profiles, to organisations and to Partnerships."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side, VisibleQuerySet
from cxc.comms.recipients import Addressee
from cxc.messaging.bulk import register_subject
from cxc.messaging.subjects import MessageSubject, Placeholder
from profiles.models import Organisation, Partnership, Profile

HOLDER, PARTNERSHIP, SO = Side.HOLDER, Side.PARTNERSHIP, Side.SO


def _profiles() -> VisibleQuerySet:
    return Profile.objects.with_display_relations()


def _organisations() -> VisibleQuerySet:
    return Organisation.objects.select_related("country")


def _partnerships() -> VisibleQuerySet:
    return Partnership.objects.select_related("seat")


def _members_of_organisation(organisation: Any) -> Sequence[Addressee]:
    return [Addressee(row.user, HOLDER, organisation.pk) for row in _active(organisation)]


def _members_of_partnership(partnership: Any) -> Sequence[Addressee]:
    return [Addressee(row.user, PARTNERSHIP, partnership.pk) for row in _active(partnership)]


def _active(team: Any) -> Any:
    return team.memberships.filter(user__is_active=True).select_related("user").order_by("pk")


register_subject(
    MessageSubject(
        kind="profiles.profile",
        readers={HOLDER: (PARTNERSHIP,), PARTNERSHIP: (HOLDER,), SO: (HOLDER, PARTNERSHIP)},
        placeholders={
            "organisation": Placeholder(_("the organisation"), lambda profile: str(profile.organisation)),
            "profile": Placeholder(_("visiting or hosting"), lambda profile: str(profile.get_kind_display())),
            "generation": Placeholder(_("the generation"), lambda profile: str(profile.generation)),
        },
        queryset=_profiles,
    )
)
register_subject(
    MessageSubject(
        kind="profiles.organisation",
        readers={PARTNERSHIP: (HOLDER,), SO: (HOLDER,)},
        placeholders={"organisation": Placeholder(_("the organisation"), str)},
        queryset=_organisations,
        members=_members_of_organisation,
    )
)
register_subject(
    MessageSubject(
        kind="profiles.partnership",
        readers={SO: (PARTNERSHIP,)},
        placeholders={"partnership": Placeholder(_("the Partnership"), str)},
        queryset=_partnerships,
        members=_members_of_partnership,
    )
)
