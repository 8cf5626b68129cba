"""The record that an address names by its kind and number."""

from django.apps import apps
from django.http import Http404

from cxc.access.scoped import Actor
from cxc.workflow import StatefulModel


def record_of_kind(actor: Actor, kind: str, pk: int) -> StatefulModel:
    """One with states, such as `exchanges.exchange`; 404 where there is none that the actor may see."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        raise Http404 from None
    if not issubclass(model, StatefulModel):
        raise Http404
    return model.objects.get_for(actor, pk=pk)
