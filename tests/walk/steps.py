"""Steps of a walk: a failure names the step, who took it, and what their window showed."""

import functools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from tests.walk.window import Window

Given = ParamSpec("Given")
Result = TypeVar("Result")
TakesSteps = TypeVar("TakesSteps", bound="Persona")


@dataclass
class Walk:
    """The steps taken so far, with their seconds, and where pictures of a failure go."""

    folder: Path
    taken: list[tuple[str, float]] = field(default_factory=list)

    def summary(self) -> str:
        return "\n".join(f"{seconds:6.1f} s  {name}" for name, seconds in self.taken)


class Persona:
    """One person at one window. The public things that they do are steps."""

    def __init__(self, walk: Walk, window: Window) -> None:
        self.walk, self.window = walk, window


def step(
    do: Callable[Concatenate[TakesSteps, Given], Result],
) -> Callable[Concatenate[TakesSteps, Given], Result]:
    """A method of a desk that is one step of the story."""

    @functools.wraps(do)
    def taken(persona: TakesSteps, /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
        name = f"{persona.window.who}: {do.__name__.replace('_', ' ')}"
        begun = time.monotonic()
        try:
            return do(persona, *args, **kwargs)
        except Exception as error:
            error.add_note(_where(persona, name))
            raise
        finally:
            persona.walk.taken.append((name, time.monotonic() - begun))

    return taken


def _where(persona: Persona, name: str) -> str:
    """Step, address, picture and text of the window in which it failed."""
    picture = persona.walk.folder / "failed.png"
    persona.window.picture(picture)
    number = len(persona.walk.taken) + 1
    return f"In step {number}, {name}, at {persona.window.page.url} ({picture}):\n{persona.window.text('body')}"
