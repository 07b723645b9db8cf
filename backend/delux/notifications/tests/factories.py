import factory
from factory.django import DjangoModelFactory

from delux.accounts.tests.factories import UserFactory
from delux.notifications.kinds import Kind
from delux.notifications.models import Notification


class NotificationFactory(DjangoModelFactory):
    class Meta:
        model = Notification

    user = factory.SubFactory(UserFactory)
    kind = Kind.ORDER_PAID
    title = "Order is paid"
    data = factory.LazyFunction(lambda: {"order_number": "DX-1001"})
    dedupe_key = factory.Sequence(lambda n: f"order-paid:{n}")
