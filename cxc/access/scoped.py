"""Who acts, on which side of a thing, and what that side may see.

A model says once, in `side_paths`, by which path each side is reached. From these paths come
both the answer for one thing (`sides_of`) and the filter for a list (`visible_to`), so that a
rule and its list can't disagree. Rule: docs/rules.md, Access.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from cxc.core.choice_words import ChoiceWords
from cxc.core.moments import OFFICE_ZONE
from cxc.core.narrow import Columns, narrow

if TYPE_CHECKING:
    # The type checker reads it as the class of settings.AUTH_USER_MODEL.
    from django.contrib.auth.models import _User as User


class Side(models.TextChoices):
    """The side on which somebody stands towards a thing."""

    HOLDER = "holder", _("Holder")
    PARTNERSHIP = "partnership", _("Partnership")
    VO = "vo", _("Visiting organisation")
    HO = "ho", _("Host organisation")
    VOP = "vop", _("Visitor's Partnership")
    HOP = "hop", _("Host's Partnership")
    LEAD = "lead", _("Lead Partnership")
    SO = "so", _("Support Office")
    OBSERVER = "observer", _("Observer")
    ASKER = "asker", _("Who asks")
    PORTAL = "portal", _("The portal")


class Principal(StrEnum):
    """What an actor acts for."""

    ORGANISATION = "organisation"
    PARTNERSHIP = "partnership"
    SUPPORT_OFFICE = "support office"
    OBSERVER = "observer"
    PORTAL = "portal"
    NONE = "none"


class Rank(IntEnum):
    """What a member may do for the principal: read, write (editor, coordinator), or own it."""

    READER = 1
    EDITOR = 2
    OWNER = 3


ORGANISATION_SIDES = frozenset({Side.HOLDER, Side.VO, Side.HO})
PARTNERSHIP_SIDES = frozenset({Side.PARTNERSHIP, Side.VOP, Side.HOP, Side.LEAD})
# What is a person's own, whatever they act for and at whatever rank: reached by the person's id.
PERSON_SIDES = frozenset({Side.ASKER})
# The sides on which each kind of principal can stand.
SIDES_OF: Mapping[Principal, frozenset[Side]] = {
    Principal.ORGANISATION: ORGANISATION_SIDES,
    Principal.PARTNERSHIP: PARTNERSHIP_SIDES,
    Principal.SUPPORT_OFFICE: frozenset({Side.SO}),
}
# The side of an organisation, and that of the Partnership that looks after it.
PARTNERSHIP_SIDE_OF: Mapping[Side, Side] = {Side.HOLDER: Side.PARTNERSHIP, Side.VO: Side.VOP, Side.HO: Side.HOP}


@dataclass(frozen=True)
class Actor:
    """A person and the one principal they act for at this moment.

    `principal_id` is the primary key of that organisation or Partnership; `label` its name.
    `organisations` and `partnerships` are all the person belongs to, for conflicts of interest.
    `zone` is the time zone of the principal's seat, by whose clock the person reads moments.
    """

    user: "User | None" = None
    principal: Principal = Principal.NONE
    principal_id: int | None = None
    rank: Rank = Rank.READER
    signatory: bool = False
    label: str = ""
    organisations: frozenset[int] = field(default_factory=frozenset)
    partnerships: frozenset[int] = field(default_factory=frozenset)
    zone: str = OFFICE_ZONE

    @property
    def is_signed_in(self) -> bool:
        return self.user is not None

    @property
    def may_write(self) -> bool:
        return self.rank >= Rank.EDITOR

    @property
    def without_proxy(self) -> "Actor":
        """The actor itself, where the caller holds Django's lazy proxy of it."""
        return self


NOBODY = Actor()
PORTAL = Actor(
    principal=Principal.PORTAL, rank=Rank.OWNER, label="ClusterXchange portal"
)  # not translated: kept by value


M = TypeVar("M", bound="Scoped", covariant=True)
T = TypeVar("T", bound="Scoped")


class VisibleQuerySet(models.QuerySet[M]):
    """A queryset that knows whose rows are whose."""

    def visible_to(self, actor: Actor, act: str = "see", *, few: bool = False, paged: bool = False) -> Self:
        """The rows on which this actor may do `act` (a key of the model's `read_permissions`).

        `few`: the filters leave so few rows that each is looked at by itself, rather than all rows of the actor.
        `paged`: a list shows its first rows in the order of an index, and many of all rows are the actor's: looked at
        in that order they soon fill a page.
        """
        if not actor.is_signed_in and actor.principal is not Principal.PORTAL:
            return self.none()
        sides = self.model.read_permissions[act]
        if _everything(actor, sides):
            return self
        ways = _ways_of(self.model, actor, sides)
        if not ways:
            return self.none()
        conditions = [models.Q(way) for way in ways]
        at_hand = not any("__" in path for path, _pk in ways)  # columns of the table itself
        if (few or at_hand or len(ways) == 1) and all(_leads_to_one_row(self.model, path) for path, _pk in ways):
            return self.filter(reduce(or_, conditions))
        if few:
            itself = self.model._base_manager.filter(reduce(or_, conditions), pk=models.OuterRef("pk"))
            return self.filter(models.Exists(itself))
        if paged:
            return self.filter(reduce(or_, (_condition_on(self.model, path, pk) for path, pk in ways)))
        # By a subquery: a path through many rows must not list a thing twice. One for each path, because an index
        # serves each of them, and none all of them together.
        first, *others = (_keys_of(self.model, path, pk) for path, pk in ways)
        return self.filter(pk__in=first.union(*others) if others else first)

    def visible_parts(self, actor: Actor, act: str = "see") -> dict[Side, Self]:
        """The rows of `visible_to` by the side on which the actor reaches them; all under one where they see all.

        A row may be in several parts, and in one several times. For queries with a limit: an index serves each part.
        """
        if not actor.is_signed_in:
            return {}
        sides, fixed = self.model.read_permissions[act], _fixed_side(actor)
        if fixed is not None and _everything(actor, sides):
            return {fixed: self}
        own = [side for side in _own_sides(self.model, actor) if side in sides]
        return {side: self.filter(**{list_path(self.model, side): _id_on(actor, side)}) for side in own}

    def with_labels(self) -> Self:
        """With only those columns of related rows that `str()`, links and sides need (`label_columns`)."""
        return narrow(self, self.model.label_columns)

    def get_for(self, actor: Actor, act: str = "see", **lookup: Any) -> M:
        """Fetch and authorise in one call.

        Http404 where the thing is none of the actor's, PermissionDenied where it is theirs
        without this right.
        """
        return authorised(self.filter(**lookup).first(), actor, act)


class Scoped(ChoiceWords):
    """A record with sides. `side_paths`: side → path to the id of its principal. `read_permissions`: act → sides.

    `list_paths`: side → path to a copy of that id, which the database holds equal; where there is one, lists go by it.

    `label_columns`: path to a related row → the columns of it that `str`, links and sides read; "" for its own
    columns, where not all of them are fetched.
    """

    label_columns: ClassVar[Columns] = {}
    side_paths: ClassVar[dict[Side, str]] = {}
    list_paths: ClassVar[dict[Side, str]] = {}
    read_permissions: ClassVar[dict[str, tuple[Side, ...]]] = {"see": (Side.SO,)}

    objects: ClassVar = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True


def authorised(thing: T | None, actor: Actor, act: str = "see") -> T:
    """The thing that was looked for, if the actor may do this with it.

    Http404 where there is none or it is none of the actor's, PermissionDenied where it is theirs without this right.
    """
    if thing is None or not sides_of(actor, thing):
        raise Http404
    if not may_see(actor, thing, act):
        raise PermissionDenied
    return thing


def sides_of(actor: Actor, thing: Scoped) -> frozenset[Side]:
    """Every side on which the actor stands towards this thing, whatever their rank."""
    own = frozenset(side for side in _own_sides(type(thing), actor) if _stands_on(actor, thing, side))
    fixed = _fixed_side(actor)
    return own if fixed is None else own | {fixed}


def may_see(actor: Actor, thing: Scoped, act: str = "see") -> bool:
    """Whether the actor may do the reading act `act` on this thing."""
    if actor.principal is Principal.PORTAL:
        return True
    return bool(sides_of(actor, thing) & set(type(thing).read_permissions[act]))


def seen_acts(actor: Actor, thing: Scoped) -> frozenset[str]:
    """All reading acts that the actor may do on this thing (`may_see`): for a page that asks for several."""
    acts = type(thing).read_permissions
    if actor.principal is Principal.PORTAL:
        return frozenset(acts)
    own = sides_of(actor, thing)
    return frozenset(act for act, sides in acts.items() if own & set(sides))


def principals_on(thing: Scoped, side: Side) -> set[int]:
    """The ids of the organisations, or Partnerships, on this side; several where its path runs through many rows."""
    return set(_at_end_of(thing, _steps_of(thing.side_paths[side]))) - {None}


def _stands_on(actor: Actor, thing: Scoped, side: Side) -> bool:
    own_id, path = _id_on(actor, side), thing.side_paths[side]
    if not _leads_to_one_row(type(thing), path):
        return own_id in principals_on(thing, side)
    # The usual path, asked many times for a page: nothing is collected on the way.
    value: Any = thing
    for step in _steps_of(path):
        value = getattr(value, step)
        if value is None:
            return False
    return bool(value == own_id)


_FIXED_SIDES = {Principal.SUPPORT_OFFICE: Side.SO, Principal.OBSERVER: Side.OBSERVER, Principal.PORTAL: Side.PORTAL}


def _fixed_side(actor: Actor) -> Side | None:
    return _FIXED_SIDES.get(actor.principal)


def _everything(actor: Actor, sides: Iterable[Side]) -> bool:
    fixed = _fixed_side(actor)
    return fixed is Side.PORTAL or (fixed is not None and fixed in sides)


def _own_sides(model: type[Scoped], actor: Actor) -> tuple[Side, ...]:
    return _sides_for(model, actor.principal, actor.user is not None)


@cache
def _sides_for(model: type[Scoped], principal: Principal, is_person: bool) -> tuple[Side, ...]:
    group = SIDES_OF.get(principal, frozenset()) | (PERSON_SIDES if is_person else frozenset())
    return tuple(side for side in model.side_paths if side in group)


def _id_on(actor: Actor, side: Side) -> int | None:
    """By which id the actor is reached on a side: the person's own, else the principal's."""
    return actor.user.pk if actor.user is not None and side in PERSON_SIDES else actor.principal_id


def _ways_of(model: type[Scoped], actor: Actor, sides: Iterable[Side]) -> list[tuple[str, int | None]]:
    """Each path by which the actor reaches rows, with the id that stands at its end."""
    return [(list_path(model, side), _id_on(actor, side)) for side in _own_sides(model, actor) if side in sides]


def list_path(model: type[Scoped], side: Side) -> str:
    """The path by which lists reach a side."""
    return model.list_paths.get(side, model.side_paths[side])


def _keys_of(model: type[models.Model], path: str, pk: int | None) -> models.QuerySet[Any, Any]:
    """The keys of the rows whose path leads to this id; through many rows of another table they are read from these."""
    first, _, rest = path.partition("__")
    relation: Any = model._meta.get_field(first) if rest else None
    if relation is not None and relation.one_to_many:
        found = relation.related_model._base_manager.filter(**{rest: pk})
        return cast("models.QuerySet[Any, Any]", found.order_by().values(relation.field.attname))
    return model._base_manager.filter(**{path: pk}).order_by().values("pk")


def _condition_on(model: type[models.Model], path: str, pk: int | None) -> models.Q:
    """The condition that the path leads from a row to this id, without a join that would list the row several times."""
    first, _, rest = path.partition("__")
    if not rest:
        return models.Q(**{path: pk})
    relation: Any = model._meta.get_field(first)
    to_many = relation.one_to_many
    own_column, other_column = ("pk", relation.field.attname) if to_many else (relation.attname, "pk")
    found = relation.related_model._base_manager.filter(**{other_column: models.OuterRef(own_column), rest: pk})
    return models.Q(models.Exists(found))


@cache
def _leads_to_one_row(model: type[models.Model], path: str) -> bool:
    """Whether each step of the path leads to one row, so that no thing is found twice by it."""
    *relations, _column = path.split("__")
    for name in relations:
        relation: Any = model._meta.get_field(name)
        if not (relation.many_to_one or relation.one_to_one):
            return False
        model = relation.related_model
    return True


@cache
def _steps_of(path: str) -> tuple[str, ...]:
    return tuple(path.split("__"))


def _at_end_of(value: Any, steps: tuple[str, ...]) -> list[Any]:
    """The values at the end of the path. A relation to many rows that is not prefetched costs one query."""
    for place, step in enumerate(steps, 1):
        if value.pk is None and value._meta.get_field(step.removesuffix("_id")).one_to_many:
            return []
        found = getattr(value, step)
        if found is None:
            return []
        if isinstance(found, models.Manager):
            rest = steps[place:]
            if step in getattr(value, "_prefetched_objects_cache", {}):
                return [end for row in found.all() for end in _at_end_of(row, rest)]
            return list(found.order_by().values_list("__".join(rest), flat=True))
        value = found
    return [value]
