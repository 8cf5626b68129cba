"""The cluster register from CSV: bad rows told, good ones alone only when asked, twice the same."""

import pytest

from cxc.workflow import NotAllowed, Refused
from profiles.models import ClusterOrganisation
from profiles.services.cluster_register import import_clusters
from tests.factories import people

pytestmark = pytest.mark.django_db

GOOD = "Name,Country,City,Website\nAlpha,ES,Vigo,https://alpha.example\nΒήτα,gr,,\n"
BAD = "name;country;city;website\nAlpha;ES;;\n;ES;;\nGamma;XX;;\nDelta;BE;;no address\nalpha;es;;\n"


def test_a_good_file_is_taken_and_a_second_time_changes_nothing() -> None:
    so = people.support_office()
    first, second = import_clusters(GOOD.encode(), by=so), import_clusters(GOOD.encode("utf-8-sig"), by=so)
    assert (first.added, first.is_done, first.bad) == (2, True, [])
    assert (second.added, second.changed, second.unchanged) == (0, 0, 2)
    assert ClusterOrganisation.objects.get(name="Βήτα").country_id == "GR"


def test_bad_rows_are_told_by_line_and_reason_and_nothing_is_taken() -> None:
    result = import_clusters(BAD.encode(), by=people.support_office())
    assert [(row.line, row.reason) for row in result.bad] == [
        (3, "The name is missing."),
        (4, "Unknown country “XX”."),
        (5, "“no address” is no web address."),
        (6, "The same cluster as in line 2."),
    ]
    assert (result.is_done, ClusterOrganisation.objects.filter(name="Alpha").exists()) == (False, False)


def test_the_good_ones_alone_when_asked() -> None:
    result = import_clusters(BAD.encode(), by=people.support_office(), skip_bad_rows=True)
    assert (result.added, len(result.bad), result.is_done) == (1, 4, True)


def test_a_change_is_counted_and_an_empty_cell_erases_nothing() -> None:
    so = people.support_office()
    import_clusters(GOOD.encode(), by=so)
    result = import_clusters(b"name,country,city,website\nAlpha,ES,Lugo,\n", by=so)
    alpha = ClusterOrganisation.objects.get(name="Alpha")
    assert (result.changed, alpha.city, alpha.website) == (1, "Lugo", "https://alpha.example")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"title\nAlpha\n"])
def test_what_is_no_table_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Refused):
        import_clusters(content, by=people.support_office())


def test_line_ends_of_an_old_mac_are_line_ends() -> None:
    result = import_clusters(GOOD.replace("\n", "\r").encode(), by=people.support_office())
    assert (result.added, result.bad) == (2, [])


def test_a_control_character_in_a_cell_is_told_as_a_bad_row() -> None:
    result = import_clusters(b'name,country\nAl\x00pha,ES\n"Be\nta",ES\n', by=people.support_office())
    assert [row.reason for row in result.bad] == ["A control character or line break in: name."] * 2


@pytest.mark.parametrize("content", ["name,country\nAlpha,ES\n" + "x" * 140_000 + ",ES\n", "x" * 140_000])
def test_a_cell_longer_than_csv_reads_is_refused_with_a_sentence(content: str) -> None:
    with pytest.raises(Refused, match="can't be read"):
        import_clusters(content.encode(), by=people.support_office())


def test_only_the_support_office_imports() -> None:
    with pytest.raises(NotAllowed):
        import_clusters(GOOD.encode(), by=people.member(people.organisation()))
