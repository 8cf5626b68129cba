"""Labels within sentences: small letters, but not where nouns begin with a capital."""

import pytest
from django.utils import translation

from cxc.core.languages import in_sentence
from profiles.enums import OrganisationKind
from profiles.queries.scheme_values import kinds_as_text


@pytest.mark.parametrize(("language", "said"), [("en-gb", "physical"), ("fr", "physical"), ("de", "Physical")])
def test_nouns_keep_their_capital_where_the_language_has_it(language: str, said: str) -> None:
    with translation.override(language):
        assert in_sentence("Physical") == said


def test_kinds_of_organisation_in_a_german_sentence() -> None:
    with translation.override("de"):
        assert kinds_as_text([OrganisationKind.CLUSTER]) == "Clusterorganisation"
    assert kinds_as_text([OrganisationKind.CLUSTER]) == "cluster organisation"
    both = [OrganisationKind.CLUSTER, OrganisationKind.SME]
    assert kinds_as_text(both) == "small or medium-sized enterprise, cluster organisation"
