"""Sides in the words of whoever reads: “you”, “your Partnership”, “the host”."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import PARTNERSHIP_SIDE_OF, Actor, Scoped, Side, principals_on, sides_of

_SOMEBODY: dict[Side, Any] = {
    Side.HOLDER: gettext_lazy("the organisation"),
    Side.PARTNERSHIP: gettext_lazy("the Partnership"),
    Side.VO: gettext_lazy("the visitor"),
    Side.HO: gettext_lazy("the host"),
    Side.VOP: gettext_lazy("the visitor's Partnership"),
    Side.HOP: gettext_lazy("the host's Partnership"),
    Side.LEAD: gettext_lazy("the lead Partnership"),
    Side.SO: gettext_lazy("the Support Office"),
    Side.OBSERVER: gettext_lazy("the observer"),
    Side.ASKER: gettext_lazy("whoever asked"),
    Side.PORTAL: gettext_lazy("the portal"),
}


def word_for(side: Side, mine: Iterable[Side], *, can_act: bool = True) -> str:
    """One side, told to somebody who stands on the sides `mine`; `can_act`: whether “you” would be true."""
    own = set(mine)
    if side in own:
        return _("you") if can_act else _("your colleagues")
    if any(PARTNERSHIP_SIDE_OF.get(one) == side for one in own):
        return _("your Partnership")
    return str(_SOMEBODY[side])


def those_who_act(sides: Iterable[Side]) -> list[Side]:
    """Without the portal; the Support Office, who may do nearly everything, only where nobody else may."""
    people: list[Side] = [side for side in sides if side is not Side.PORTAL]
    others: list[Side] = [side for side in people if side is not Side.SO]
    return others or people


def words_for(sides: Iterable[Side], mine: Iterable[Side], *, can_act: bool = True) -> list[str]:
    """Each of `those_who_act` once; “you” first."""
    own = set(mine)
    acting = sorted(those_who_act(sides), key=lambda side: side not in own)
    return list(dict.fromkeys(word_for(side, own, can_act=can_act) for side in acting))


def by_principal(sides: Iterable[Side], thing: Scoped) -> list[Side]:
    """The lead is told as the visitor's or the host's Partnership where no other is that: one body, one word."""
    others = [side for side in (Side.VOP, Side.HOP) if side in thing.side_paths]

    def known(side: Side) -> Side:
        if side is not Side.LEAD or Side.LEAD not in thing.side_paths:
            return side
        lead = principals_on(thing, Side.LEAD)
        return next((other for other in others if lead and lead == principals_on(thing, other)), side)

    return [known(side) for side in sides]


def who_can(sides: Iterable[Side], actor: Actor, thing: Scoped) -> str:
    """A sentence: who can do it, for somebody who can't. The sides are those towards `thing`."""
    words = words_for(by_principal(sides, thing), sides_of(actor, thing), can_act=actor.may_write)
    if not words:
        return ""
    return _("Done by %(who)s.") % {"who": get_text_list(words, _("or"))}
