"""The countries Delux sells in. ALL marks content shown everywhere."""

from django.db import models

from delux.core.money import Currency


class Market(models.TextChoices):
    KZ = "KZ", "Kazakhstan"
    KG = "KG", "Kyrgyzstan"
    US = "US", "United States"
    ALL = "ALL", "Everywhere"


HOME_MARKETS = (Market.KZ, Market.KG, Market.US)

CURRENCY_OF = {
    Market.KZ: Currency.KZT,
    Market.KG: Currency.KGS,
    Market.US: Currency.USD,
    Market.ALL: Currency.KZT,
}

# The clock a seller's day is counted by. Events carry their own zone; a day's takings need one per market.
ZONE_OF = {
    Market.KZ: "Asia/Almaty",
    Market.KG: "Asia/Bishkek",
    Market.US: "America/New_York",
    Market.ALL: "Asia/Almaty",
}

# E.164 prefixes. +7 is shared with Russia; Kazakhstan's national numbers begin with 7.
PHONE_PREFIX_OF = {Market.KZ: "+77", Market.KG: "+996", Market.US: "+1"}


def market_of_phone(phone: str) -> Market | None:
    """Return the market an E.164 number belongs to, or None where Delux does not sell."""
    return next((market for market, prefix in PHONE_PREFIX_OF.items() if phone.startswith(prefix)), None)
