"""What the Support Office has entered before anybody registers."""

PASSWORD = "correct-horse-battery"
COORDINATORS = {"VIAJE": "Valeria Fictional", "GASTEN": "Geert Fictional"}

REFERENCE_RECORDS = f"""
from datetime import date
from allauth.account.models import EmailAddress
from profiles.models import *

def person(email, name, **fields):
    user = User.objects.create_user(email, "{PASSWORD}", full_name=name, job_title="Coordinator", **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user

generation = Generation.objects.create(
    code="walk", name="Walk generation", first_day=date(2025, 1, 1), last_day=date(2028, 12, 31),
    visitor_kinds=["business_network"], host_kinds=["business_network"],
)
generation.countries.set(Country.objects.filter(pk__in=["ES", "BE"]))
for acronym, seat in [("VIAJE", "ES"), ("GASTEN", "BE")]:
    partnership = Partnership.objects.create(acronym=acronym, full_name=f"{{acronym}} fictional", seat_id=seat)
    CoordinatingOrganisation.objects.create(
        partnership=partnership, legal_name=f"{{acronym}} Association", registration_number="none",
        street="Square 1", postal_code="1000", city="Seat", country_id=seat,
    )
    PayoutStep.objects.create(partnership=partnership, from_days=3, percent=50)
    PayoutStep.objects.create(partnership=partnership, from_days=5, percent=100)
    Participation.objects.create(
        partnership=partnership, generation=generation, target=20, last_day=generation.last_day,
        grant_agreement_number="101000001",
    )
    user = person(f"{{acronym.lower()}}@walk.example", {COORDINATORS}[acronym])
    PartnershipMembership.objects.create(
        partnership=partnership, user=user, role="coordinator", is_signatory=True
    )
person("support@walk.example", "Sample Support", is_support_office=True)
"""

# In the portal with the demo world, about a month before the stays: a host with a proposal to answer,
# and with an exchange whose CTQ waits for its signature.
HOST_WITH_TASKS = f"""
import json
from datetime import timedelta
from itertools import count
from secrets import token_hex
from allauth.account.models import EmailAddress
from cxc import clock
from exchanges.models import DocumentVersion
from profiles.models import User
from tests.factories.parties import usual_parties, with_another_visitor
from tests.factories import people
from tests.scenarios import lifecycle

with_time = clock.today() + timedelta(days=28 - clock.today().weekday())
lifecycle.FIRST, lifecycle.LAST = with_time, with_time + timedelta(days=2)
people._number = count(int(token_hex(3), 16) * 1000)  # names that nobody here has

def may_sign_in(actor):
    actor.user.set_password("{PASSWORD}")
    actor.user.save(update_fields=["password"])
    EmailAddress.objects.create(user=actor.user, email=actor.user.email, verified=True, primary=True)

parties = usual_parties()
may_sign_in(parties.ho)
exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
other = with_another_visitor(parties)
match = lifecycle.create(
    lifecycle.Match(
        visiting_profile=lifecycle.published(other.visitor, parties.vop, other.vo, parties.vop_coordinator),
        host_profile=exchange.visit.host_profile,
        modality="physical",
    ),
    "propose",
    by=other.vo,
)
print(json.dumps({{
    "email": parties.ho.user.email,
    "name": parties.ho.user.full_name,
    "match": match.get_absolute_url(),
    "exchange": exchange.get_absolute_url(),
    "partnership": parties.vop.acronym,
    "generation": str(people.generation()),
}}))
"""
