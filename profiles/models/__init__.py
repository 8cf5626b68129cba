"""Who takes part: people, organisations, Partnerships, the scheme's data, profiles."""

from profiles.models.cluster_requests import ClusterRequest
from profiles.models.factor_resets import SecondFactorReset
from profiles.models.interest import LastInterest
from profiles.models.membership_requests import MembershipRequest
from profiles.models.organisations import ClusterOrganisation, EligibilityException, Membership, Organisation
from profiles.models.partnerships import CoordinatingOrganisation, Partnership, PartnershipMembership, PayoutStep
from profiles.models.people import Invitation, User
from profiles.models.preferences import Preferences
from profiles.models.profile import Profile
from profiles.models.reference_data import Country, ExchangeType, LumpSumCeiling, Sector, Topic
from profiles.models.scheme import Generation, Participation
from profiles.models.sign_ins import SignIn

__all__ = [
    "ClusterOrganisation",
    "ClusterRequest",
    "CoordinatingOrganisation",
    "Country",
    "EligibilityException",
    "ExchangeType",
    "Generation",
    "Invitation",
    "LastInterest",
    "LumpSumCeiling",
    "Membership",
    "MembershipRequest",
    "Organisation",
    "Participation",
    "Partnership",
    "PartnershipMembership",
    "PayoutStep",
    "Preferences",
    "Profile",
    "SecondFactorReset",
    "Sector",
    "SignIn",
    "Topic",
    "User",
]
