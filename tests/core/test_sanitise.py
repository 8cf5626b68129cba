"""Free texts: one cleaning, one way to count, one limit in browser, form and database."""

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

import cxc.urls  # noqa: F401 - brings all forms in
from cxc.core.management.commands.printable_characters import ranges_of_fonts
from cxc.core.models.text import FreeTextField, OneLineField, WebAddressField
from cxc.core.printable import DATA, made_printable, unprintable
from cxc.core.sanitise import LONG, PARAGRAPH, in_lines, one_full_stop, one_line
from cxc.core.text_fields import FreeTextFormField, OneLineFormField, WebAddressFormField
from cxc.workflow import Refused, perform
from exchanges.models import OwnPart
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

# Codes of second factors, and the name of a key, which `clean_name` cleans.
CLEANED_BY_THEMSELVES = {"profiles.forms.second_factor_forms"}
# Columns that hold no free text: keys, codes, paths, copies by value of what was checked when it was typed, and what
# comes from outside and is kept whole (mails).
NOT_TYPED = {
    "web.FormDraft": {"principal", "address", "base"},
    "web.SavedView": {"acting_for", "list_name", "query"},
    "backups.Backup": {"name", "destination", "error"},
    "core.HolidayChange": {"country_code"},
    "comms.Mail": {"key", "subject", "text", "html", "reply_to", "about_kind", "error", "unsubscribe"},
    "workflow.StateEvent": {"kind", "label", "transition", "from_state", "to_state", "principal_label", "source"},
    "core.StoredFile": {"name", "content_type", "sha256"},
    "bulk.BulkItem": {"label"},
    "bulk.BulkRun": {"action", "language", "next_url", "principal", "principal_label"},
    "messaging.Message": {"about_kind", "about_label"},
    "messaging.MessageParty": {"label"},
    "seals.SealCertificate": {"subject", "issuer", "fingerprint", "pem"},
    "todo.TodoItem": {"kind", "code", "principal", "owner_kind"},
    "todo.ReconcileRequest": {"kind"},
    "profiles.Country": {"code", "time_zone"},
    "profiles.Sector": {"code", "section"},
    "profiles.User": {"password", "language"},
    "profiles.SignIn": {"browser"},
    "profiles.Profile": {"partnership_why"},
    "profiles.Preferences": {"unsubscribe_key", "calendar_key"},
    "profiles.Invitation": {"role", "secret"},
    "matching.Plan": {"error", "submitted_as"},
    "matching.PlannedPair": {"refused"},
    "matching.VocabularyWord": {"word", "written"},
    "matching.SavedSearch": {"acting_for", "list_name", "query", "unsubscribe_key"},
    "matching.Bookmark": {"acting_for"},
    "matching.SearchDocument": {"digest", "names"},
    "matching.RankingRow": {"time_zone"},
    "exchanges.Visit": {"time_zone"},
    "exchanges.Exchange": {"cancel_asked_by"},
    "exchanges.AgreementTerms": {"iban"},
    "exchanges.DocumentVersion": {"kind", "code"},
    "exchanges.FinalActivityReport": {"accepted_by_label"},
    "exchanges.FinancialAgreement": {"iban"},
    "exchanges.Signature": {
        "principal_label",
        "signer_name",
        "signer_function",
        "sha256",
        "certificate_sha256",
        "confirmed_by",
        "issuer",
        "subject",
    },
    "core.FileToDelete": {"name"},
    "exchanges.SignatureMethods": {"kind"},
    "helpdesk.HelpRequest": {"acting_for", "secret", "about_kind", "about_label", "from_path"},
    "exchanges.ScannedDocument": {"pages"},
    "exchanges.SharedPartComment": {"principal_label"},
    "helpdesk.HelpMessage": {"written_for", "text", "message_id"},
}
OUR_PACKAGES = {"cxc", "profiles", "matching", "exchanges", "helpdesk"}
OURS = [config.label for config in apps.get_app_configs() if config.name.partition(".")[0] in OUR_PACKAGES]


def test_every_column_of_free_text_is_one_of_the_family() -> None:
    found = {
        (model._meta.label, field.name)
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, OneLineField | FreeTextField | WebAddressField | models.EmailField)
        and not field.choices
        and type(field).__name__ not in {"StateField", "SlugField"}
    }
    assert found == {(model, name) for model, names in NOT_TYPED.items() for name in names}


def all_forms(of: type[forms.BaseForm]) -> set[type[forms.BaseForm]]:
    return {each for sub in of.__subclasses__() for each in (sub, *all_forms(sub))}


def test_every_text_area_counts_and_every_line_is_cleaned() -> None:
    own = {
        (f"{form.__module__}.{form.__name__}", name): field
        for form in all_forms(forms.BaseForm)
        if form.__module__.partition(".")[0] in OUR_PACKAGES and form.__module__ not in CLEANED_BY_THEMSELVES
        for name, field in getattr(form, "base_fields", {}).items()
        if type(field) in {forms.CharField, forms.URLField} or isinstance(field.widget, forms.Textarea)
    }
    areas = {where: each for where, each in own.items() if isinstance(each.widget, forms.Textarea)}
    assert {where for where, each in areas.items() if not isinstance(each, FreeTextFormField)} == set()
    assert {each.widget.attrs["data-count"] for each in areas.values()} <= {PARAGRAPH, LONG}
    shown = {where[1] for where, each in own.items() if not each.widget.is_hidden and where not in areas}
    # Words to look for, the admin's sign-in, and the trap for machines.
    assert shown <= {"q", "text", "username", "website"}


def test_a_line_break_counts_as_one_in_form_and_database() -> None:
    field = FreeTextFormField()
    text = "x" * (PARAGRAPH - 11) + "\r\n" * 10 + "y"
    assert field.clean(text) == text.replace("\r\n", "\n")
    with pytest.raises(forms.ValidationError, match="Shorten this to 2000 characters: it has 2001"):
        field.clean(f"{text}z")


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
def test_the_database_holds_the_limit_of_a_text_and_what_a_line_never_holds() -> None:
    part = OwnPart.objects.get(exchange=builders.roomy(usual_parties()))
    rows = OwnPart.objects.filter(pk=part.pk)
    assert rows.update(objectives="x" * (LONG - 1) + "\r\n") == 1
    with pytest.raises(IntegrityError, match="objectives"), transaction.atomic():
        rows.update(objectives="x" * (LONG + 1))
    for hidden in ("\n", "\t", "\u202e", "\u2066", "\u200b", "\u0085", "\ufeff"):
        with pytest.raises(IntegrityError, match="legal_name"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE profiles_organisation SET legal_name = %s", [f"Ab{hidden}c"])


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
def test_whatever_saves_a_text_saves_it_clean() -> None:
    body = people.organisation()
    body.legal_name, body.mission = "Al\u202epha\n  Beta\u200b", "one\r\ntwo\x0bthree\x07"
    body.save()
    body.refresh_from_db()
    assert (body.legal_name, body.mission) == ("Alpha   Beta", "one\ntwo\nthree")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("A\u0301\tb\r\nc", "Á b c"),
        ("\u2067evil\u2069 \u00adname\x00", "evil name"),
        ("10\u00a0000 €", "10\u00a0000 €"),
        ("\uf0b7 point", "• point"),
    ],
)
def test_one_line_is_cleaned(typed: str, stored: str) -> None:
    assert (one_line(typed), OneLineFormField().clean(typed)) == (stored, stored)


def test_lines_keep_their_breaks_and_words_bullets_become_bullets() -> None:
    assert in_lines("\uf0b7 one\r\n\uf0e0 two\u2028three\r\r\n") == "• one\n→ two\nthree"


def test_a_sentence_that_ends_with_a_name_has_one_full_stop() -> None:
    ends = ("Sent to Rossi S.r.l..", "Sent to Rossi S.r.l.", "Sent to Rossi.", "Rossi and so on...")
    assert [one_full_stop(end) for end in ends] == ["Sent to Rossi S.r.l.", *ends[1:]]


def test_a_web_address_has_nothing_invisible_in_it() -> None:
    assert WebAddressFormField().clean("https://exam\u200bple.org/\u202ea") == "https://example.org/a"


def test_unprintable_characters_are_named_with_their_place() -> None:
    with pytest.raises(forms.ValidationError) as lines:
        FreeTextFormField().clean("We build\nwaves 🌊 in 東京 and 東")
    assert lines.value.messages == [
        "Remove or replace what the documents can't print: “🌊” (U+1F30A, line 2, character 7), "
        "“東” (U+6771, line 2, character 12), “京” (U+4EAC, line 2, character 13)."
    ]
    with pytest.raises(forms.ValidationError, match="“ش” \\(U\\+0634, character 3\\)"):
        OneLineFormField().clean("A ش")
    assert FreeTextFormField(printed=False).clean("🌊") == "🌊"


@pytest.mark.parametrize(
    "text",
    [
        "Ærø Łódź Țară ẞ ĳ",
        "Ελλάδα ᾳ",
        "Київ Ѓорѓи ћ",
        "თბილისი ᲗᲑᲘᲚᲘᲡᲘ",
        "Երևան",
        "∑ ∫ ≤ ∀ √ ⊂",
        "→ ⇒ ↔ ✓ ☎ ■ ● ▪ ➢ ❖",
        "½ № ™ € ₴ ₾ ₺ ₽ ‰",
    ],
)
def test_what_europe_types_can_be_printed(text: str) -> None:
    assert unprintable(text) == []


def test_what_can_be_printed_is_what_the_shipped_fonts_draw() -> None:
    assert DATA.read_text() == ranges_of_fonts()


def test_each_font_has_the_blanks_that_stand_beside_its_letters() -> None:
    fonts = sorted((settings.BASE_DIR / "static" / "fonts").glob("*.ttf"))
    assert len(fonts) == 11
    assert [path.name for path in fonts if not {0x20, 0xA0} <= set(TTFont(path).getBestCmap())] == []


def test_an_older_text_shows_a_sign_where_a_character_cannot_be_printed() -> None:
    assert made_printable("a🌊b") == "a\ufffdb"


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
def test_a_reason_that_comes_past_a_form_is_limited_too() -> None:
    parties = usual_parties()
    draft = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    with pytest.raises(Refused, match="Shorten the reason to 5000 characters: it has 5001"):
        perform(draft, "archive_draft", by=parties.vo, reason="x" * (LONG + 1))
    address = f"/transitions/profiles.profile/{draft.pk}/archive_draft/"
    answer = client_for(parties.vo).post(address, {"reason": "x" * 5001})
    assert (answer.status_code, "Shorten the reason" in answer.content.decode()) == (400, True)


@pytest.mark.django_db
def test_the_database_checks_every_column_of_the_family() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c "
            "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
            r"WHERE c.contype = 'c' AND pg_get_constraintdef(c.oid) ~ 'char_length|ufeff'"
        )
        held = set(cursor.fetchall())
    wanted = {
        (model._meta.db_table, field.column)
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, OneLineField | FreeTextField | WebAddressField)
    }
    assert wanted - held == set()
