"""Ending an organizer's news: by the link of the mail, without signing in, and taking it back."""

from email.utils import parseaddr

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from delux.accounts.models import OrganizerProfile, User
from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.notifications.kinds import Kind
from delux.notifications.mail import compose
from delux.notifications.models import Delivery, Notification, Silence
from delux.notifications.selectors.deliveries import list_due
from delux.notifications.services.notify import Message, notify_all
from delux.notifications.silence_links import SilenceLink
from delux.testing import client_for

pytestmark = pytest.mark.django_db
HOSTILE = (
    """<script>alert(1)</script> "><img src=x onerror=alert(1)> {{ letter.to }} {0} javascript:alert(1)"""
)


@pytest.fixture
def organizer() -> OrganizerProfile:
    return OrganizerFactory(display_name="Steppe & Co", slug="steppe")


@pytest.fixture
def reader() -> User:
    return UserFactory(language="en", first_name="Jane", email="jane@example.com")


def news(
    reader: User, organizer: OrganizerProfile, *, kind: Kind = Kind.ORGANIZER_NEWS, text: str = "Six races."
) -> Delivery:
    context = {
        "subject": text.splitlines()[0],
        "text": text,
        "organizer_id": organizer.pk,
        "organizer_name": organizer.display_name,
        "organizer_slug": organizer.slug,
        "event_title": "Night run",
        "event_slug": "night-run",
    }
    notify_all([Message(reader, kind, context, "mailing:7", is_bulk=True)])
    return Delivery.objects.select_related("notification__user").get(notification__user=reader)


def address(link: SilenceLink) -> str:
    return f"/api/v1/unsubscribe/{link.token}/"


def test_news_can_be_ended_by_one_click_of_a_mail_program(reader, organizer, settings) -> None:
    settings.PUBLIC_URL = "https://delux.example"
    mail = compose(news(reader, organizer))

    one_click = mail.extra_headers["List-Unsubscribe"].strip("<>")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert one_click.startswith("https://delux.example/api/v1/unsubscribe/")
    # As RFC 8058 has it: a form, no cookies, nobody signed in.
    answer = APIClient(enforce_csrf_checks=True).post(
        one_click.removeprefix("https://delux.example"),
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 200
    assert answer.json() == {"organizer_name": "Steppe & Co", "organizer_slug": "steppe", "is_silenced": True}
    silence = Silence.objects.get()
    assert (silence.user, silence.organizer, silence.source) == (reader, organizer, "mailing:7")


def test_the_mail_names_its_sender_and_its_way_out(reader, organizer, settings) -> None:
    settings.PUBLIC_URL = "https://delux.example"
    mail = compose(news(reader, organizer, text="Summer\n\nFirst line\nsecond: https://steppe.example/x"))
    html = mail.alternatives[0].content

    assert mail.from_email == '"Steppe & Co via Delux" <hello@delux.test>'
    assert parseaddr(mail.message()["From"]) == ("Steppe & Co via Delux", "hello@delux.test")
    link = SilenceLink(reader.pk, organizer.pk, "mailing:7")
    assert f"No more news from Steppe & Co: {link.page}" in mail.body
    assert f'href="{link.page}"' in html
    assert "First line<br>second: " in html
    assert '<a href="https://steppe.example/x" rel="nofollow">' in html


def test_what_holders_must_know_has_no_way_out(reader, organizer) -> None:
    mail = compose(news(reader, organizer, kind=Kind.EVENT_NOTE))

    assert "List-Unsubscribe" not in mail.extra_headers
    assert "unsubscribe" not in mail.body + mail.alternatives[0].content
    assert "everybody with a ticket to “Night run”" in mail.body


@pytest.mark.parametrize("kind", [Kind.ORGANIZER_NEWS, Kind.EVENT_NOTE])
def test_nothing_an_organizer_writes_becomes_markup(kind, reader, organizer) -> None:
    organizer.display_name = HOSTILE
    mail = compose(news(reader, organizer, kind=kind, text=HOSTILE))
    html = mail.alternatives[0].content

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ letter.to }} {0}" in html  # a text is no template
    assert "\n" not in mail.subject + mail.from_email


def test_the_text_is_kept_once(reader, organizer) -> None:
    kept = news(reader, organizer, text="Six races.").notification

    assert kept.body == "Six races."
    [shown] = client_for(reader).get("/api/v1/notifications/").json()["results"]
    assert (shown["sender"], shown["path"]) == ("Steppe & Co", "/organizers/steppe")
    assert "Six races." not in str(kept.data)


def test_what_somebody_waits_for_is_mailed_before_what_is_sent_to_many(reader, organizer) -> None:
    bulk = news(reader, organizer)
    buyer = UserFactory()
    notify_all([Message(buyer, Kind.ORDER_PAID, {"order_number": "DX-1"}, "order-paid:1")])

    due = list(list_due(channel=Delivery.Channel.EMAIL, at=timezone.now()))

    assert [row.notification.user for row in due] == [buyer, reader]
    assert due[1] == bulk


def test_the_link_says_whose_news_it_ends_and_a_look_ends_nothing(reader, organizer) -> None:
    link = SilenceLink(reader.pk, organizer.pk, "mailing:7")

    assert APIClient().get(address(link)).json()["is_silenced"] is False
    assert not Silence.objects.exists()


def test_ending_news_again_changes_nothing_and_it_can_be_taken_back(reader, organizer) -> None:
    link, client = SilenceLink(reader.pk, organizer.pk, "mailing:7"), APIClient()

    for source in ("mailing:7", "mailing:8"):
        client.post(address(SilenceLink(reader.pk, organizer.pk, source)))
    assert [row.source for row in Silence.objects.all()] == ["mailing:7"]

    assert client.delete(address(link)).json()["is_silenced"] is False
    assert not Silence.objects.exists()


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: "x" + token, lambda _: "a:b"])
def test_a_link_we_did_not_sign_is_not_found_and_ends_nothing(change, reader, organizer) -> None:
    forged = change(SilenceLink(reader.pk, organizer.pk, "mailing:7").token)

    assert APIClient().post(f"/api/v1/unsubscribe/{forged}/").status_code == 404
    assert not Silence.objects.exists()


def test_people_see_whom_they_silenced_and_hear_them_again(reader, organizer) -> None:
    Silence.objects.create(user=reader, organizer=organizer)
    Silence.objects.create(user=UserFactory(), organizer=organizer)
    client = client_for(reader)

    [row] = client.get("/api/v1/silences/").json()
    assert (row["organizer_name"], row["organizer_slug"]) == ("Steppe & Co", "steppe")

    assert client.delete("/api/v1/silences/steppe/").status_code == 204
    assert client.delete("/api/v1/silences/steppe/").status_code == 404
    assert Silence.objects.count() == 1
    assert Notification.objects.count() == 0
