"""What an organizer wants to remember about a customer."""

from django.db import transaction

from delux.accounts.models import OrganizerProfile, User
from delux.core.errors import NotFound
from delux.crm.models import CustomerNote


@transaction.atomic
def add_note(*, organizer: OrganizerProfile, customer: User, author: User, body: str) -> CustomerNote:
    """Write down a note; ``customer`` comes from selectors.people, so it is one of this organizer's."""
    return CustomerNote.objects.create(organizer=organizer, customer=customer, author=author, body=body)


@transaction.atomic
def change_note(
    *, organizer: OrganizerProfile, author: User, customer_id: int, note_id: int, body: str
) -> CustomerNote:
    """Put other words into a note that ``author`` wrote for the organizer. Safe to repeat.

    :raises NotFound: it is not there, or another's
    """
    notes = CustomerNote.objects.filter(organizer=organizer, author=author, customer=customer_id, pk=note_id)
    note = notes.select_related("author").select_for_update(of=("self",)).first()
    if note is None:
        raise NotFound
    note.body = body
    note.save(update_fields=["body", "updated_at"])
    return note


@transaction.atomic
def delete_note(*, organizer: OrganizerProfile, author: User, customer_id: int, note_id: int) -> None:
    """Delete for good a note that ``author`` wrote for the organizer.

    :raises NotFound: it is not there, or another's
    """
    notes = CustomerNote.objects.filter(organizer=organizer, author=author, customer=customer_id, pk=note_id)
    deleted, _by_model = notes.delete()
    if not deleted:
        raise NotFound
