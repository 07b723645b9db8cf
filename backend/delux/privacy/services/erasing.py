"""Forgetting a person who asks for it: what was sold stays in the books, without a name."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from social_django.models import UserSocialAuth

from delux.accounts.models import (
    NOWHERE,
    Address,
    EmailProof,
    OrganizerProfile,
    TokenFamily,
    User,
    VerificationCode,
)
from delux.accounts.services.guessing import count_try, forgive, limits_of_proof
from delux.accounts.services.phone_codes import check_phone_code, is_phone_challenge
from delux.accounts.services.proofs import CodeOver, check_code, spend
from delux.core.errors import Conflict
from delux.core.images import delete_image
from delux.crm.models import CrmTask, CustomerNote, CustomerTag, MailingRecipient
from delux.events.models import EventAttendee, TicketTransfer
from delux.notifications.models import Invitation, Notification, Silence
from delux.orders.models import Cart, Fulfilment, Order, ShippingAddress
from delux.payments.models import RefundRequest

_TO_HAND_OVER = (Fulfilment.Status.OPEN, Fulfilment.Status.PACKED, Fulfilment.Status.SHIPPED)


class OrganizerAccount(Conflict):
    code = "organizer_account"
    title = _("People bought from this account. Write to us, and we close the shop together with it")


class OrdersUnderWay(Conflict):
    code = "orders_under_way"
    title = _("An order is still under way. Receive it or cancel it first")


def prove_code(*, user: User, challenge: str, code: str, address: str, now: datetime) -> None:
    """Check that whoever asks has the code sent to the person's own e-mail or phone, and use it up.

    :raises CodeOver: it was used, is too old, or was sent to another e-mail or phone
    :raises WrongCode: another code
    :raises TooManyGuesses: this address of the network has tried too many
    """
    limits = limits_of_proof(address=address)
    count_try(limits, now=now)
    if is_phone_challenge(challenge):
        sent = check_phone_code(
            challenge=challenge, code=code, purpose=VerificationCode.Purpose.SIGN_IN, now=now
        )
        is_theirs = bool(user.phone_verified_at) and sent.phone == user.phone and spend(sent, now=now)
    else:
        mailed = check_code(challenge=challenge, code=code, now=now)
        is_theirs = mailed.email == user.email and spend(mailed, now=now)
    forgive(limits)
    if not is_theirs:
        raise CodeOver


@transaction.atomic
def erase_person(user: User, *, at: datetime) -> None:
    """Forget who somebody is. Their orders, payments and tickets stay as rows of nobody, for the books.

    :raises OrganizerAccount: they sell; their buyers still need them
    :raises OrdersUnderWay: something is unpaid, or paid for and not handed over
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    if OrganizerProfile.objects.filter(user=person).exists():
        raise OrganizerAccount
    under_way = Q(status=Order.Status.PENDING_PAYMENT) | Q(
        fulfilments__has_gear=True, fulfilments__status__in=_TO_HAND_OVER
    )
    if Order.objects.filter(under_way, user=person).exists():
        raise OrdersUnderWay
    avatar = person.avatar

    for kept in (Address, TokenFamily, Cart, Notification, Silence, MailingRecipient, UserSocialAuth):
        kept._default_manager.filter(user=person).delete()  # noqa: SLF001 documented
    EmailProof.objects.filter(email=person.email).delete()
    VerificationCode.objects.filter(phone=person.phone).delete()
    for about in (CustomerNote, CustomerTag):
        about._default_manager.filter(customer=person).delete()  # noqa: SLF001 documented
    CrmTask.objects.filter(customer=person).update(customer=None)
    ShippingAddress.objects.filter(order__user=person).delete()
    EventAttendee.objects.filter(user=person).update(attendee_name="")
    _forget_purchases(person)
    _forget_requests(person, at=at)
    _forget_transfers(person, at=at)

    # A person has to have an address; no mail reaches this one.
    person.email, person.email_verified_at = f"erased-{person.pk}{NOWHERE}", None
    person.phone = person.phone_verified_at = None
    person.first_name = person.last_name = person.city = person.avatar = ""
    person.birthday, person.is_active = None, False
    person.token_version += 1
    person.set_unusable_password()
    person.save()
    transaction.on_commit(lambda: delete_image(avatar), robust=True)


def _forget_purchases(person: User) -> None:
    """Forget who bought where the sellers were told of it; the orders themselves stay in their books."""
    bought = Fulfilment.objects.filter(order__user=person)
    told = [
        f"seller-new-order:{order}:{seller}" for order, seller in bought.values_list("order", "organizer")
    ]
    sellers = bought.values("organizer__user")
    Notification.objects.filter(user__in=sellers, dedupe_key__in=told).delete()


def _forget_requests(person: User, *, at: datetime) -> None:
    """Forget why somebody asked for refunds, also where the organizers were told of it."""
    asked = RefundRequest.objects.filter(asked_by=person)
    told = [f"seller-refund-asked:{request}" for request in asked.values_list("pk", flat=True)]
    organizers = asked.values("organizer__user")
    Notification.objects.filter(user__in=organizers, dedupe_key__in=told).delete()
    asked.filter(status=RefundRequest.Status.OPEN).update(
        status=RefundRequest.Status.WITHDRAWN, decided_at=at, updated_at=at
    )
    asked.update(reason="")


def _forget_transfers(person: User, *, at: datetime) -> None:
    """Close what a person offers or is offered, and forget their e-mail where it was named."""
    named = Q(email=person.email) | Q(taker=person)
    TicketTransfer.objects.filter(named | Q(giver=person), status=TicketTransfer.Status.OFFERED).update(
        status=TicketTransfer.Status.WITHDRAWN, decided_at=at, updated_at=at
    )
    TicketTransfer.objects.filter(named).update(email=f"erased-{person.pk}{NOWHERE}")
    Invitation.objects.filter(email=person.email).delete()
