"""What organizers of the demo world have on their desks: notes about customers, tags and tasks."""

from collections.abc import Callable
from datetime import timedelta

from delux.crm.models import CrmTask, CustomerNote, CustomerTag
from delux.demo import vocabulary as words
from delux.demo.copying import Row, copy_rows
from delux.demo.world import World

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
