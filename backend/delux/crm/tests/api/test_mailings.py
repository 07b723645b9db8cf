"""One text to many: whom it reaches, what is seen before and after, and what is refused."""

from datetime import timedelta
from email.utils import parseaddr

import pytest
from django.core import mail
from django.utils import timezone
from rest_framework.test import APIClient

from delux.accounts.models import OrganizerProfile, User
from delux.accounts.tests.factories import UserFactory
from delux.crm.models import CustomerTag, Mailing
from delux.crm.selectors.mailings import NEWS_A_DAY, NOTES_A_DAY
from delux.crm.services.mailings import TESTS
from delux.crm.services.sending import push_mailings
from delux.crm.tests.factories import MailingFactory, sell
from delux.events.models import Event
from delux.events.tests.factories import EventAttendeeFactory, EventFactory, TicketTypeFactory
from delux.notifications.models import Delivery, Notification, Silence
from delux.notifications.services.delivery import deliver_pending
from delux.notifications.silence_links import SilenceLink

pytestmark = pytest.mark.django_db
URL = "/api/v1/crm/mailings/"
TEXT = {"subject": "Summer", "body": "Six races."}


def customers(organizer: OrganizerProfile, number: int = 3) -> list[User]:
    tickets = TicketTypeFactory(event__organizer=organizer)
    return [sell(tickets).order.user for _ in range(number)]


def deliver() -> None:
    """What the worker does, until nothing is left to do."""
    push_mailings(now=timezone.now())
    deliver_pending(now=timezone.now())
    push_mailings(now=timezone.now())


def code_of(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_customers_are_told_once_but_not_those_who_want_no_news(client, organizer) -> None:
    ann, bob, silent = customers(organizer)
    Silence.objects.create(user=silent, organizer=organizer)
    sell(customer=UserFactory())  # somebody else's customer
    User.objects.filter(pk=bob.pk).update(email=None, phone="+77012345678")

    draft = client.post(URL, TEXT).json()
    reach = client.get(f"{URL}audience/").json()
    assert {name: reach[name] for name in ("people", "mails", "silenced", "left_today")} == {
        "people": 2,
        "mails": 1,
        "silenced": 1,
        "left_today": NEWS_A_DAY,
    }
    for _press in range(2):
        sent = client.post(f"{URL}{draft['id']}/send/")
        assert (sent.status_code, sent.json()["status"], sent.json()["people"]) == (200, "sending", 2)
    for _sweep in range(2):
        deliver()

    assert set(Notification.objects.values_list("user", "title", "body")) == {
        (ann.pk, "Summer", "Six races."),
        (bob.pk, "Summer", "Six races."),
    }
    assert [letter.to for letter in mail.outbox] == [[ann.email]]
    shown = client.get(f"{URL}{draft['id']}/").json()
    assert {
        name: shown[name] for name in ("status", "people", "mails", "silenced", "mails_sent", "mails_failed")
    } == {
        "status": "sent",
        "people": 2,
        "mails": 1,
        "silenced": 1,
        "mails_sent": 1,
        "mails_failed": 0,
    }


def test_a_mailing_narrowed_as_the_list_is_reaches_whom_the_list_shows(client, organizer) -> None:
    ann, bob, _other = customers(organizer)
    User.objects.filter(pk__in=[ann.pk, bob.pk]).update(last_name="Serik")
    CustomerTag.objects.create(organizer=organizer, customer=ann, name="Club")
    narrowing = {"q": "serik", "tag": "club"}

    listed = client.get("/api/v1/crm/customers/", narrowing).json()
    assert [row["id"] for row in listed["results"]] == [ann.pk]
    assert client.get(f"{URL}audience/", narrowing).json()["people"] == 1
    draft = client.post(URL, TEXT | narrowing).json()
    assert (draft["q"], draft["tag"], draft["event"]) == ("serik", "club", None)
    client.post(f"{URL}{draft['id']}/send/")
    deliver()

    assert list(Notification.objects.values_list("user", flat=True)) == [ann.pk]


@pytest.mark.parametrize(
    ("narrowing", "told"),
    [
        ({}, {"runner", "early", "walker"}),
        ({"attendance": "checked_in"}, {"early"}),
        ({"attendance": "expected"}, {"runner", "walker"}),
        ({"ticket_type": "walk"}, {"walker"}),
        ({"ticket_type": "walk", "attendance": "checked_in"}, set()),
    ],
)
def test_holders_of_tickets_are_told_even_if_they_want_no_news(client, organizer, narrowing, told) -> None:
    event = EventFactory(organizer=organizer)
    kinds = {name: TicketTypeFactory(event=event) for name in ("run", "walk")}
    people = {
        name: EventAttendeeFactory(ticket_type=kinds[kind], **ticket).user
        for name, kind, ticket in (
            ("runner", "run", {}),
            ("early", "run", {"status": "checked_in", "checked_in_at": timezone.now()}),
            ("walker", "walk", {}),
            ("gone", "run", {"status": "refunded", "voided_at": timezone.now()}),
        )
    }
    EventAttendeeFactory(ticket_type=kinds["run"], user=people["runner"])  # two tickets, one letter
    EventAttendeeFactory(ticket_type=TicketTypeFactory(event__organizer=organizer))  # of another event
    Silence.objects.create(user=people["walker"], organizer=organizer)
    narrowing = {
        name: kinds[value].pk if name == "ticket_type" else value for name, value in narrowing.items()
    }

    reach = client.get(f"{URL}audience/", {"event": event.pk} | narrowing).json()
    assert (reach["people"], reach["silenced"], reach["a_day"]) == (len(told), 0, NOTES_A_DAY)
    draft = client.post(URL, TEXT | {"event": event.pk} | narrowing).json()
    answer = client.post(f"{URL}{draft['id']}/send/")
    deliver()

    assert set(Notification.objects.values_list("user", flat=True)) == {people[name].pk for name in told}
    if not told:
        assert code_of(answer) == (409, "nobody_to_tell")
        assert Mailing.objects.get().status == "draft"


def test_the_preview_is_the_mail_that_comes(client, organizer, settings) -> None:
    settings.PUBLIC_URL = "https://delux.example"
    organizer.user.first_name = "Dana"
    organizer.user.save()
    draft = client.post(URL, TEXT | {"body": "Line <b>one</b>\r\n\r\n\r\nLine two"}).json()
    sell(TicketTypeFactory(event__organizer=organizer), customer=organizer.user)

    seen = client.get(f"{URL}{draft['id']}/preview/").json()
    client.post(f"{URL}{draft['id']}/send/")
    deliver()

    [came] = mail.outbox
    # The signed link alone tells the trial from the real thing.
    links = [
        SilenceLink(organizer.user_id, organizer.pk, f"mailing:{draft['id']}{end}").token
        for end in (":test", "")
    ]
    assert seen["subject"] == came.subject
    assert parseaddr(seen["sender"]) == parseaddr(came.from_email)
    assert seen["html"].replace(links[0], links[1]) == came.alternatives[0].content
    assert seen["text"].replace(links[0], links[1]) == came.body
    assert "Line &lt;b&gt;one&lt;/b&gt;" in seen["html"]
    assert organizer.display_name in seen["sender"]


def test_a_test_goes_to_its_author_alone_and_so_often(client, organizer) -> None:
    customers(organizer)
    mailing = MailingFactory(organizer=organizer)
    answers = [client.post(f"{URL}{mailing.pk}/test/").status_code for _ in range(TESTS + 1)]
    deliver()

    assert answers == [204] * TESTS + [429]
    assert {letter.to[0] for letter in mail.outbox} == {organizer.user.email}
    assert client.get(f"{URL}{mailing.pk}/").json()["status"] == "draft"


def test_without_an_e_mail_there_is_no_test(client, organizer) -> None:
    User.objects.filter(pk=organizer.user_id).update(email=None, phone="+77012345678")
    mailing = MailingFactory(organizer=organizer)

    assert code_of(client.post(f"{URL}{mailing.pk}/test/")) == (409, "no_own_mail")
    assert not Notification.objects.exists()


@pytest.mark.parametrize(("of_event", "limit"), [(False, NEWS_A_DAY), (True, NOTES_A_DAY)])
def test_so_many_a_day_and_no_more(client, organizer, of_event, limit) -> None:
    ticket = EventAttendeeFactory(ticket_type__event__organizer=organizer)
    customers(organizer, 1)
    about = {"event": ticket.ticket_type.event if of_event else None}
    for _ in range(limit):
        draft = MailingFactory(organizer=organizer, **about)
        assert client.post(f"{URL}{draft.pk}/send/").status_code == 200
    last = MailingFactory(organizer=organizer, **about)

    assert code_of(client.post(f"{URL}{last.pk}/send/")) == (409, "enough_for_today")
    last.refresh_from_db()
    assert (last.status, last.recipients.count()) == ("draft", 0)
    # The other kind has a count of its own, and tomorrow is another day.
    other = MailingFactory(organizer=organizer, event=None if of_event else ticket.ticket_type.event)
    assert client.post(f"{URL}{other.pk}/send/").status_code == 200
    Mailing.objects.exclude(status="draft").update(started_at=timezone.now() - timedelta(hours=25))
    assert client.post(f"{URL}{last.pk}/send/").status_code == 200


def test_guests_of_an_event_long_over_are_customers(client, organizer) -> None:
    event = EventAttendeeFactory(ticket_type__event__organizer=organizer).ticket_type.event
    over = timezone.now() - timedelta(days=15)
    Event.objects.filter(pk=event.pk).update(start_datetime=over - timedelta(hours=3), end_datetime=over)
    mailing = MailingFactory(organizer=organizer, event=event)

    assert code_of(client.post(f"{URL}{mailing.pk}/send/")) == (409, "event_long_over")


def test_a_draft_is_changed_and_thrown_away_until_it_is_sent(client, organizer) -> None:
    customers(organizer)
    draft = client.post(URL, TEXT).json()
    address = f"{URL}{draft['id']}/"

    assert client.patch(address, {"subject": " Autumn "}).json()["subject"] == "Autumn"
    client.post(f"{address}send/")
    assert code_of(client.patch(address, {"subject": "Winter"})) == (409, "mailing_sent")
    assert code_of(client.delete(address)) == (409, "mailing_sent")

    second = MailingFactory(organizer=organizer)
    assert client.delete(f"{URL}{second.pk}/").status_code == 204
    assert [row["subject"] for row in client.get(URL).json()["results"]] == ["Autumn"]


def test_anothers_mailing_event_and_ticket_are_not_there(client, organizer) -> None:
    foreign = MailingFactory()
    strange = EventAttendeeFactory().ticket_type
    own = TicketTypeFactory(event__organizer=organizer)

    for send in (client.get, client.delete, client.patch):
        assert send(f"{URL}{foreign.pk}/").status_code == 404
    for step in ("preview", "test", "send"):
        send = client.get if step == "preview" else client.post
        assert send(f"{URL}{foreign.pk}/{step}/").status_code == 404
    refused = client.post(URL, TEXT | {"event": strange.event_id})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/event")
    refused = client.get(f"{URL}audience/", {"event": own.event_id, "ticket_type": strange.pk})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/ticket_type")
    assert client.get(URL).json()["count"] == 0


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (TEXT | {"subject": " \n "}, "/subject"),
        (TEXT | {"body": " \x07\n "}, "/body"),
        (TEXT | {"body": "x" * 5001}, "/body"),
        (TEXT | {"event": 1, "tag": "Club"}, "/tag"),
        (TEXT | {"attendance": "checked_in"}, "/attendance"),
        (TEXT | {"status": "sent"}, "/status"),
    ],
)
def test_what_cannot_be_sent_names_its_field(client, body, pointer) -> None:
    answer = client.post(URL, body)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)
    assert not Mailing.objects.exists()


def test_the_page_says_what_a_mailing_did(client, organizer) -> None:
    ann, _bob, _eve = customers(organizer)
    mailing = MailingFactory(organizer=organizer)
    client.post(f"{URL}{mailing.pk}/send/")
    push_mailings(now=timezone.now())
    failed = Delivery.objects.order_by("-pk").first()
    Delivery.objects.filter(pk=failed.pk).update(status="failed")
    under_way = client.get(f"{URL}{mailing.pk}/").json()
    assert (under_way["status"], under_way["mails_sent"], under_way["mails_failed"]) == ("sending", 0, 1)
    deliver()
    Notification.objects.filter(user=ann).update(read_at=timezone.now())
    APIClient().post(f"/api/v1/unsubscribe/{SilenceLink(ann.pk, organizer.pk, mailing.key).token}/")

    shown = client.get(f"{URL}{mailing.pk}/").json()
    names = ("status", "mails_sent", "mails_failed", "read", "unsubscribed")
    assert [shown[name] for name in names] == ["sent", 2, 1, 1, 1]
    # The figures stay when the people and what they were told go.
    Notification.objects.all().delete()
    assert client.get(f"{URL}{mailing.pk}/").json()["mails_sent"] == 2


@pytest.mark.parametrize("rows", [1, 10])
def test_the_list_costs_the_same_however_many_there_are(
    client, organizer, rows, django_assert_max_num_queries
) -> None:
    event = EventFactory(organizer=organizer)
    for number in range(rows):
        MailingFactory(organizer=organizer, event=event if number % 2 else None)

    with django_assert_max_num_queries(3):
        assert client.get(URL).json()["count"] == rows


def test_a_blocked_or_erased_person_is_not_written_to(client, organizer) -> None:
    ann, bob, _eve = customers(organizer)
    User.objects.filter(pk__in=[ann.pk, bob.pk]).update(is_active=False)

    assert client.get(f"{URL}audience/").json()["people"] == 1
