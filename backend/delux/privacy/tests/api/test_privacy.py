import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.utils.timezone import now
from rest_framework.test import APIClient

from delux.accounts.models import EmailProof, TokenFamily, User
from delux.accounts.services.guessing import PER_ACCOUNT
from delux.accounts.services.proofs import code_of
from delux.accounts.tests.factories import (
    PASSWORD,
    AddressFactory,
    OrganizerFactory,
    TokenFamilyFactory,
    UserFactory,
)
from delux.crm.models import CustomerNote, CustomerTag, MailingRecipient
from delux.crm.tests.factories import MailingFactory
from delux.events.models import EventAttendee, TicketTransfer
from delux.events.services.transfers import accept_offer, offer_ticket
from delux.events.tests.factories import EventAttendeeFactory, TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.notifications.kinds import Kind
from delux.notifications.models import Delivery, Notification, Silence
from delux.notifications.services.notify import notify
from delux.orders.models import Order, ShippingAddress
from delux.orders.tests.factories import fill_cart, paid_order, placed_order
from delux.payments.models import Payment, RefundRequest
from delux.payments.services.returns import ask_for_refund
from delux.testing import client_for
from tests.world import picture

pytestmark = pytest.mark.django_db
DATA, ERASE = "/api/v1/auth/me/data/", "/api/v1/auth/me/erase/"
GUESS = {"password": "wrong"}
PROOF = {"password": PASSWORD}


def erase(user: User, **body: str) -> object:
    return client_for(user).post(ERASE, body or PROOF, format="json")


@pytest.fixture
def buyer() -> User:
    """Somebody with a trace in every table: one ticket paid for, an address, a note about them."""
    person = UserFactory(first_name="Aigul", last_name="Serik", phone="+77012345678", city="Almaty")
    AddressFactory(user=person)
    order = paid_order(buyer=person, things={TicketTypeFactory(): 2})
    fill_cart(person, {TicketTypeFactory(): 1})
    EventAttendee.objects.filter(user=person).update(attendee_name="Aigul S.")
    organizer = order.items.first().organizer
    CustomerNote.objects.create(organizer=organizer, customer=person, body="Always early")
    CustomerTag.objects.create(organizer=organizer, customer=person, name="vip")
    ticket = EventAttendee.objects.filter(user=person).first()
    ask_for_refund(holder=person, ticket_id=ticket.pk, reason="Broken ankle", at=now())
    Silence.objects.create(organizer=organizer, user=person)
    MailingRecipient.objects.create(mailing=MailingFactory(organizer=organizer), user=person)
    offer_ticket(giver=person, ticket_id=ticket.pk, email="friend@example.com", at=now())
    return person


def test_the_file_holds_everything_about_the_person_and_nothing_of_anybody_else(buyer: User) -> None:
    stranger = UserFactory(first_name="Bolat")
    paid_order(buyer=stranger, things={TicketTypeFactory(): 1})

    answer = client_for(buyer).get(DATA)

    assert answer["Content-Disposition"] == 'attachment; filename="delux-my-data.json"'
    assert answer["Cache-Control"] == "no-store"
    kept = answer.json()
    assert kept["profile"]["email"] == buyer.email
    assert {kind: len(rows) for kind, rows in kept.items() if kind != "profile"} == {
        "addresses": 1,
        "sign_ins": 0,
        "basket": 1,
        "orders": 1,
        "payments": Payment.objects.filter(payer=buyer).count(),
        "tickets": 2,
        "tickets_given": 1,
        "tickets_taken": 0,
        "refund_requests": 1,
        "notifications": Notification.objects.filter(user=buyer).count(),
        "no_news_of": 1,
    }
    assert kept["orders"][0]["items"][0]["quantity"] == 2
    for foreign in (stranger.email, "Bolat", "Always early", buyer.password):
        assert foreign not in answer.content.decode()


@pytest.mark.parametrize("orders", [1, 20])
def test_the_file_costs_the_same_queries_however_much_was_bought(orders, django_assert_num_queries) -> None:
    person = UserFactory()
    tickets = TicketTypeFactory(quantity_total=100, max_per_order=10)
    for _ in range(orders):
        paid_order(buyer=person, things={tickets: 1})

    with django_assert_num_queries(13):  # who asks, twelve kinds of rows with the lines of orders
        kept = client_for(person).get(DATA).json()

    assert len(kept["orders"]) == orders


def test_who_is_erased_is_nobody_and_the_books_stay(buyer: User) -> None:
    tables = (Order, Payment, EventAttendee)
    before = [model.objects.count() for model in tables]
    email, client = buyer.email, client_for(buyer)

    assert erase(buyer).status_code == 204

    assert [model.objects.count() for model in tables] == before
    kept = json.dumps(list(get_user_model().objects.filter(pk=buyer.pk).values()), default=str)
    for trace in (email, "Aigul", "Serik", "+77012345678", "Almaty"):
        assert trace not in kept
    assert not buyer.addresses.exists()
    assert not Notification.objects.filter(user=buyer).exists()
    assert not CustomerNote.objects.filter(customer=buyer).exists()
    assert not CustomerTag.objects.filter(customer=buyer).exists()
    assert not Silence.objects.filter(user=buyer).exists()
    assert not MailingRecipient.objects.filter(user=buyer).exists()
    assert not ShippingAddress.objects.filter(order__user=buyer).exists()
    assert set(EventAttendee.objects.filter(user=buyer).values_list("attendee_name", flat=True)) == {""}
    assert list(RefundRequest.objects.values_list("status", "reason")) == [("withdrawn", "")]
    assert TicketTransfer.objects.get().status == "withdrawn"
    assert not Notification.objects.filter(body__contains="Broken ankle").exists()
    assert client.get(DATA).status_code == 401
    answer = APIClient().post("/api/v1/auth/login/", {"email": email, "password": PASSWORD})
    assert answer.status_code == 401


def test_who_took_a_ticket_and_is_erased_is_named_nowhere_in_its_way() -> None:
    taker = UserFactory(email_verified_at=now())
    email, tickets = taker.email, EventAttendeeFactory.create_batch(2)
    offers = [
        offer_ticket(giver=ticket.user, ticket_id=ticket.pk, email=email, at=now()) for ticket in tickets
    ]
    accept_offer(taker=taker, offer_id=offers[0].pk, name="Taker", at=now())

    assert erase(taker).status_code == 204

    assert set(TicketTransfer.objects.values_list("status", flat=True)) == {"accepted", "withdrawn"}
    assert not TicketTransfer.objects.filter(email=email).exists()


def test_the_address_may_be_used_anew_by_a_stranger_to_what_was(buyer: User) -> None:
    email = buyer.email
    erase(buyer)

    body = {
        "email": email,
        "password": "another-hill-77",
        "first_name": "New",
        "market": "KZ",
        "language": "ru",
    }
    answer = APIClient().post("/api/v1/auth/register/", body, format="json")

    assert answer.status_code == 201, answer.content
    assert User.objects.get(email=email).orders.count() == 0


def test_nobody_is_mailed_after_that(buyer: User) -> None:
    erase(buyer)
    buyer.refresh_from_db()

    notify(recipient=buyer, kind=Kind.ORDER_EXPIRED, context={"order_number": "DX-1"}, dedupe_key="late")

    assert not Delivery.objects.filter(notification__user=buyer).exists()


def test_every_sign_in_ends_and_the_picture_goes(buyer: User, django_capture_on_commit_callbacks) -> None:
    TokenFamilyFactory(user=buyer)
    client_for(buyer).post("/api/v1/auth/me/avatar/", {"file": picture()}, format="multipart")
    buyer.refresh_from_db()
    assert default_storage.exists(f"{buyer.avatar}-160.webp")

    with django_capture_on_commit_callbacks(execute=True):
        erase(buyer)

    assert not TokenFamily.objects.filter(user=buyer).exists()
    assert not default_storage.exists(f"{buyer.avatar}-160.webp")


@pytest.mark.parametrize(("body", "field"), [({}, "password"), (GUESS, "password")])
def test_without_the_password_nothing_is_forgotten(buyer: User, body: dict, field: str) -> None:
    answer = client_for(buyer).post(ERASE, body, format="json")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"/{field}"
    assert User.objects.get(pk=buyer.pk).is_active


def test_guessing_the_password_here_is_limited_as_signing_in_is(buyer: User) -> None:
    answers = [
        client_for(buyer).post(ERASE, GUESS, format="json").status_code for _ in range(PER_ACCOUNT + 1)
    ]

    assert answers == [400] * PER_ACCOUNT + [429]
    assert erase(buyer).status_code == 429


def test_somebody_without_a_password_proves_the_mail() -> None:
    person = UserFactory()
    person.set_unusable_password()
    person.save()
    own, foreign = (
        EmailProof.objects.create(
            purpose="sign_in",
            email=email,
            key=email[:32],
            language="ru",
            expires_at=now() + timedelta(minutes=9),
        )
        for email in (person.email, "x@example.com")
    )

    assert erase(person).json()["errors"][0]["pointer"] == "/challenge"
    for proof, status in ((foreign, 409), (own, 204)):
        answer = client_for(person).post(
            ERASE, {"challenge": proof.key, "code": code_of(proof)}, format="json"
        )
        assert answer.status_code == status, answer.content


def test_a_shop_is_not_forgotten_under_its_buyers() -> None:
    organizer = OrganizerFactory()

    answer = erase(organizer.user)

    assert (answer.status_code, answer.json()["code"]) == (409, "organizer_account")
    assert User.objects.get(pk=organizer.user_id).is_active


@pytest.mark.parametrize("paid", [False, True])
def test_what_is_under_way_comes_first(paid: bool) -> None:
    buyer, shoes = UserFactory(), VariantFactory(product__organizer__shipping_price=0)
    if paid:
        paid_order(buyer=buyer, things={shoes: 1})
    else:
        placed_order(buyer=buyer, things={TicketTypeFactory(): 1})

    answer = erase(buyer)

    assert (answer.status_code, answer.json()["code"]) == (409, "orders_under_way")
    assert User.objects.get(pk=buyer.pk).email == buyer.email


def test_sellers_are_not_left_with_the_name_or_number_of_who_bought() -> None:
    bought_by_phone = UserFactory(first_name="", last_name="", email=None, phone="+77071234567")
    erased = paid_order(buyer=bought_by_phone, things={TicketTypeFactory(): 1})
    kept = paid_order(things={TicketTypeFactory(): 1})
    bought_by_phone.set_password(PASSWORD)
    bought_by_phone.save()

    assert erase(bought_by_phone).status_code == 204

    told = Notification.objects.filter(kind=Kind.SELLER_NEW_ORDER)
    assert {each.dedupe_key.split(":")[1] for each in told} == {str(kept.pk)}
    assert not told.filter(dedupe_key__startswith=f"seller-new-order:{erased.pk}:").exists()
