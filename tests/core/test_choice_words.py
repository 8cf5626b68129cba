"""The words of choices are those that Django finds."""

import pytest
from django.db.models import Model
from django.utils import translation

from exchanges.models import Exchange
from profiles.enums import Modality


@pytest.mark.parametrize("language", ["en-gb", "fr"])
def test_a_choice_has_its_word_in_the_language_that_is_spoken(language: str) -> None:
    field = Exchange._meta.get_field("modality")
    with translation.override(language):
        for modality in Modality:
            row = Exchange(modality=modality)
            assert row.get_modality_display() == str(modality.label)
            assert row.get_modality_display() == Model._get_FIELD_display(row, field)  # type: ignore[attr-defined]


def test_what_is_no_choice_stands_for_itself() -> None:
    assert Exchange(modality="by post").get_modality_display() == "by post"
