"""What organizers of the demo world have on their desks: notes about customers, tags and tasks."""

from collections.abc import Callable
from datetime import timedelta

from delux.accounts.models import OrganizerProfile
from delux.crm.models import CrmTask, CustomerNote, CustomerTag, Mailing, MailingRecipient
from delux.demo import vocabulary as words
from delux.demo.copying import Row, copy_rows
from delux.demo.world import World
from delux.notifications.kinds import Kind
from delux.notifications.models import Notification

DESKS = 20


def add_desks(world: World, customers: dict[int, set[int]], tick: Callable[[], None]) -> None:
    rng, now = world.rng, world.now
    notes: list[Row] = []
    tags: list[Row] = []
    tasks: list[Row] = []
    for seller in world.every_seller()[:DESKS]:
        notes += [
            {
                "organizer": seller.id,
                "customer": customer,
                "author": seller.user_id,
                "body": rng.choice(words.NOTES),
                "created_at": now - timedelta(days=rng.randint(1, 40)),
            }
            for customer in sorted(customers[seller.id])[:6]
        ]
        tags += [
            {"organizer": seller.id, "customer": customer, "name": words.TAGS[place % len(words.TAGS)]}
            for place, customer in enumerate(sorted(customers[seller.id])[:6])
        ]
        for title, status, priority in words.TASKS:
            tasks.append(
                {
                    "organizer": seller.id,
                    "title": title,
                    "status": status,
                    "priority": priority,
                    "due_at": now + timedelta(days=rng.randint(-2, 12)),
                    "done_at": now if status == "done" else None,
                }
            )
        tick()
    copy_rows(CustomerNote, notes)
    copy_rows(CustomerTag, tags)
    copy_rows(CrmTask, tasks)
    _add_mailings(world, customers)


def _add_mailings(world: World, customers: dict[int, set[int]]) -> None:
    """Each desk has sent its news to its customers, who read them, and has written a draft."""
    news: list[Row] = []
    recipients: list[Row] = []
    notices: list[Row] = []
    names = dict(OrganizerProfile.objects.values_list("pk", "display_name"))
    slugs = dict(OrganizerProfile.objects.values_list("pk", "slug"))
    for number, seller in enumerate(world.every_seller()[:DESKS], start=1):
        sent_at = world.now - timedelta(days=6)
        people = sorted(customers[seller.id])
        written = {"id": number, "organizer": seller.id, "author": seller.user_id}
        news.append(
            written
            | words.NEWS
            | {
                "status": Mailing.Status.SENT,
                "created_at": sent_at,
                "started_at": sent_at,
                "sent_at": sent_at,
            }
            | dict.fromkeys(("people_count", "mails_count", "mails_sent"), len(people))
        )
        news.append(
            written
            | {"id": DESKS + number}
            | words.NEWS_DRAFT
            | {"status": Mailing.Status.DRAFT, "created_at": world.now, "started_at": None, "sent_at": None}
            | dict.fromkeys(("people_count", "mails_count", "mails_sent"), 0)
        )
        recipients += [{"mailing": number, "user": person, "told_at": sent_at} for person in people]
        about = {
            "organizer_id": seller.id,
            "organizer_name": names[seller.id],
            "organizer_slug": slugs[seller.id],
        }
        notices += [
            {
                "user": person,
                "kind": Kind.ORGANIZER_NEWS,
                "title": words.NEWS["subject"],
                "body": words.NEWS["body"],
                "data": about,
                "priority": Notification.Priority.LOW,
                "read_at": sent_at + timedelta(hours=2) if place % 3 else None,
                "created_at": sent_at,
                "dedupe_key": f"mailing:{number}",
            }
            for place, person in enumerate(people)
        ]
    copy_rows(Mailing, news)
    copy_rows(MailingRecipient, recipients)
    copy_rows(Notification, notices)
