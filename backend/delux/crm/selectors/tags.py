"""An organizer's words for its customers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Min, QuerySet, Value
from django.db.models.functions import Lower

from delux.accounts.models import OrganizerProfile
from delux.crm.models import CustomerTag


def tags_of(*, organizer: OrganizerProfile, customers: Iterable[int]) -> dict[int, list[str]]:
    """Return the tags of each customer that has some, by the alphabet."""
    found: dict[int, list[str]] = {}
    tags = CustomerTag.objects.filter(organizer=organizer, customer__in=list(customers))
    for customer, name in tags.order_by(Lower("name")).values_list("customer_id", "name"):
        found.setdefault(customer, []).append(name)
    return found


def tagged(*, organizer: OrganizerProfile, tag: str) -> QuerySet[CustomerTag, Any]:
    """Return the ids of the customers filed under ``tag``, whatever its case."""
    tags = CustomerTag.objects.filter(organizer=organizer).alias(lower=Lower("name"))
    return tags.filter(lower=Lower(Value(tag))).values("customer")


def list_tags(*, organizer: OrganizerProfile) -> QuerySet[CustomerTag, Mapping[str, Any]]:
    """Return the tags in use with how many customers each has, by the alphabet."""
    return (
        CustomerTag.objects.filter(organizer=organizer)
        .values(lower=Lower("name"))
        .annotate(spelling=Min("name"), customers=Count("pk"))
        .order_by("lower")
    )
