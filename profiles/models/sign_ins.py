"""When a person has signed in, from where and how: for them alone to read."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SignIn(models.Model):
    """One time that somebody signed in, on real time. The address is shortened to its network."""

    class Method(models.TextChoices):
        PASSWORD = "password", _("password")
        SECOND_FACTOR = "second factor", _("password and second factor")
        PASSKEY = "passkey", _("passkey")
        PROVIDER = "provider", _("EU Login")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField()
    network = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=20, choices=Method.choices)

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["user", "-at"], name="sign_ins_of_a_person")]

    def __str__(self) -> str:
        return f"{self.user}, {self.at:%Y-%m-%d %H:%M}"
