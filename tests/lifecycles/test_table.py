"""Every transition × state × role: the table made by trying equals the committed one.

The committed tables (tests/lifecycles/*.csv) were held line by line against the rules; after a
wanted change write them anew with `WRITE_TABLES=1 ./portal test tests/lifecycles`, and
read the difference.
"""

import csv
import io
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from cxc.workflow import StatefulModel, transitions_of
from tests.factories.parties import usual_parties
from tests.factories.roles import roles
from tests.lifecycles.inputs import INPUTS
from tests.lifecycles.outcomes import TransitionInput, outcomes, rows
from tests.scenarios import states

HERE = Path(__file__).parent
HEAD = ["thing", "state", "transition", "allowed (* with a reason)", "not met"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.mark.parametrize("kind", sorted(states.BUILDERS))
def test_the_tried_table_equals_the_committed_one(kind: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    for state, build in states.BUILDERS[kind].items():
        parties = usual_parties()
        thing = build(parties)
        assert thing.state == state.partition(",")[0]
        for row in rows(thing, roles(parties), INPUTS[kind](thing, parties)):
            writer.writerow([row.kind, state, *row.cells()[2:]])
    committed = HERE / f"{kind}.csv"
    if os.environ.get("WRITE_TABLES"):
        committed.write_text(text.getvalue())
    assert text.getvalue() == committed.read_text()


@pytest.mark.parametrize("kind", sorted(states.BUILDERS))
def test_a_transition_from_another_state_is_refused_to_everybody_who_acts(kind: str) -> None:
    roles_that_act = _roles_that_act()
    for build in states.BUILDERS[kind].values():
        parties = usual_parties()
        thing = build(parties)
        given: Mapping[str, TransitionInput] = INPUTS[kind](thing, parties)
        everybody = roles(parties)
        actors = {role: actor for role, actor in everybody.items() if role in roles_that_act}
        for declared in _elsewhere(thing):
            case = given.get(declared.name, TransitionInput({}))
            answers = set(outcomes(thing, declared, actors, case).values())
            assert answers <= {"no", "state"}, (thing.state, declared.name, answers)


def _elsewhere(thing: StatefulModel) -> list:
    return [
        transition
        for transition in transitions_of(type(thing)).values()
        if not transition.creates and thing.state not in transition.source
    ]


def _roles_that_act() -> set[str]:
    """Who may do anything in some state, by the committed tables; everybody else is refused in each."""
    lines = [line for table in HERE.glob("*.csv") for line in csv.DictReader(table.read_text().splitlines())]
    return {word.rstrip("*") for line in lines for column in HEAD[3:] for word in line[column].split()}
