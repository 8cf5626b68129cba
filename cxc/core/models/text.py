"""The columns of free text: the limits and cleaning of `cxc.core.text_fields`, held by the database too."""

from typing import Any

from django.db import models

from cxc.core.sanitise import NOT_IN_ONE_LINE, PARAGRAPH, SHORT, in_lines, one_line
from cxc.core.text_fields import FreeTextFormField, OneLineFormField, WebAddressFormField, refuse_unprintable


class OneLineField(models.CharField):
    """A text on one line: no control, line-break, direction or invisible characters; `SHORT` unless it says else."""

    def __init__(self, *args: Any, printed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": SHORT} | kwargs)
        self.printed = printed

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return one_line(text) if isinstance(text, str) else text

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if self.printed and value:
            refuse_unprintable(value, lines=False)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The cleaned text, also where no form wrote it."""
        return _cleaned(self, model_instance, one_line)

    def db_check(self, connection: Any) -> str:
        return f"{connection.ops.quote_name(self.column)} !~ '{NOT_IN_ONE_LINE}'"

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**_form_options(OneLineFormField, self.printed, kwargs))


class FreeTextField(models.TextField):
    """A text of several lines: `PARAGRAPH` characters, a line break counted as one, unless it says otherwise."""

    def __init__(self, *args: Any, printed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": PARAGRAPH} | kwargs)
        self.printed = printed

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return in_lines(text) if isinstance(text, str) else text

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if self.printed and value:
            refuse_unprintable(value, lines=True)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The cleaned text, also where no form wrote it."""
        return _cleaned(self, model_instance, in_lines)

    def db_check(self, connection: Any) -> str:
        column = connection.ops.quote_name(self.column)
        return f"char_length(replace({column}, chr(13) || chr(10), chr(10))) <= {self.max_length}"

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**_form_options(FreeTextFormField, self.printed, kwargs))


class WebAddressField(models.URLField):
    """A web address without anything invisible in it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return _cleaned(self, model_instance, one_line)

    def db_check(self, connection: Any) -> str:
        return f"{connection.ops.quote_name(self.column)} !~ '{NOT_IN_ONE_LINE}'"

    def formfield(self, **kwargs: Any) -> Any:
        own: dict[str, Any] = {"form_class": WebAddressFormField}
        return super().formfield(**own | kwargs)


def _form_options(form_class: type, printed: bool, given: dict[str, Any]) -> dict[str, Any]:
    """What a form's field is made with; one of another class than ours is asked for as it is."""
    chosen = given.get("form_class", form_class)
    return given | {"form_class": chosen} | ({"printed": printed} if issubclass(chosen, form_class) else {})


def _cleaned(field: models.Field, instance: models.Model, clean: Any) -> Any:
    value = getattr(instance, field.attname)
    if isinstance(value, str):
        value = clean(value)
        setattr(instance, field.attname, value)
    return value
