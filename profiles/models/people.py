"""People, who sign in with their e-mail address."""

import secrets
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.core.email_addresses import AddressField, clean_address
from cxc.core.folding import words_index
from cxc.core.models import SchemeSettings
from cxc.core.models.text import OneLineField


class UserManager(BaseUserManager["User"]):
    """Makes people by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=clean_address(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A Support Office member, who may do what the Support Office may, no more."""
        return self.create_user(email, password, is_support_office=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Anonymised on request (`profiles.services.people.anonymise`), never deleted."""

    email = AddressField(_("e-mail"), unique=True)
    full_name = OneLineField(_("name"), max_length=120, blank=True)
    job_title = OneLineField(_("function"), max_length=120, blank=True)
    phone = OneLineField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        help_text=_("Of the screens and of mails. Left empty: as the browser says, and mails in English."),
    )
    is_support_office = models.BooleanField(_("Support Office"), default=False)
    is_observer = models.BooleanField(_("observer"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=clock.now)
    anonymised_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering: ClassVar = ["email"]
        indexes: ClassVar = [
            words_index("full_name", name="person_name_words"),
            words_index("email", name="person_address_words"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_person_an_address",
                violation_error_message=_("Somebody has this e-mail address already."),
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="address_of_a_person_is_clean",
                violation_error_message=_("Write the e-mail address in small letters."),
            ),
            models.CheckConstraint(
                condition=~models.Q(is_support_office=True, is_observer=True),
                name="observer_is_not_support_office",
                violation_error_message=_("An observer only reads: choose Support Office or observer, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def is_staff(self) -> bool:
        """Only the Support Office enters the Django admin."""
        return self.is_support_office

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """Django's own permissions guard the admin only: the Support Office has them all."""
        return self.is_active and self.is_support_office

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_support_office


def _secret() -> str:
    return secrets.token_urlsafe(24)


class Invitation(models.Model):
    """An invitation by e-mail to become a member of an organisation or of a Partnership."""

    email = AddressField(_("e-mail"))
    organisation = models.ForeignKey(
        "profiles.Organisation", on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    partnership = models.ForeignKey(
        "profiles.Partnership", on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    role = models.CharField(_("role"), max_length=20)
    is_signatory = models.BooleanField(_("may sign"), default=False)
    secret = models.CharField(max_length=64, unique=True, default=_secret, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering: ClassVar = ["-invited_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, partnership__isnull=True)
                | models.Q(organisation__isnull=True, partnership__isnull=False),
                name="invitation_to_one_body",
            ),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="invited_address_is_clean"),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation or self.partnership}"

    @property
    def open_until(self) -> datetime:
        """When it expires: some days after it was sent, as the scheme says."""
        return self.invited_at + timedelta(days=SchemeSettings.current().invitation_days)

    @property
    def is_expired(self) -> bool:
        """Whether it was left too long."""
        return clock.now() >= self.open_until

    @property
    def is_open(self) -> bool:
        """Whether it can be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and not self.is_expired
