"""Questions in every state: to a Partnership, to the Support Office, and one asked without an account."""

from cxc.demo.living.days import DAY, on
from cxc.demo.living.stage import Stage
from cxc.ground.moves import perform
from helpdesk.models import HelpRequest
from helpdesk.services.asking import ask, ask_as_visitor, confirm
from helpdesk.services.writing import write


def tell(stage: Stage) -> None:
    _about_a_profile(stage)
    _answered(stage)
    _closed(stage)
    _without_an_account(stage)


def _about_a_profile(stage: Stage) -> None:
    """Open: the demo coordinator finds it on the to-do page."""
    with on(stage.participants.today - 2 * DAY):
        ask(
            by=stage.visitor.owner,
            subject="May two of us travel?",
            text="Our engineer would like to come along. Is there one lump sum, or two?",
            about=stage.visitor_profile,
            from_path=stage.visitor_profile.get_absolute_url(),
        )


def _answered(stage: Stage) -> HelpRequest:
    """Answered yesterday: the demo host has not read it yet."""
    today, house = stage.participants.today, stage.loom_house
    with on(today - 4 * DAY):
        asked = ask(
            by=house.participant.owner,
            subject="More visitors than places",
            text="Fourteen would like to come and we have ten chairs. What do you advise?",
            about=house.profile,
            from_path=house.profile.get_absolute_url(),
        )
    with on(today - DAY):
        write(
            asked, by=house.participant.team.coordinator, text="Publish a visit: then the portal keeps a waiting list."
        )
    return asked


def _closed(stage: Stage) -> None:
    """A coordinator asked the Support Office, and it is settled."""
    today, support = stage.participants.today, stage.participants.offices.support
    asker = stage.participants.rail.coordinator
    with on(today - 20 * DAY):
        asked = ask(by=asker, subject="A holiday is missing", text="Our region keeps a holiday that you do not know.")
    with on(today - 19 * DAY):
        write(asked, by=support, text="Only national holidays count. Mark the day as not worked, with the reason.")
    with on(today - 18 * DAY):
        write(asked, by=asker, text="Understood, thank you.")
        perform(asked, "close", by=asker)


def _without_an_account(stage: Stage) -> None:
    """One whose address is confirmed and waits for the Support Office, one that is not confirmed."""
    today = stage.participants.today
    with on(today - DAY):
        confirm(
            ask_as_visitor(
                name="Robin Example",
                email="robin@visitor.example",
                subject="Is a library a support organisation?",
                text="We lend machines to small companies and belong to a cluster. May we host?",
                from_path="/take-part/",
            )
        )
        ask_as_visitor(name="Alex Example", email="alex@visitor.example", subject="Hello", text="How do I begin?")
