"""What the people of the demo world write, beside the texts of each organisation (`organisations`)."""

from zlib import crc32

MESSAGE = "“{title}”: that is what we would like to talk about. What you do is close to what we plan. May we come?"
HOST_MESSAGE = "“{title}”: we have read this with pleasure, and can show you a good part of it. Would you like to come?"
PARTNERSHIP_MESSAGE = "“{title}”: we believe that the two of you have much to say to each other."
RESPONSIBILITIES = (
    "The visitor prepares its samples and questions, keeps a diary and shares it; the host opens its halls and names a"
    " person for each day; the Partnerships keep in touch with both."
)
TERMS = "Paid after the stay, on the accepted report and evidence."

# What an organisation's own texts (`DemoOrganisation.own_part`, `VisitProgramme.report`) are added to.
OWN = {"follow_up_months": 6, "responsibilities": RESPONSIBILITIES}
REPORT = {"satisfaction": 5, "story_consent": True}
# What follows the two check digits of an account number in each country: of the right length, of a bank that doesn't
# exist, so that it belongs to nobody.
ACCOUNTS = {
    "AT": "00000{:011d}",
    "DE": "00000000{:010d}",
    "DK": "0000{:010d}",
    "ES": "000000000{check}{:010d}",
    "FR": "0000000000{:011d}00",
    "IT": "X0000000000{:012d}",
    "LT": "00000{:011d}",
    "LV": "DEMO{:013d}",
    "PT": "00000000{:011d}00",
}


def iban(country: str, name: str) -> str:
    """An account number of its own for each name, the same each time, that checks out."""
    number = crc32(name.encode())
    bare = ACCOUNTS[country].format(number, check=_spanish_check_digit(number))
    digits = "".join(str(int(sign, 36)) for sign in f"{bare}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{bare}"


def _spanish_check_digit(number: int) -> int:
    """The digit that Spain puts before the ten of an account number."""
    rest = 11 - sum(int(digit) * 2**place % 11 for place, digit in enumerate(f"{number:010d}")) % 11
    return {10: 1, 11: 0}.get(rest, rest)
