"""Who may run the services that are not transitions: members, or the Support Office.

Rule: docs/rules.md, Members.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Principal, Rank
from cxc.workflow import NotAllowed
from profiles.models import Organisation, Partnership

Team = Organisation | Partnership
# The rank from which a member invites, gives roles and removes members: owners, coordinators.
MANAGING_RANKS: Mapping[Principal, Rank] = {Principal.ORGANISATION: Rank.OWNER, Principal.PARTNERSHIP: Rank.EDITOR}


def is_support_office(by: Actor) -> bool:
    """Whether the actor acts for the Support Office."""
    return by.principal is Principal.SUPPORT_OFFICE


def rank_in(by: Actor, team: Team) -> Rank | None:
    """The actor's rank in this team, while acting for it; None for anybody else."""
    principal = Principal.ORGANISATION if isinstance(team, Organisation) else Principal.PARTNERSHIP
    return by.rank if by.principal is principal and by.principal_id == team.pk else None


def may_edit(by: Actor, team: Team) -> bool:
    """Owners and editors of an organisation, coordinators of a Partnership, the Support Office."""
    rank = rank_in(by, team)
    return is_support_office(by) or (rank is not None and rank >= Rank.EDITOR)


def may_agree_to_public_name(by: Actor, organisation: Organisation) -> bool:
    """Its own owners and editors alone; anybody who may edit it may take that back.

    Rule: docs/rules.md, Public map of hosts.
    """
    rank = rank_in(by, organisation)
    return rank is not None and rank >= Rank.EDITOR


def may_manage(by: Actor, team: Team) -> bool:
    """Who invites, gives roles and removes members: owners, coordinators, the Support Office."""
    rank = rank_in(by, team)
    return is_support_office(by) or (rank is not None and rank >= MANAGING_RANKS[by.principal])


def require_edit(by: Actor, team: Team) -> None:
    """NotAllowed unless the actor may edit."""
    if may_edit(by, team):
        return
    if isinstance(team, Partnership):
        raise NotAllowed(_("Only its coordinators and the Support Office may change “%(name)s”.") % {"name": team})
    raise NotAllowed(_("Only its owners and editors may change “%(name)s”.") % {"name": team})


def require_manage(by: Actor, team: Team) -> None:
    """NotAllowed unless the actor may manage the members."""
    if may_manage(by, team):
        return
    if isinstance(team, Organisation):
        raise NotAllowed(_("Only an owner of “%(name)s” may manage its members.") % {"name": team})
    raise NotAllowed(_("Only a coordinator of “%(name)s” may manage its members.") % {"name": team})


def require_support_office(by: Actor) -> None:
    """NotAllowed for anybody but the Support Office."""
    if not is_support_office(by):
        raise NotAllowed(_("Only the Support Office may do this."))


def require_participant(by: Actor) -> None:
    """NotAllowed unless somebody is signed in, other than as an observer, who only reads."""
    if by.user is None or by.principal is Principal.OBSERVER:
        raise NotAllowed(_("Please sign in with an account that takes part in the scheme."))
