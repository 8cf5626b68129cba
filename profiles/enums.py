"""The words of who takes part."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    CLUSTER = "cluster", _("Cluster organisation")
    BUSINESS_NETWORK = "business_network", _("Business network organisation")
    SUPPORT = "support", _("Scaling-up support organisation")
    SME = "sme", _("Small or medium-sized enterprise")
    LARGE_COMPANY = "large_company", _("Large company")
    TRAINING_PROVIDER = "training_provider", _("Training provider")
    PUBLIC_AUTHORITY = "public_authority", _("Public authority")


class OrganisationRole(models.TextChoices):
    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    READER = "reader", _("Reader")


class PartnershipRole(models.TextChoices):
    COORDINATOR = "coordinator", _("Coordinator")
    READER = "reader", _("Reader")


class ProfileKind(models.TextChoices):
    VISITING = "visiting", _("Visiting organisation")
    HOST = "host", _("Host organisation")


class ProfileState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    PUBLISHED = "published", _("Published")
    REFUSED = "refused", _("Refused")
    ARCHIVED = "archived", _("Archived")


# Every state but the archive.
LIVE_STATES = (ProfileState.DRAFT, ProfileState.SUBMITTED, ProfileState.PUBLISHED, ProfileState.REFUSED)

# The states in which others read a profile.
SUBMITTED_OR_PUBLISHED = (ProfileState.SUBMITTED, ProfileState.PUBLISHED)


class Modality(models.TextChoices):
    PHYSICAL = "physical", _("Physical")
    VIRTUAL = "virtual", _("Virtual")
