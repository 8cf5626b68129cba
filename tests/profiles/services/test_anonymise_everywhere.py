"""Forgotten means forgotten: every text column of every table is searched for the name and the addresses."""

from typing import Any
from urllib.parse import quote_plus

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection
from django.utils.html import escape

from cxc.comms.models import Mail
from cxc.comms.outbox import queue_mail
from cxc.core.erasure import retained
from cxc.core.models import StoredFile
from cxc.web.form_drafts import store
from cxc.web.models import SavedView
from helpdesk.services.messages import write_message
from helpdesk.services.questions import ask_question, ask_question_as_visitor, confirm_question
from matching.models import SavedSearch
from profiles.models import User
from profiles.services import invitations
from profiles.services.people import anonymise
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import completion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

NAME, ADDRESS, FORMER = "Zebedee O'Quillß", "zebedee.oquill@test.example", "zeb@former.test.example"
# Where the name may stand: documents that were made for signing, and who signed them. Rule: docs/accounts.md.
ALLOWED = {"exchanges_documentversion.content", "exchanges_signature.signer_name"}


def columns_with(*words: str) -> set[str]:
    """Each table.column of the database that holds one of the words, in any case."""
    kinds = ("text", "character varying", "jsonb", "json", "ARRAY")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND data_type = ANY(%s)",
            [list(kinds)],
        )
        found = set()
        for table, column in cursor.fetchall():
            cursor.execute(
                f'SELECT EXISTS (SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE ANY(%s))',
                [[f"%{word}%" for word in words]],
            )
            found |= {f"{table}.{column}" for (is_there,) in cursor.fetchall() if is_there}
    return found


def user_after_an_exchange(parties: Parties) -> User:
    """The visitor's owner under a name of their own, after a whole exchange and much else."""
    user = people.user_of(parties.vo)
    EmailAddress.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(full_name=NAME, email=ADDRESS, job_title="Director", phone="+34 1")
    user.refresh_from_db()
    EmailAddress.objects.create(user=user, email=FORMER, verified=True)
    completion.closed(parties)
    return user


def write_texts_about(parties: Parties, user: User) -> None:
    so = people.user_of(parties.so)
    queue_mail(template="profiles/mail/invitation", to=[ADDRESS], key="once", context=_invitation(parties))
    queue_mail(template="profiles/mail/invitation", to=[so], context=_invitation(parties))
    Mail.objects.create(to_address=FORMER, to_user=user, subject="Old", text="Old", key=f"old/{FORMER}", status="sent")
    Mail.objects.create(to_address=so.email, subject=f"By {NAME}", text=NAME, html=f"<p>{escape(NAME)}</p>")
    first: dict[str, Any] = {"list_name": "catalogue", "position": 1}
    query = f"q={quote_plus(NAME)}"
    SavedSearch.objects.create(person=user, acting_for="organisation-1", name=NAME, query=query, **first)
    query = f"q={quote_plus(NAME.lower())}&kind=host"
    SavedSearch.objects.create(person=so, acting_for="so", name="Him", query=query, **first)
    saved_view = SavedView(person=user, acting_for="organisation-1", list_name="visits", position=1, name=NAME)
    saved_view.save()
    store.save(by=parties.so, address="/todo/", fields=[("reason", f"Asked {NAME} <{ADDRESS}>")])
    LogEntry.objects.create(user=so, object_repr=NAME, action_flag=CHANGE, change_message=f"E-mail: {ADDRESS}")
    StoredFile.store(b"x", name=f"CV {NAME}.txt", content_type="text/plain")
    ask_question(by=parties.vo, subject=f"{NAME} asks", text=ADDRESS)
    write_message(
        ask_question(by=parties.ho, subject="Who?", text="Who is it?"),
        by=parties.so,
        text=f"Write to {NAME}, {ADDRESS}.",
    )
    confirm_question(ask_question_as_visitor(name=NAME, email=ADDRESS, subject="Before", text=f"I am {NAME}"))


def _invitation(parties: Parties) -> dict[str, object]:
    return {"body": parties.visitor, "by": people.user_of(parties.vo)}


def test_who_is_forgotten_is_found_in_no_text_of_any_table() -> None:
    parties = usual_parties()
    user = user_after_an_exchange(parties)
    invitations.invite(parties.vop, by=parties.so, email=ADDRESS, role="reader")
    write_texts_about(parties, user)
    assert len(columns_with("o'quill", "oquill", "zebedee", FORMER)) >= 15
    anonymise(user, by=parties.so)
    assert columns_with("o'quill", "o&#x27;quill", "o%27quill", "oquill", "zebedee", FORMER) <= ALLOWED


def test_a_name_of_one_word_stays_where_others_may_bear_it() -> None:
    parties = usual_parties()
    user = people.user_of(parties.vo)
    User.objects.filter(pk=user.pk).update(full_name="Maria")
    mail = Mail.objects.create(to_address="a@test.example", subject="Maria and others", text=f"Write to {user.email}.")
    anonymise(user, by=parties.so)
    mail.refresh_from_db()
    assert (mail.subject, user.email in mail.text) == ("Maria and others", False)


def test_the_key_of_a_mail_to_an_address_does_not_hold_it() -> None:
    parties = usual_parties()
    mail = {"template": "profiles/mail/invitation", "to": [ADDRESS], "key": "k", "context": _invitation(parties)}
    assert [len(queue_mail(**mail)) for _twice in "ab"] == [1, 0]
    assert ADDRESS not in str(Mail.objects.get(to_address=ADDRESS).key)


def test_what_is_kept_as_it_was_written_names_models_that_exist() -> None:
    from django.apps import apps

    assert set(retained()) <= {model._meta.label_lower for model in apps.get_models()}
