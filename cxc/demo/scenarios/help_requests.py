"""Questions in every state: to a Partnership, to the Support Office, and one asked without an account."""

from cxc.demo.scenarios.context import ScenarioContext
from cxc.demo.scenarios.days import DAY, on
from cxc.workflow import perform
from helpdesk.models import HelpRequest
from helpdesk.services.messages import write_message
from helpdesk.services.questions import ask_question, ask_question_as_visitor, confirm_question


def run(context: ScenarioContext) -> None:
    _about_a_profile(context)
    _answered(context)
    _closed(context)
    _without_an_account(context)


def _about_a_profile(context: ScenarioContext) -> None:
    """Open: the demo coordinator finds it on the to-do page."""
    with on(context.participants.today - 2 * DAY):
        ask_question(
            by=context.visitor.owner,
            subject="May two of us travel?",
            text="Our engineer would like to come along. Is there one lump sum, or two?",
            about=context.visitor_profile,
            from_path=context.visitor_profile.get_absolute_url(),
        )


def _answered(context: ScenarioContext) -> HelpRequest:
    """Answered yesterday: the demo host has not read it yet."""
    today, host = context.participants.today, context.loom_host
    with on(today - 4 * DAY):
        asked = ask_question(
            by=host.participant.owner,
            subject="More visitors than places",
            text="Fourteen would like to come and we have ten chairs. What do you advise?",
            about=host.profile,
            from_path=host.profile.get_absolute_url(),
        )
    with on(today - DAY):
        write_message(
            asked, by=host.participant.team.coordinator, text="Publish a visit: then the portal keeps a waiting list."
        )
    return asked


def _closed(context: ScenarioContext) -> None:
    """A coordinator asked the Support Office, and it is settled."""
    today, support = context.participants.today, context.participants.offices.support
    asker = context.participants.rail.coordinator
    with on(today - 20 * DAY):
        asked = ask_question(
            by=asker, subject="A holiday is missing", text="Our region keeps a holiday that you do not know."
        )
    with on(today - 19 * DAY):
        write_message(
            asked, by=support, text="Only national holidays count. Mark the day as not worked, with the reason."
        )
    with on(today - 18 * DAY):
        write_message(asked, by=asker, text="Understood, thank you.")
        perform(asked, "close", by=asker)


def _without_an_account(context: ScenarioContext) -> None:
    """One whose address is confirmed and waits for the Support Office, one that is not confirmed."""
    today = context.participants.today
    with on(today - DAY):
        confirm_question(
            ask_question_as_visitor(
                name="Robin Example",
                email="robin@visitor.example",
                subject="Is a library a support organisation?",
                text="We lend machines to small companies and belong to a cluster. May we host?",
                from_path="/take-part/",
            )
        )
        ask_question_as_visitor(
            name="Alex Example", email="alex@visitor.example", subject="Hello", text="How do I begin?"
        )
