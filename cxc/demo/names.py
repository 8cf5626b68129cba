"""Plainly fictional names: two things that never met, and a trade."""

from collections.abc import Iterator

_FIRST = (
    "Cloud",
    "Paper",
    "Glass",
    "Moon",
    "Tin",
    "Velvet",
    "Thunder",
    "Marble",
    "Copper",
    "Lantern",
    "Feather",
    "Pebble",
    "Saffron",
    "Cobalt",
    "Willow",
    "Amber",
    "Button",
    "Ginger",
    "Puddle",
    "Ribbon",
    "Silver",
    "Tulip",
    "Walnut",
    "Zephyr",
)
_SECOND = (
    "whale",
    "ferry",
    "dragon",
    "fox",
    "otter",
    "teapot",
    "kite",
    "heron",
    "comet",
    "hedgehog",
    "accordion",
    "lighthouse",
    "walrus",
    "umbrella",
    "badger",
    "snail",
)

# What an organisation of a NACE division calls its trade.
_TRADES = {
    "10": "Foods",
    "13": "Textiles",
    "21": "Pharma",
    "26": "Photonics",
    "27": "Lighting",
    "29": "Motors",
    "30": "Rail",
    "31": "Furniture",
    "36": "Water",
    "38": "Recycling",
    "41": "Building",
    "62": "Software",
    "71": "Engineering",
    "72": "Research",
    "86": "Health",
}

_CITIES = {
    "AT": "Linz",
    "BA": "Tuzla",
    "BE": "Liège",
    "BG": "Plovdiv",
    "CY": "Larnaca",
    "CZ": "Liberec",
    "DE": "Dresden",
    "DK": "Odense",
    "EE": "Tartu",
    "ES": "Terrassa",
    "FI": "Tampere",
    "FR": "Lyon",
    "GR": "Patras",
    "HR": "Rijeka",
    "HU": "Győr",
    "IE": "Limerick",
    "IS": "Akureyri",
    "IT": "Pistoia",
    "LT": "Kaunas",
    "LU": "Esch-sur-Alzette",
    "LV": "Liepāja",
    "MD": "Bălți",
    "MK": "Bitola",
    "MT": "Birgu",
    "NL": "Zwolle",
    "PL": "Łódź",
    "PT": "Braga",
    "RO": "Iași",
    "RS": "Novi Sad",
    "SE": "Västerås",
    "SI": "Maribor",
    "SK": "Žilina",
    "TR": "Eskişehir",
    "UA": "Vinnytsia",
    "XK": "Prizren",
}

_POSTAL_CODES = {
    "AT": "4020",
    "BA": "75000",
    "BE": "4000",
    "BG": "4000",
    "CY": "6023",
    "CZ": "460 01",
    "DE": "01067",
    "DK": "5000",
    "EE": "51003",
    "ES": "08221",
    "FI": "33100",
    "FR": "69002",
    "GR": "262 21",
    "HR": "51000",
    "HU": "9021",
    "IE": "V94 T28R",
    "IS": "600",
    "IT": "51100",
    "LT": "44249",
    "LU": "4001",
    "LV": "LV-3401",
    "MD": "MD-3100",
    "MK": "7000",
    "MT": "BRG 1021",
    "NL": "8011 AA",
    "PL": "90-001",
    "PT": "4700-001",
    "RO": "700001",
    "RS": "21000",
    "SE": "722 11",
    "SI": "2000",
    "SK": "010 01",
    "TR": "26000",
    "UA": "21000",
    "XK": "20000",
}


def city_of(country_code: str) -> str:
    """A town of the country, for addresses that nobody lives at."""
    return _CITIES[country_code]


def postal_code_of(country_code: str) -> str:
    """The postal code of that town's centre."""
    return _POSTAL_CODES[country_code]


def unused_names() -> Iterator[str]:
    """Nearly four hundred names, each once: Cloudwhale, Paperferry, …"""
    for shift in range(len(_SECOND)):
        for index, first in enumerate(_FIRST):
            yield first + _SECOND[(index + shift) % len(_SECOND)]


def with_trade(name: str, sector_code: str) -> str:
    """Cloudwhale Textiles."""
    return f"{name} {_TRADES[sector_code]}"


def website_of(name: str) -> str:
    """An address that leads nowhere, whatever the name."""
    return f"https://{name.lower().replace(' ', '-')}.example"
