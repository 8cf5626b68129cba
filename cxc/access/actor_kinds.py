"""The attributes of an actor that change the SQL of their queries, apart from ids (`cxc.core.compiled_queries`)."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.contrib.auth import get_user_model

from cxc.access.scoped import Actor, Principal, Rank


@dataclass(frozen=True)
class ActorKind:
    """Actors whose queries differ in their values alone (`values_of`)."""

    principal: Principal
    rank: Rank
    signatory: bool
    is_signed_in: bool

    def actor(self, principal_id: Any, user_id: Any, address: Any) -> Any:
        """An actor of this kind with these values; it knows of nothing else, which would be kept with the query."""
        return SimpleNamespace(
            user=get_user_model()(pk=user_id, email=address) if self.is_signed_in else None,
            principal=self.principal,
            principal_id=principal_id,
            rank=self.rank,
            signatory=self.signatory,
            is_signed_in=self.is_signed_in,
            may_write=self.rank >= Rank.EDITOR,
        )


def kind_of_actor(actor: Actor) -> ActorKind:
    """The kind of this actor."""
    return ActorKind(actor.principal, actor.rank, actor.signatory, actor.is_signed_in)


def values_of(actor: Actor) -> dict[str, Any]:
    """What the actor's queries ask for, by the names that `ActorKind.actor` takes."""
    user = actor.user
    return {
        "principal_id": actor.principal_id,
        "user_id": user.pk if user is not None else None,
        "address": user.email if user is not None else None,
    }
