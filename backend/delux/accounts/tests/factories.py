import factory
from factory.django import DjangoModelFactory

from delux.accounts.models import Address, OrganizerProfile, User
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
