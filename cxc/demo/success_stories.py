"""Success stories of the demo world, marked as made up: they stand on the public pages like real ones."""

from cxc.access.scoped import Actor
from public.models import SuccessStory

_MARK = "A story of the demo world: the firms in it are made up."
# Title, country of the visitor, sector, text.
_STORIES = (
    (
        "What a wagon maker's test bench says about a seat fabric",
        "ES",
        "30",
        "A weaver of technical fabrics spent three days with a wagon maker in Germany. It came with one sample and the"
        " question which tests a seat fabric has to pass before a train may carry it.\n\n"
        "On the first day the sample lay on a table; on the third somebody had sat on it eleven thousand times. The"
        " weaver went home with the list of the eleven tests that it needs, in which order, and what each costs. Two of"
        " them are passed.",
    ),
    (
        "A table of settings for yarn that has had a first life",
        "ES",
        "13",
        "Recycled yarn broke on a weaver's looms, and its customers asked for more of it. Its Partnership found a mill"
        " in Portugal where such yarn runs every day, and paid a lump sum for travel and stay afterwards.\n\n"
        "The weaver came with a bag of broken yarn and left with a table of settings. Of its six samples four passed;"
        " a trial order followed, and the mill's shift leader has visited in return.",
    ),
)


def load_success_stories(by: Actor) -> None:
    """Two stories that the Support Office has approved."""
    assert by.user is not None  # a person of the Support Office
    for title, country, sector, text in _STORIES:
        success_story = SuccessStory(
            title=title, text=f"{text}\n\n{_MARK}", country_id=country, sector_id=sector, is_approved=True
        )
        success_story.record_approval(by=by.user, changed=())
        success_story.save()
