"""Saves, renames and deletes views of lists, and chooses the one with which a list opens."""

from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from cxc.access.personal import principal_key
from cxc.access.scoped import Actor, Principal
from cxc.core.refusals import Refused
from cxc.core.sanitise import one_line
from cxc.web.models import MAX_NAME, MAX_VIEWS, SavedView

View = TypeVar("View", bound=SavedView)


def views_of(list_name: str, actor: Actor) -> list[SavedView]:
    """The saved views that the actor has of this list."""
    return list(SavedView.objects.of(actor).filter(list_name=list_name))


@transaction.atomic
def save(
    model: type[View], list_name: str, *, name: str, query: str, by: Actor, is_default: bool = False, **values: Any
) -> View:
    """Save the query of a list's address under a name; a view of this name is replaced.

    Refused without a principal or a usable name, and when the person has `MAX_VIEWS` of this list.
    """
    name = _checked(name)
    mine = _locked_views(model, list_name, by)
    view = mine.filter(name=name).first()
    if view is None:
        position = _free_position(list(mine.values_list("position", flat=True)))
        view = model(person=by.user, acting_for=principal_key(by), list_name=list_name, position=position, name=name)
    for field, value in {**values, "query": query}.items():
        setattr(view, field, value)
    view.save()
    if is_default:
        set_default(view, is_default=True, by=by)
    return view


@transaction.atomic
def rename(view: View, name: str, *, by: Actor) -> View:
    """Give the view another name. Refused where another view of the list has it."""
    name = _checked(name)
    mine = _locked_views(type(view), view.list_name, by)
    row = mine.get(pk=view.pk)
    if mine.filter(name=name).exclude(pk=row.pk).exists():
        raise Refused(_("Choose another name: you already have “%(name)s” for this list.") % {"name": name})
    row.name = name
    row.save(update_fields=["name"])
    return row


@transaction.atomic
def set_default(view: SavedView, *, is_default: bool, by: Actor) -> None:
    """Open the list with this view from now on, instead of with another one; or with none."""
    mine = _locked_views(SavedView, view.list_name, by)
    mine.filter(is_default=True).update(is_default=False)
    mine.filter(pk=view.pk).update(is_default=is_default)


def erase_all(user: Any) -> None:
    """Delete all saved views of a person."""
    SavedView.objects.filter(person=user).delete()


def _locked_views(model: type[View], list_name: str, by: Actor) -> Any:
    """The actor's views of a list, under a lock on the person: two requests do not take the same position or name."""
    if by.user is None or by.principal is Principal.NONE:
        raise Refused(_("Choose whom you act for first: saved views belong to an organisation, Partnership or office."))
    get_user_model().objects.select_for_update().get(pk=by.user.pk)
    return model._default_manager.of(by).filter(list_name=list_name)


def _checked(name: str) -> str:
    """The name, cleaned. Refused where it is empty or too long."""
    name = one_line(name).strip()
    if not name or len(name) > MAX_NAME:
        raise Refused(_("Enter a name of at most %(most)s characters.") % {"most": MAX_NAME})
    return name


def _free_position(taken: list[int]) -> int:
    free = set(range(1, MAX_VIEWS + 1)) - set(taken)
    if not free:
        raise Refused(_("You have %(most)s saved views of this list: delete one first.") % {"most": MAX_VIEWS})
    return min(free)
