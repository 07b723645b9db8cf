"""A mailing at work: pressed twice, cut short, run by several workers at once."""

from threading import Barrier

import pytest
from django.utils import timezone

from delux.accounts.models import OrganizerProfile
from delux.crm.models import Mailing, MailingRecipient
from delux.crm.services import mailings
from delux.crm.services.mailings import send_mailing, tell_some
from delux.crm.services.sending import push_mailings
from delux.crm.tests.factories import MailingFactory, sell
from delux.events.tests.factories import TicketTypeFactory
from delux.notifications.models import Delivery, Notification
from delux.testing import all_at_once

CUSTOMERS = 4


def draft_with_customers() -> Mailing:
    tickets = TicketTypeFactory()
    for _ in range(CUSTOMERS):
        sell(tickets)
    return MailingFactory(organizer=tickets.event.organizer)


def send(mailing: Mailing) -> str:
    organizer = OrganizerProfile.objects.get(pk=mailing.organizer_id)
    return send_mailing(organizer=organizer, mailing_id=mailing.pk, now=timezone.now()).status


@pytest.mark.django_db(transaction=True)
def test_pressed_by_many_at_once_it_is_sent_once_and_told_by_many_workers_once() -> None:
    mailing = draft_with_customers()

    assert all_at_once([lambda: send(mailing)] * 4, at_a_time=4) == {"sending": 4}
    assert MailingRecipient.objects.count() == CUSTOMERS
    all_at_once([lambda: push_mailings(now=timezone.now())] * 4, at_a_time=4)

    assert Notification.objects.count() == Delivery.objects.count() == CUSTOMERS


@pytest.mark.django_db(transaction=True)
def test_without_the_locks_the_race_is_real_and_the_constraint_has_the_last_word(monkeypatch) -> None:
    """The control of the test above: it is the locks that make a second press harmless."""
    mailing, both_look = draft_with_customers(), Barrier(2)

    def look_without_lock(_organizer: OrganizerProfile, mailing_id: int) -> Mailing:
        seen = Mailing.objects.select_related("event", "organizer").get(pk=mailing_id)
        both_look.wait(timeout=30)
        return seen

    monkeypatch.setattr(mailings, "lock_hot_rows", lambda *_rows: None)
    monkeypatch.setattr(mailings, "_lock", look_without_lock)
    endings = all_at_once([lambda: send(mailing)] * 2, at_a_time=2)

    assert endings["sending"] == 1
    assert [ending for ending in endings if "mailing_recipient_once" in ending]
    assert MailingRecipient.objects.count() == CUSTOMERS


@pytest.mark.django_db
def test_a_worker_cut_short_leaves_the_rest_to_the_next(monkeypatch) -> None:
    mailing = draft_with_customers()
    send(mailing)
    mailing.refresh_from_db()
    monkeypatch.setattr(mailings, "_AT_ONCE", 3)

    assert tell_some(mailing=mailing, now=timezone.now()) == 3
    assert Notification.objects.count() == 3
    push_mailings(now=timezone.now())

    assert Notification.objects.count() == CUSTOMERS
    assert not mailing.recipients.filter(told_at__isnull=True).exists()
    mailing.refresh_from_db()
    assert mailing.status == Mailing.Status.SENDING  # mails still wait
    Delivery.objects.update(status="sent", sent_at=timezone.now())
    push_mailings(now=timezone.now())
    mailing.refresh_from_db()
    assert (mailing.status, mailing.mails_sent) == (Mailing.Status.SENT, CUSTOMERS)
