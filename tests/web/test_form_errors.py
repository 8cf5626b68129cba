"""What is wrong in a form stands above it, each line with a link to its field."""

import re

import pytest

from cxc.web.components import SampleForm
from cxc.web.templatetags.looks import FormError, form_errors
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_each_line_leads_to_a_field_of_the_page_and_the_focus_goes_there_first() -> None:
    page = client_for(usual_parties().so).post("/organisations/on-behalf/", {"kind": "sme"}).content.decode()
    summary = re.search(r'<div class="form-errors" tabindex="-1" autofocus>.*?</ul>', page, re.DOTALL)
    assert summary is not None
    places = re.findall(r'href="#([^"]+)"', summary[0])
    assert len(places) >= 3
    assert [place for place in places if f'id="{place}"' not in page] == []


def test_what_is_wrong_with_the_whole_form_comes_first_and_leads_nowhere() -> None:
    form = SampleForm({"several": "three"})
    form.add_error(None, "Not now.")
    assert form_errors(form)[0] == FormError("Not now.")
    assert [wrong.anchor for wrong in form_errors(form)][1:3] == ["id_name", "id_story"]
    assert "div_id_several" in [wrong.anchor for wrong in form_errors(form)]
    assert form_errors(SampleForm()) == []
