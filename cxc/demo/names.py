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


def city_of(country_code: str) -> str:
    """A town of the country, for addresses that nobody lives at."""
    return _CITIES[country_code]


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
