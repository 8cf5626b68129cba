"""What an exchange needs to be prepared and to be ready to start."""

from exchanges.requirements.preparation.ceilings import (
    agreement_being_revised,
    amount_within_ceiling,
    ceiling_higher,
    ceiling_known,
)
from exchanges.requirements.preparation.participants import (
    both_eligible,
    different_countries,
    match_confirmed,
    match_open,
    no_other_physical,
    only_exchange_of_match,
    participation_open,
    profiles_not_over,
    same_host_and_modality,
)
from exchanges.requirements.preparation.signed_documents import (
    complete_before_start,
    ctq_signed,
    fa_signed,
)
from exchanges.requirements.preparation.start import (
    before_start,
    cancelled_lately,
    no_open_request,
    request_open,
    start_not_past,
    start_past,
    start_reached,
)
from exchanges.requirements.preparation.stay import (
    agreed_given,
    agreed_stay_fits,
    host_place_available,
    planned_stay_fits,
    planned_within_visit,
    sector_given,
    type_chosen,
    visit_place_free,
)

# Planned figures are checked on the way to preparation, the agreed ones on the way to ready.
TO_PREPARE = (
    match_confirmed,
    both_eligible,
    different_countries,
    type_chosen,
    planned_stay_fits,
    ceiling_known,
    no_other_physical,
    visit_place_free,
)
TO_BE_READY = (
    match_confirmed,
    both_eligible,
    different_countries,
    type_chosen,
    agreed_given,
    agreed_stay_fits,
    no_other_physical,
    sector_given,
    amount_within_ceiling,
    ctq_signed,
    fa_signed,
    no_open_request,
)
# When the visit moves to other days.
TO_MOVE_DRAFT = (
    match_confirmed,
    both_eligible,
    different_countries,
    planned_stay_fits,
    ceiling_known,
    no_other_physical,
    host_place_available,
    profiles_not_over,
)
TO_MOVE = (*TO_PREPARE, agreed_stay_fits, amount_within_ceiling, host_place_available, profiles_not_over)

__all__ = [
    "TO_BE_READY",
    "TO_MOVE",
    "TO_MOVE_DRAFT",
    "TO_PREPARE",
    "agreed_given",
    "agreed_stay_fits",
    "agreement_being_revised",
    "amount_within_ceiling",
    "before_start",
    "both_eligible",
    "cancelled_lately",
    "ceiling_higher",
    "ceiling_known",
    "complete_before_start",
    "ctq_signed",
    "different_countries",
    "fa_signed",
    "host_place_available",
    "match_confirmed",
    "match_open",
    "no_open_request",
    "no_other_physical",
    "only_exchange_of_match",
    "participation_open",
    "planned_stay_fits",
    "planned_within_visit",
    "profiles_not_over",
    "request_open",
    "same_host_and_modality",
    "sector_given",
    "start_not_past",
    "start_past",
    "start_reached",
    "type_chosen",
    "visit_place_free",
]
