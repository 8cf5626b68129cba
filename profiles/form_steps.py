"""The steps of the profile's form: which of its fields each holds, for the forms and for links to a field."""

FIELDS_OF_STEPS = {
    "exchange": (
        "title",
        "types",
        "physical",
        "virtual",
        "available_from",
        "available_to",
        "working_days",
        "places",
        "languages",
        "own_sectors",
        "wanted_sectors",
        "cross_sector",
        "offers",
        "seeks",
        "wanted_countries",
    ),
    "texts": ("motivation", "description", "partnership", "eligibility_declared"),
}


def step_of(field: str) -> str:
    """The step in which this field is filled in, as addresses name it; the first for any other."""
    return next((step for step, fields in FIELDS_OF_STEPS.items() if field in fields), next(iter(FIELDS_OF_STEPS)))
