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
    PayoutStep.objects.create(partnership=partnership, from_days=3, percent=50)
    PayoutStep.objects.create(partnership=partnership, from_days=5, percent=100)
    Participation.objects.create(
        partnership=partnership, generation=generation, target=20, last_day=generation.last_day
    )
    user = person(f"{{acronym.lower()}}@walk.example", {COORDINATORS}[acronym])
    PartnershipMembership.objects.create(
        partnership=partnership, user=user, role="coordinator", is_signatory=True
    )
person("support@walk.example", "Sample Support", is_support_office=True)
"""
