"""The PDF report: asked for once, made by a worker, kept for the same figures."""

from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.test import Client

from cxc.documents import pdf
from cxc.workflow import perform
from reports import pdf_report, tasks
from reports.statistics import Filters
from tests.factories import people
from tests.reports.conftest import Small

ADDRESS = "/statistics.pdf?modality=physical"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def queued() -> Any:
    """The keys for which a worker was asked."""
    with patch.object(tasks.make_report, "apply_async") as asked, patch.object(pdf, "available", return_value=True):
        yield asked


def _keys(queued: Any) -> list[str]:
    return [call.args[0][0] for call in queued.call_args_list]


def test_it_is_asked_for_once_and_then_given(client: Client, small: Small, queued: Any) -> None:
    assert [client.get(ADDRESS).status_code for _ in range(3)] == [202, 202, 202]
    (key,) = _keys(queued)
    with patch.object(pdf, "render", return_value=b"%PDF-") as render:
        assert tasks.make_report(key)
    assert (
        render.call_args.args[1]["filter_summary"] == "All generations · All Partnerships · Physical · any start date"
    )
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"%PDF-", "application/pdf")
    assert client.get(ADDRESS, headers={"HX-Request": "true"})["HX-Redirect"] == ADDRESS


def test_figures_that_changed_are_another_report(small: Small, queued: Any, client: Client) -> None:
    client.get(ADDRESS)
    perform(small.grouped[1], "cancel", by=people.support_office(), reason="It rains.")
    client.get(ADDRESS)
    assert len(set(_keys(queued))) == 2


@pytest.mark.django_db
def test_the_same_figures_have_the_same_key_in_any_language(now: None) -> None:
    from django.utils import translation

    keys = set()
    for language in ("en-gb", "fr"):
        with translation.override(language):
            keys.add(pdf_report.key_of(pdf_report.report_context(Filters())))
    assert len(keys) == 1


@pytest.mark.django_db
def test_a_crowd_is_told_to_come_back(client: Client, queued: Any) -> None:
    with patch.object(pdf_report, "MAX_PENDING", 1):
        assert client.get("/statistics.pdf").status_code == 202
        refused = client.get(ADDRESS)
    assert refused.status_code == 503
    assert "Many reports are being made just now." in refused.content.decode()
    with patch.object(pdf, "render", return_value=b"%PDF-"):
        assert tasks.make_report(_keys(queued)[0])
    with patch.object(pdf_report, "MAX_PENDING", 1):
        assert client.get(ADDRESS).status_code == 202


@pytest.mark.django_db
def test_nobody_waits_for_it_any_more() -> None:
    assert not tasks.make_report("statistics-report-forgotten")


@pytest.mark.django_db
def test_without_pango_the_page_says_so(client: Client) -> None:
    with patch.object(pdf, "available", return_value=False):
        answer = client.get("/statistics.pdf")
    assert answer.status_code == 503
    assert pdf.missing_sentence() in answer.content.decode().replace("&#x27;", "'")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/statistics.pdf", "/statistics.csv", "/statistics.xlsx", "/statistics/types.csv"])
def test_a_file_of_a_bad_parameter_is_the_page_with_its_sentence(client: Client, address: str) -> None:
    answer = client.get(f"{address}?from=yesterday")
    assert answer.status_code == 400
    assert "Write the date as day, month, year, for example 27/3/2027." in answer.content.decode()


@pytest.mark.django_db
def test_there_is_no_table_of_another_name(client: Client) -> None:
    assert client.get("/statistics/people.csv").status_code == 404


@pytest.mark.pdf
def test_it_is_tagged_and_each_picture_has_its_sentence(small: Small) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    content = pdf.render(pdf_report.TEMPLATE, pdf_report.report_context(Filters()))
    catalogue: Any = PdfReader(BytesIO(content)).trailer["/Root"]
    assert (catalogue["/Lang"], bool(catalogue["/MarkInfo"]["/Marked"])) == ("en", True)
    figures = [element for element in _elements(catalogue["/StructTreeRoot"]) if element.get("/S") == "/Figure"]
    assert len(figures) == 13  # the programme's mark, two maps, ten charts
    assert all(figure["/Alt"].strip() for figure in figures)


def _elements(node: Any) -> Any:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(found, dict):
            yield found
            yield from _elements(found)
