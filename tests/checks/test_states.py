import pytest

from checks.source import Module
from checks.states import check, stateful_models

HEAD = "from exchanges.models import Exchange, Country\n"


def faults(source: str, path: str = "tests/exchanges/factories.py") -> int:
    return len(list(check(Module(path, HEAD + source), {"Exchange"})))


@pytest.mark.parametrize(
    "source",
    [
        "exchange.state = 'ready'",
        "a, exchange.state = 1, 'ready'",
        "setattr(exchange, 'state', 'ready')",
        "Exchange.objects.filter(pk=1).update(state='ready')",
        "Exchange.objects.create(state='ready')",
        "Exchange.objects.update_or_create(pk=1, defaults={'state': 'ready'})",
        "Exchange.objects.create(**{'state': 'ready'})",
        "Exchange(state='ready')",
        "Exchange.objects.bulk_update(rows, ['notes', 'state'])",
        "Exchange.objects.bulk_create(rows)",
        "manager.bulk_create(rows)",
        "a, b = apps.get_model('x', 'Country'), apps.get_model('exchanges.Exchange')\nb.objects.bulk_create(rows)",
        "cursor.execute(\"UPDATE exchanges_exchange SET notes = '', state = 'ready'\")",
    ],
)
def test_writing_a_state_is_refused(source: str) -> None:
    assert faults(source) == 1


@pytest.mark.parametrize(
    "source",
    [
        "Exchange.objects.filter(state='ready')",
        "Exchange.objects.update(notes='')",
        "x = exchange.state",
        "Country.objects.bulk_create(rows)",
        "Choice(state='ready')",
        "from django.db.models import Q\nQ(state='ready')",
        "country = apps.get_model('profiles', 'Country')\ncountry.objects.bulk_create(rows)",
        "Exchange.objects.bulk_create(rows)  # state: drafts of a migration, before there were transitions",
    ],
)
def test_reading_and_other_fields_are_free(source: str) -> None:
    assert faults(source) == 0


def test_the_mover_may() -> None:
    assert faults("exchange.state = 'ready'", path="cxc/workflow.py") == 0


def test_a_model_whose_state_stands_in_an_ancestor_has_one() -> None:
    source = (
        "class Fields(Moving):\n    state = state_field(S, 'a')\nclass Moves(Fields): ...\nclass Thing(m.Moves): ...\n"
    )
    assert stateful_models([Module("x.py", source), Module("y.py", "class Other(Moving): ...\n")]) == {
        "Fields",
        "Moves",
        "Thing",
    }
