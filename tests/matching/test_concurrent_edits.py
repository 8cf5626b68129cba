"""What meets at the same moment, in several real connections."""

import pytest

from cxc import clock
from cxc.comms.models import Mail
from cxc.workflow import perform
from matching.models import SearchDocument
from matching.search import index
from matching.services import bookmarks, hidden_profiles, saved_searches
from profiles.models import Organisation, Profile
from profiles.services import organisations
from tests.factories.parties import usual_parties
from tests.matching import factories
from tests.matching.services.test_saved_searches import WEEK, saved
from tests.scenarios import lifecycle
from tests.scenarios.parallel import in_parallel


@pytest.mark.usefixtures("committed_db", "now")
def test_four_workers_write_one_mail() -> None:
    parties = usual_parties()
    factories.visiting(parties)
    saved(parties)
    factories.hosting(parties)

    def look() -> None:
        with clock.at(lifecycle.NOW + WEEK):
            saved_searches.mail_due_searches()

    assert in_parallel(look, look, look, look) == ["done"] * 4
    assert Mail.objects.filter(to_user=parties.vo.user, subject__contains="Hosts").count() == 1


@pytest.mark.usefixtures("committed_db", "now")
def test_a_profile_and_its_organisation_edited_at_once_are_both_found() -> None:
    parties = usual_parties()
    host = factories.hosting(parties)

    def title() -> None:
        row = Profile.objects.get(pk=host.pk)
        perform(row, "edit_published", by=parties.ho, version_read=row.row_version, fields={"title": "Zeppelin"})

    def mission() -> None:
        organisations.edit(
            Organisation.objects.get(pk=parties.host.pk), by=parties.ho, version_read=1, mission="Balloon"
        )

    assert in_parallel(title, mission) == ["done", "done"]
    assert SearchDocument.objects.filter(document__holds="'zeppelin' & 'balloon'").get().pk == host.pk
    assert index.differing() == set()


@pytest.mark.usefixtures("committed_db", "now")
def test_hidden_and_bookmarked_twice_at_once() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)

    def hide() -> None:
        hidden_profiles.hide(profile=visitor, other=host, by=parties.vo)

    def bookmark() -> None:
        bookmarks.bookmark(profile=host, by=parties.vo)

    assert in_parallel(hide, hide, bookmark, bookmark) == ["done"] * 4
