"""Changes of reference data, which everything reads."""

from collections.abc import Mapping
from datetime import date, timedelta

from cxc.core.models import HolidayChange, SchemeSettings
from exchanges.models import FinancialAgreement
from exchanges.models.documents.bank_account import WITHOUT_IBAN
from profiles.models import (
    ClusterOrganisation,
    Country,
    Generation,
    LumpSumCeiling,
    Organisation,
)
from tests.admin.test_reference_data import told
from tests.factories.clients import client_for
from tests.factories.parties import Parties
from tests.todo.changes.steps import LATER, After, Change, sql


def holiday(_parties: Parties) -> HolidayChange:
    return HolidayChange.objects.create(country_code="ES", day=date(2026, 9, 8), is_holiday=True)


def many_holidays(_parties: Parties) -> None:
    """More rows than a trigger names one by one."""
    days = (date(2026, 9, 8) + timedelta(number) for number in range(1100))
    HolidayChange.objects.bulk_create(HolidayChange(country_code="ES", day=day, is_holiday=True) for day in days)


def ceiling_in_the_admin(parties: Parties) -> None:
    ceiling = LumpSumCeiling.objects.get(country="BE", valid_to=None)
    assert told(client_for(parties.so), LumpSumCeiling, ceiling, amount="1") == []


def account_without_iban(_parties: Parties) -> None:
    """All that is asked of an account in a country whose accounts have none."""
    Country.objects.update(has_iban=False)
    account = dict.fromkeys(WITHOUT_IBAN, "DEUTDEFF")
    FinancialAgreement.objects.filter(state="draft").update(payee="We", iban="", **account)


REFERENCE_DATA: Mapping[str, Change] = {
    "ceiling lowered": lambda _: LumpSumCeiling.objects.update(amount=1),
    "ceiling lowered in the admin": ceiling_in_the_admin,
    "ceilings gone": sql("DELETE FROM profiles_lumpsumceiling"),
    "holiday": holiday,
    "holiday taken back": After(holiday, lambda _: HolidayChange.objects.all().delete()),
    "many holidays": many_holidays,
    "settings": lambda _: SchemeSettings.objects.update(ctq_days_before_start=20),
    "dates of the generation": lambda _: Generation.objects.update(first_day=LATER),
    "kinds of the generation": lambda _: Generation.objects.update(visitor_kinds=["cluster"]),
    "a country leaves the generation": lambda _: Generation.objects.get().countries.remove("BE"),
    "a country joins it again": After(
        lambda _: Generation.objects.get().countries.remove("BE"),
        lambda _: Generation.objects.get().countries.add("BE"),
    ),
    "clock of a country": lambda _: Country.objects.filter(pk="ES").update(time_zone="Pacific/Auckland"),
    "countries whose accounts have an IBAN": After(
        account_without_iban, lambda _: Country.objects.update(has_iban=True)
    ),
    "cluster not in the register": lambda _: ClusterOrganisation.objects.update(is_registered=False),
    "cluster gone": lambda _: (
        Organisation.objects.update(cluster=None),
        ClusterOrganisation.objects.all().delete(),
    ),
}
