"""What the to-do page shows of who takes part."""

from collections.abc import Iterable

from cxc.ground.access import Actor
from cxc.ground.todo import MOST_STANDING, Stage, Standing, standing
from profiles.enums import ProfileState
from profiles.models import Profile


@standing
def profiles(actor: Actor) -> Iterable[Standing]:
    """Profiles on their way into the catalogue; a published one waits for its match."""
    mine = Profile.objects.visible_to(actor).exclude(state=ProfileState.ARCHIVED).with_faces()
    for profile in mine[:MOST_STANDING]:
        published = profile.state == ProfileState.PUBLISHED
        yield Standing(profile, Stage.MATCHING if published else Stage.REGISTRATION)
