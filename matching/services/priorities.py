"""What matters to the holder of a profile when partners are ranked."""

from django.db import transaction
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Side, sides_of
from cxc.workflow import NotAllowed
from matching.enums import Criterion, Importance
from matching.fit import ranking_index
from matching.models import Priorities
from profiles.models import Profile

SIDES = frozenset({Side.HOLDER, Side.PARTNERSHIP, Side.SO})


def may_set(profile: Profile, by: Actor) -> bool:
    """Whoever may edit the profile says what matters to it."""
    return bool(by.may_write and sides_of(by, profile) & SIDES)


def get_priorities(profile: Profile) -> Priorities:
    """What was said, or that all is nice to have."""
    return Priorities.objects.filter(profile=profile).first() or Priorities(profile=profile)


@transaction.atomic
def set_priorities(profile: Profile, *, by: Actor, **chosen: Importance) -> Priorities:
    """Say how much each criterion matters, by its name; those not named stay as they are. It holds at once."""
    if unknown := set(chosen) - set(Criterion):
        raise TypeError(f"Not criteria: {sorted(unknown)}")
    if not may_set(profile, by):
        raise NotAllowed(_("Only those who look after a profile say what matters to it."))
    Profile.objects.select_for_update(no_key=True).get(pk=profile.pk)
    priorities = get_priorities(profile)
    for criterion, importance in chosen.items():
        setattr(priorities, criterion, importance)
    priorities.full_clean(validate_unique=False)
    priorities.save()
    ranking_index.update([profile.pk], texts=False)
    return priorities
