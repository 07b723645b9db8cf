"""Words an organizer files its customers under."""

from collections.abc import Iterable

from django.db import transaction

from delux.accounts.models import OrganizerProfile, User
from delux.crm.models import CustomerTag
from delux.crm.selectors.tags import tags_of


@transaction.atomic
def set_tags(*, organizer: OrganizerProfile, customer: User, names: Iterable[str]) -> list[str]:
    """Make these the customer's tags and return them; ``customer`` comes from selectors.people.

    Case does not tell tags apart: a name the organizer uses already keeps its spelling. Safe to repeat.
    """
    used = CustomerTag.objects.filter(organizer=organizer).order_by("-pk").values_list("name", flat=True)
    spelling = {name.lower(): name for name in used}
    wanted = {name.lower(): spelling.get(name.lower(), name) for name in reversed(list(names))}
    theirs = CustomerTag.objects.filter(organizer=organizer, customer=customer)
    had = {tag.name.lower(): tag.pk for tag in theirs}
    theirs.filter(pk__in=[pk for name, pk in had.items() if name not in wanted]).delete()
    # Another device may have added the same one by now: it is there, which is what was asked.
    CustomerTag.objects.bulk_create(
        [
            CustomerTag(organizer=organizer, customer=customer, name=name)
            for key, name in wanted.items()
            if key not in had
        ],
        ignore_conflicts=True,
    )
    return tags_of(organizer=organizer, customers=[customer.pk]).get(customer.pk, [])
