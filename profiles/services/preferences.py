"""What a person wants to be told, and how."""

from django.db import transaction

from profiles.models import Preferences, User
from profiles.models.preferences import new_key


def preferences_of(person: User) -> Preferences:
    """The person's; made where they have none yet."""
    return Preferences.objects.get_or_create(person=person)[0]


def set_weekly_mail(person: User, *, on: bool) -> None:
    """The weekly mail on or off."""
    preferences_of(person)
    Preferences.objects.filter(person=person).update(weekly_mail=on)


def turn_weekly_mail_off(preferences: Preferences) -> None:
    """No weekly mail any more; whoever has its stop key may say so."""
    Preferences.objects.filter(pk=preferences.pk).update(weekly_mail=False)


@transaction.atomic
def new_calendar_address(person: User) -> str:
    """A calendar address that nobody knows yet; one that was there before stops at once. Returns its key."""
    preferences_of(person)
    key = new_key()
    Preferences.objects.filter(person=person).update(calendar_key=key)
    return key


def remove_calendar_address(person: User) -> None:
    """The calendar address stops at once."""
    Preferences.objects.filter(person=person).update(calendar_key=None)
