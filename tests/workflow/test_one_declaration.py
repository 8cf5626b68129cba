"""A requirement that is added to a transition is seen at once wherever what is owed is told."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.db import connection, models

from cxc.access.scoped import Side
from cxc.comms.models import Mail
from cxc.todo import items_for, reconcile, reminder_table, reminders, subjects
from cxc.workflow import StatefulModel, lifecycle_table, registry, state_field, transition
from cxc.workflow.fix import Fix, FixOption
from cxc.workflow.requirements import TransitionContext, requirement
from cxc.workflow.todo import Due, Todo
from tests.factories import people
from tests.factories.clients import client_for
from tests.html import source_of
from tests.scenarios.lifecycle import NOW

pytestmark = [pytest.mark.reconciles, pytest.mark.django_db, pytest.mark.usefixtures("now")]

APP, KIND = "helpdesk", "helpdesk.parcel"
TODAY = NOW.date()


class ParcelState(models.TextChoices):
    PACKED = "packed", "Packed"
    SENT = "sent", "Sent"


def scales(_context: Any = None) -> str:
    return "/todo/#scales"


@requirement(
    "The parcel is weighed.",
    otherwise="Weigh the parcel.",
    fix=Fix(
        lambda context: [FixOption(context.thing, (Side.HOLDER,), scales())],
        todo=Todo("weigh_parcel", (Side.HOLDER,), page=scales),
    ),
)
def parcel_weighed(context: TransitionContext) -> bool:
    return bool(context.thing.weight)


def made_model() -> type[Any]:
    """A thing with one transition, which requires nothing and is owed by its holder."""

    class Parcel(StatefulModel):
        side_paths: ClassVar = {Side.HOLDER: "holder_id"}
        read_permissions: ClassVar = {"see": (Side.HOLDER,), "history": (Side.HOLDER,)}

        holder_id = models.IntegerField()
        weight = models.IntegerField(default=0)
        state = state_field(ParcelState, ParcelState.PACKED)

        class Meta:
            app_label = APP
            verbose_name = "parcel"

        def __str__(self) -> str:
            return "Parcel 7"

        @transition(
            "state",
            label="Send the parcel",
            source=ParcelState.PACKED,
            target=ParcelState.SENT,
            sides=(Side.HOLDER,),
            todo=Todo(
                "send_parcel",
                (Side.HOLDER,),
                due=Due(lambda _parcel, _deadlines: TODAY + timedelta(days=3), "3 days after it was packed"),
                remind=(-3, 1),
                text="Somebody waits for it.",
            ),
        )
        def send(self) -> None: ...

    return Parcel


@pytest.fixture
def parcel_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Any]]:
    """A model that exists for one test, in the database too; nothing else is owed on anything."""
    model = made_model()
    with connection.schema_editor(atomic=False) as editor:
        editor.create_model(model)
    monkeypatch.setattr(subjects, "_subjects", [subjects.TodoSubject(KIND, "Parcels", model.objects.all)])
    try:
        yield model
    finally:
        registry._blockers.pop((KIND, "send"), None)
        subjects.by_code.cache_clear()
        del apps.all_models[APP]["parcel"]
        apps.clear_cache()


def seen(parcel: Any, holder: Any) -> dict[str, str]:
    """What each place tells of the parcel, or of its model."""
    subjects.by_code.cache_clear()  # what is declared is known for good once the apps are ready
    reconcile.reconcile_everything()
    item = next(row for row in items_for(holder) if row.name)
    Mail.objects.all().delete()
    reminders.write_due()
    mail = Mail.objects.get()
    return {
        "checklist": source_of(client_for(holder).get(f"/transitions/{KIND}/{parcel.pk}/send/")),
        "to-do": f"{item.name}: {item.title} by {item.due}, at {item.url}",
        "reminder": f"{mail.subject}\n{mail.text}",
        "lifecycles": lifecycle_table.page(),
        "reminders": reminder_table.as_markdown(),
    }


def test_an_added_requirement_is_seen_on_the_page_in_the_to_do_the_reminder_and_both_tables(
    parcel_model: type[Any],
) -> None:
    organisation = people.organisation()
    holder = people.member(organisation)
    parcel = parcel_model(holder_id=organisation.pk)
    parcel.save()
    due = TODAY + timedelta(days=3)

    before = seen(parcel, holder)
    assert not [place for place, text in before.items() if "eigh the parcel" in text or "parcel_weighed" in text]
    assert before["to-do"] == f"send_parcel: Send the parcel by {due}, at /todo/"

    registry.block(KIND, "send", by=parcel_weighed)
    after = seen(parcel, holder)
    assert "Weigh the parcel." in after["checklist"]
    assert f'href="{scales()}"' in after["checklist"]
    assert after["to-do"] == f"weigh_parcel: Weigh the parcel by {due}, at {scales()}"
    assert "Reminder: Weigh the parcel (Parcel 7)" in after["reminder"]
    assert "Somebody waits for it." in after["reminder"]
    assert "| Send the parcel (`send`) | Packed | Sent | holder |  | **`parcel_weighed`** |" in after["lifecycles"]
    assert "- `parcel_weighed`: The parcel is weighed." in after["lifecycles"]
    row = "| parcel | {} | 3 days after it was packed | 3 days before | 1 day after | Holder |"
    assert row.format("Weigh the parcel") in after["reminders"]
    assert row.format("Send the parcel") in after["reminders"]

    parcel.weight = 2
    parcel.save()
    done = seen(parcel, holder)
    assert done["to-do"] == before["to-do"]
    assert "Weigh the parcel." not in done["checklist"]
    assert "The parcel is weighed." in done["checklist"]
