"""One address at one stage: the records that it names, and a valid body where it takes a POST."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cxc.access.scoped import Actor
from tests.access.sample import ANOTHERS, NONE, OWN, RELATED, Sample

# The arguments of an address, from the records of a sample.
Arguments = Callable[[Sample], tuple[object, ...]]
# The body of a request: fields by name, or JSON as text; for a sample and the actor who sends it.
Body = Callable[[Sample, Actor], Mapping[str, Any] | str]
# A placeholder for a form field that takes a file.
FILE = object()

EVERY = (OWN, RELATED, ANOTHERS)
TWO = (OWN, ANOTHERS)


def no_arguments(_sample: Sample) -> tuple[object, ...]:
    """The arguments of an address that takes none."""
    return ()


@dataclass(frozen=True)
class Filled:
    """The form of a page as a browser would send it, with some values changed.

    by      the person who opens the page, by the name of an attribute of `Parties`
    page    the address of the page with the form; by default the address that is tried
    changes values by the name of the field; a callable gets the sample
    """

    by: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    page: Callable[[Sample], str] | None = None


@dataclass(frozen=True)
class Target:
    """An address at a stage.

    route      as in `tests.access.addresses`
    stage      when it is tried (`tests.access.stages.STAGES`)
    arguments  the arguments of the address, for the sample of each relation
    body       None where the address takes no POST, or where the POST is tried at another stage
    query      the query string
    label      distinguishes several lines of one address, such as a file format or a transition
    methods    the methods to try
    """

    route: str
    stage: str
    arguments: Arguments = no_arguments
    body: Body | Filled | None = None
    relations: tuple[str, ...] = (NONE,)
    query: Callable[[Sample], str] | str = ""
    label: str = ""
    methods: tuple[str, ...] = ("GET", "POST")

    def path(self, sample: Sample) -> str:
        """The address with its arguments."""
        arguments = iter(self.arguments(sample))
        parts = [str(next(arguments)) if part.startswith("<") else part for part in _parts(self.route)]
        return "/" + "".join(parts)

    def query_for(self, sample: Sample) -> str:
        return self.query if isinstance(self.query, str) else self.query(sample)


def _parts(route: str) -> list[str]:
    found, rest = [], route.removeprefix("/")
    while "<" in rest:
        before, _, rest = rest.partition("<")
        name, _, rest = rest.partition(">")
        found += [before, f"<{name}>"]
    return [*found, rest]


def of(name: str, *more: str) -> Arguments:
    """The primary keys of these records."""
    return lambda sample: tuple(sample[each].pk for each in (name, *more))


def sends(**values: Any) -> Body:
    """The same fields for every sender; a callable gets the sample."""
    return lambda sample, _actor: {name: value(sample) if callable(value) else value for name, value in values.items()}


def saves_view(_sample: Sample, _actor: Actor) -> Mapping[str, Any]:
    """The form of a list that saves its filters and order."""
    return {"save_view": "1", "saved_view-name": "Mine"}


def no_fields(_sample: Sample, _actor: Actor) -> Mapping[str, Any]:
    """The body of a button that sends no fields."""
    return {}
