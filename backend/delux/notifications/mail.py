"""An e-mail made from a notification's row: what was told, and nothing that was not."""

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from delux.notifications.kinds import Kind
from delux.notifications.models import Delivery, Notification
from delux.notifications.wording import word_action, word_mail_frame


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """Return the e-mail of a delivery; every try has the same Message-ID, so a repeat is recognised."""
    notification, recipient = delivery.notification, delivery.notification.user
    frame = word_mail_frame(language=recipient.language, first_name=recipient.first_name)
    link = f"{settings.PUBLIC_URL}{path_of(notification)}"
    action = word_action(kind=Kind(notification.kind), language=recipient.language)
    mail = EmailMultiAlternatives(
        subject=notification.title,
        body="\n\n".join(
            part
            for part in (frame.greeting, notification.body, f"{action}: {link}", f"-- \n{frame.footer}")
            if part
        ),
        to=[recipient.email or ""],
        headers={
            "Message-ID": f"<delivery-{delivery.pk}@{_mail_domain()}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    context = {
        "language": recipient.language,
        "title": notification.title,
        "greeting": frame.greeting,
        "lines": notification.body.splitlines(),
        "action": action,
        "link": link,
        "footer": frame.footer,
    }
    mail.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    return mail


def path_of(notification: Notification) -> str:
    """Return the page of the product a notification leads to."""
    data: dict[str, Any] = notification.data
    match Kind(notification.kind):
        case Kind.SELLER_NEW_ORDER:
            return f"/crm/orders/{data.get('order_id', '')}".rstrip("/")
        case Kind.EVENT_CANCELED:
            return f"/events/{data.get('event_slug', '')}".rstrip("/")
        case Kind.REFRESH_TOKEN_REUSED:
            return "/profile"
        case _:
            return f"/orders/{data['order_number']}"


def _mail_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
