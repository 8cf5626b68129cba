"""What the people of the demo world write, beside the texts of each organisation (`organisations`)."""

MESSAGE = "“{title}”: that is what we would like to talk about. What you do is close to what we plan. May we come?"
RESPONSIBILITIES = (
    "The visitor prepares its samples and questions, keeps a diary and shares it; the host opens its halls and names a"
    " person for each day; the Partnerships keep in touch with both."
)
TERMS = "Paid after the stay, on the accepted report and evidence."

# What an organisation's own texts (`DemoOrganisation.own_part`, `VisitProgramme.report`) are added to.
OWN = {"follow_up_months": 6, "responsibilities": RESPONSIBILITIES}
REPORT = {"satisfaction": 5, "story_consent": True}
# Account numbers from the standard's own examples: they check out and belong to nobody.
IBANS = {
    "AT": "AT611904300234573201",
    "DE": "DE89370400440532013000",
    "DK": "DK5000400440116243",
    "ES": "ES9121000418450200051332",
    "FR": "FR1420041010050500013M02606",
    "IT": "IT60X0542811101000000123456",
    "LT": "LT121000011101001000",
    "LV": "LV80BANK0000435195001",
    "PT": "PT50000201231234567890154",
}
