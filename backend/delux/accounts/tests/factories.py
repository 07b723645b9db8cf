from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from delux.accounts.models import Address, OrganizerProfile, TokenFamily, User
from delux.core.markets import Market
from delux.core.money import Currency

PASSWORD = "uphill-both-ways-42"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"runner{n}@example.com")
    first_name = "Aliya"
    last_name = factory.Sequence(lambda n: f"Runner{n}")
    market = Market.KZ
    currency = Currency.KZT
    language = "ru"
    password = factory.django.Password(PASSWORD)


class OrganizerFactory(DjangoModelFactory):
    class Meta:
        model = OrganizerProfile

    user = factory.SubFactory(UserFactory)
    display_name = factory.Sequence(lambda n: f"Steppe Runners {n}")
    slug = factory.Sequence(lambda n: f"steppe-runners-{n}")
    city = "Almaty"
    market = Market.KZ


class AddressFactory(DjangoModelFactory):
    class Meta:
        model = Address

    user = factory.SubFactory(UserFactory)
    recipient = "Aliya Runner"
    phone = "+77012345678"
    country = "KZ"
    city = "Almaty"
    street = "Abay Avenue 10, 25"
    postal_code = "050000"


class TokenFamilyFactory(DjangoModelFactory):
    class Meta:
        model = TokenFamily

    user = factory.SubFactory(UserFactory)
    key_hash = factory.Sequence(lambda n: f"key-{n}")
    current_hash = "secret"
    rotated_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))
    user_agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
