"""The record that an address names by its kind and number."""

from django.apps import apps
from django.http import Http404

from cxc.access.scoped import Actor
from cxc.workflow import StatefulModel


def record_of_kind(actor: Actor, kind: str, pk: int) -> StatefulModel:
    """The record of a model with states, such as `exchanges.exchange`.

    Http404 where the actor has nothing to do with it, PermissionDenied where it is theirs without the right to see it.
    """
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        raise Http404 from None
    if not issubclass(model, StatefulModel):
        raise Http404
    return model.objects.get_for(actor, pk=pk)
