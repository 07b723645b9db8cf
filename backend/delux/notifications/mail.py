"""An e-mail made from its row: what was told, and nothing that was not."""

from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any, cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from delux.accounts.models import EmailProof
from delux.accounts.selectors.people import get_by_email
from delux.accounts.services.proofs import code_of, token_of
from delux.notifications.kinds import Kind
from delux.notifications.models import Delivery, Notification
from delux.notifications.wording import word_action, word_mail_frame, word_proof


@dataclass(frozen=True)
class Letter:
    """What an e-mail says, whatever it is made of. ``code`` is set large; a link needs an ``action``."""

    to: str
    language: str
    title: str
    body: str
    footer: str
    greeting: str = ""
    action: str = ""
    link: str = ""
    code: str = ""


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """Return the e-mail of a delivery; every try has the same Message-ID, so a repeat is recognised."""
    if delivery.proof:
        letter = _of_proof(delivery.proof)
    else:  # by the constraint delivery_of_one_thing
        letter = _of_notification(cast("Notification", delivery.notification))
    follow = f"{letter.action}: {letter.link}" if letter.link else ""
    parts = (letter.greeting, letter.body, letter.code, follow, f"-- \n{letter.footer}")
    mail = EmailMultiAlternatives(
        subject=letter.title,
        body="\n\n".join(part for part in parts if part),
        to=[letter.to],
        headers={
            "Message-ID": f"<delivery-{delivery.pk}@{_mail_domain()}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    context = {"letter": letter, "lines": letter.body.splitlines()}
    mail.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    return mail


def _of_notification(notification: Notification) -> Letter:
    recipient = notification.user
    frame = word_mail_frame(language=recipient.language, first_name=recipient.first_name)
    return Letter(
        to=recipient.email or "",
        language=recipient.language,
        title=notification.title,
        body=notification.body,
        greeting=frame.greeting,
        footer=frame.footer,
        action=word_action(kind=Kind(notification.kind), language=recipient.language),
        link=f"{settings.PUBLIC_URL}{path_of(notification)}",
    )


def _of_proof(proof: EmailProof) -> Letter:
    """Tokens stand behind a #, which browsers send to no server: no log on the way can hold one."""
    subject, code, path = str(proof.purpose), "", ""
    match EmailProof.Purpose(proof.purpose):
        case EmailProof.Purpose.SIGN_IN:
            code = code_of(proof)
        case EmailProof.Purpose.CONFIRM_EMAIL:
            path = f"/confirm-email#{token_of(proof)}"
        case EmailProof.Purpose.RESET_PASSWORD:
            person = get_by_email(proof.email)
            if person and person.is_active:
                path = f"/reset-password#{token_of(proof)}"
            else:
                subject, path = "no_account", "/sign-in"
    words = word_proof(subject=subject, language=proof.language, code=code)
    return Letter(
        to=proof.email,
        language=proof.language,
        title=words.title,
        body=words.body,
        footer=words.footer,
        action=words.action,
        link=f"{settings.PUBLIC_URL}{path}" if path else "",
        code=code,
    )


def path_of(notification: Notification) -> str:
    """Return the page of the product a notification leads to."""
    data: dict[str, Any] = notification.data
    match Kind(notification.kind):
        case Kind.SELLER_NEW_ORDER | Kind.SELLER_REFUND_ASKED:
            return f"/crm/orders/{data.get('order_id', '')}".rstrip("/")
        case Kind.EVENT_CANCELED | Kind.EVENT_CHANGED:
            return f"/events/{data.get('event_slug', '')}".rstrip("/")
        case Kind.REFUND_GRANTED | Kind.REFUND_DECLINED:
            return f"/tickets/{data['ticket_id']}"
        case Kind.REFRESH_TOKEN_REUSED:
            return "/profile"
        case _:
            return f"/orders/{data['order_number']}"


def _mail_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
