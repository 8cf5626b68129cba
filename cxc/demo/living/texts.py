"""What the people of the demo world write."""

from datetime import date, time

from exchanges.services.agenda import Line

MOTIVATION = "We want to see how others organise the work we do every day, and to bring two or three practices home."
VISITING = "A small company with big windows. We make things, repair them, and write down what we learnt."
HOSTING = (
    "Our workshop, laboratory and meeting rooms are open to visitors for three days at a time. Guests work with"
    " our teams in the mornings and meet our neighbours in the afternoons."
)
MESSAGE = "What you do is close to what we plan for next year. May we come and see it?"

GOALS = (
    "Visitors and hosts compare how they plan, make and sell; each leaves with a list of practices to try and one"
    " idea for a common project."
)
MUTUAL = "Every visitor presents one solved and one open problem; the host answers with its own, on the same scale."
BETWEEN = "Visitors work in pairs from different countries and report to each other each evening."
FEEDBACK = "Half an hour at the end of each day, and an hour on the last, led by the host."
EVENT = "The open evening of the local cluster, on the second day."

OBJECTIVES = "Learn how the host tests small series; find a partner for recycled material."
OUTCOMES = "A written comparison of both test benches, and a first draft of a common project."
FOLLOW_UP = "A video meeting after two months; a return visit within the year."
RESPONSIBILITIES = (
    "The visitor prepares its cases and keeps the diary; the host opens its workshop; the Partnerships keep in touch"
    " with both."
)
TERMS = "One payment after the stay, on the accepted report and evidence, within ten working days."

ACTIVITIES = "All points of the agenda took place. The second morning was spent in the laboratory."
DEPARTURES = "The visit to the weaving hall was moved from the afternoon to the morning."
REPORTED = "Two practices are being tried at home; a common project is drafted."
CONTACTS = "Four companies of the host's cluster, one of which will visit us."
STORY = "Three days, one question, four answers: what we took home fits on a page and hangs on the wall."

# A day: from, to, what, who leads ("host" or "visitors"), whether it is feedback time.
_DAY = (
    (time(9), time(10, 30), "Welcome and tour of the house", "host", False),
    (time(10, 45), time(12, 30), "Work with the teams", "host", False),
    (time(14), time(15, 30), "Cases of the visitors", "visitors", False),
    (time(15, 45), time(16, 45), "Companies of the cluster, one to one", "host", False),
    (time(16, 45), time(17, 15), "Feedback of the day", "visitors", True),
)
_LATER = {"Welcome and tour of the house": ("The laboratory at work", "Plans for a common project")}


def agenda(days: list[date], host: str) -> list[Line]:
    """The same five items each day; the first one changes."""
    return [line for number, day in enumerate(days) for line in _lines(number, day, host)]


def _lines(number: int, day: date, host: str) -> list[Line]:
    lines = []
    for starts, ends, title, leader, is_feedback in _DAY:
        later = _LATER.get(title)
        named = later[(number - 1) % len(later)] if later and number else title
        led_by = host if leader == "host" else "The visitors"
        lines.append(Line(day=day, starts=starts, ends=ends, title=named, leader=led_by, is_feedback=is_feedback))
    return lines


SHARED = {
    "goals": GOALS,
    "mutual_learning": MUTUAL,
    "learning_between_visitors": BETWEEN,
    "feedback_time": FEEDBACK,
    "external_event": EVENT,
}
OWN = {
    "objectives": OBJECTIVES,
    "outcomes": OUTCOMES,
    "follow_up": FOLLOW_UP,
    "follow_up_months": 6,
    "responsibilities": RESPONSIBILITIES,
}
REPORT = {
    "activities": ACTIVITIES,
    "departures": DEPARTURES,
    "outcomes": REPORTED,
    "contacts": CONTACTS,
    "follow_up": FOLLOW_UP,
    "satisfaction": 5,
    "story_consent": True,
    "story": STORY,
}
# Account numbers from the standard's own examples: they check out and belong to nobody.
IBANS = {
    "AT": "AT611904300234573201",
    "DE": "DE89370400440532013000",
    "DK": "DK5000400440116243",
    "ES": "ES9121000418450200051332",
    "FR": "FR1420041010050500013M02606",
    "IT": "IT60X0542811101000000123456",
    "LT": "LT121000011101001000",
    "LV": "LV80BANK0000435195001",
    "PT": "PT50000201231234567890154",
}
