"""A state to Django's migrations, and to the models that follow them."""

from django.db.models import TextChoices

from cxc.workflow.transitions import StateField, state_field


class Light(TextChoices):
    RED = "red", "Red"
    GREEN = "green", "Green"


def test_to_migrations_a_state_is_text() -> None:
    field = state_field(Light, Light.RED)
    _name, path, _arguments, options = field.deconstruct()
    assert path == "django.db.models.CharField"
    assert options == {"max_length": 20, "choices": Light.choices, "default": Light.RED, "editable": False}


def test_a_copy_of_the_field_is_protected_too() -> None:
    copy = state_field(Light, Light.RED).clone()
    assert isinstance(copy, StateField)
    assert copy.protected
