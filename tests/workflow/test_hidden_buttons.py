"""A button is hidden by what its transition requires, and by nothing else."""

from django.apps import apps

from cxc.workflow import StatefulModel, kind_of, registry, transitions_of


def test_what_hides_a_button_is_required_by_its_transition() -> None:
    strange = {
        f"{kind_of(model)}.{name}: {need.name}"
        for model in apps.get_models()
        if issubclass(model, StatefulModel)
        for name, declared in transitions_of(model).items()
        for need in declared.hides_when
        if need
        not in {
            *registry.requirements_of(kind_of(model), declared),
            *(one for may in declared.sides for one in may.requires),
        }
    }
    assert strange == set()
