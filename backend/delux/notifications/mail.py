"""An e-mail made from its row: what was told, and nothing that was not."""

import re
from dataclasses import dataclass, replace
from email.utils import parseaddr, quote
from typing import Any, cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from delux.accounts.models import EmailProof
from delux.accounts.selectors.people import get_by_email
from delux.accounts.services.proofs import code_of, token_of
from delux.notifications.kinds import ORGANIZERS_WORDS, Kind
from delux.notifications.models import Delivery, Invitation, Notification
from delux.notifications.silence_links import SilenceLink
from delux.notifications.wording import (
    word_action,
    word_mail_frame,
    word_organizer_frame,
    word_proof,
    word_stranger_footer,
)


@dataclass(frozen=True)
class Letter:
    """What an e-mail says, whatever it is made of. ``code`` is set large; a link needs an ``action``.

    ``sender`` is who speaks through us, ``silence`` the words of the link that ends their news.
    """

    to: str
    language: str
    title: str
    body: str
    footer: str
    greeting: str = ""
    action: str = ""
    link: str = ""
    code: str = ""
    sender: str = ""
    organizer: str = ""
    silence: str = ""
    silence_link: SilenceLink | None = None


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """Return the e-mail of a delivery; every try has the same Message-ID, so a repeat is recognised."""
    if delivery.proof:
        mail = _write(_of_proof(delivery.proof))
    elif delivery.invitation:
        mail = _write(_of_invitation(delivery.invitation))
    else:  # by the constraint delivery_of_one_of_four
        mail = compose_notification(cast("Notification", delivery.notification))
    mail.extra_headers["Message-ID"] = f"<delivery-{delivery.pk}@{_mail_domain()}>"
    return mail


def compose_notification(notification: Notification) -> EmailMultiAlternatives:
    """Return the e-mail that tells of ``notification``, which need not be stored: a preview is the mail."""
    return _write(_of_notification(notification))


def _write(letter: Letter) -> EmailMultiAlternatives:
    follow = f"{letter.action}: {letter.link}" if letter.link else ""
    headers, foot = {"Auto-Submitted": "auto-generated"}, letter.footer
    if letter.silence_link:
        foot += f"\n{letter.silence}: {letter.silence_link.page}"
        headers["List-Unsubscribe"] = f"<{letter.silence_link.one_click}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    parts = (letter.greeting, letter.body, letter.code, follow, f"-- \n{foot}")
    mail = EmailMultiAlternatives(
        subject=letter.title,
        body="\n\n".join(part for part in parts if part),
        from_email=_from(letter.sender),
        to=[letter.to],
        headers=headers,
    )
    # What an organizer wrote has paragraphs with lines in them; our own words have lines.
    parted = re.split(r"\n{2,}", letter.body) if letter.organizer else letter.body.splitlines()
    context = {"letter": letter, "paragraphs": parted}
    mail.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    return mail


def _of_notification(notification: Notification) -> Letter:
    recipient, kind = notification.user, Kind(notification.kind)
    frame = word_mail_frame(language=recipient.language, first_name=recipient.first_name)
    letter = Letter(
        to=recipient.email or "",
        language=recipient.language,
        title=notification.title,
        body=notification.body,
        greeting=frame.greeting,
        footer=frame.footer,
        action=word_action(kind=kind, language=recipient.language),
        link=f"{settings.PUBLIC_URL}{path_of(notification)}",
    )
    return _of_organizer(letter, notification) if kind in ORGANIZERS_WORDS else letter


def _of_organizer(letter: Letter, notification: Notification) -> Letter:
    """Say whose words they are and why they came; news alone can be ended."""
    data, kind = notification.data, Kind(notification.kind)
    frame = word_organizer_frame(kind=kind, language=letter.language, data=data)
    link = SilenceLink(notification.user_id, data["organizer_id"], notification.dedupe_key)
    return replace(
        letter,
        sender=frame.sender,
        organizer=data["organizer_name"],
        footer=frame.footer,
        silence=frame.silence,
        silence_link=link if frame.silence else None,
    )


def _of_invitation(invitation: Invitation) -> Letter:
    """The footer is that of a proof: whoever gets it may never have heard of Delux."""
    kind, language = Kind(invitation.kind), invitation.language
    return Letter(
        to=invitation.email,
        language=language,
        title=invitation.title,
        body=invitation.body,
        footer=word_stranger_footer(language=language),
        action=word_action(kind=kind, language=language),
        link=f"{settings.PUBLIC_URL}/tickets",
    )


def _of_proof(proof: EmailProof) -> Letter:
    """Tokens stand behind a #, which browsers send to no server: no log on the way can hold one."""
    subject, code, path = str(proof.purpose), "", ""
    match EmailProof.Purpose(proof.purpose):
        case EmailProof.Purpose.SIGN_IN | EmailProof.Purpose.ADD_EMAIL:
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
        case Kind.ORGANIZER_NEWS:
            return f"/organizers/{data['organizer_slug']}"
        case Kind.EVENT_CANCELED | Kind.EVENT_CHANGED | Kind.EVENT_NOTE:
            return f"/events/{data.get('event_slug', '')}".rstrip("/")
        case Kind.TICKET_OFFERED | Kind.TICKET_OFFER_WITHDRAWN | Kind.TICKET_TAKEN | Kind.TICKET_VOIDED:
            return "/tickets"
        case Kind.REFUND_GRANTED | Kind.REFUND_DECLINED | Kind.TICKET_RECEIVED | Kind.TICKET_NOT_TAKEN:
            return f"/tickets/{data['ticket_id']}"
        case Kind.EXPORT_READY:
            return "/crm/exports"
        case Kind.REFRESH_TOKEN_REUSED:
            return "/profile"
        case _:
            return f"/orders/{data['order_number']}"


def _from(sender: str) -> str:
    """Return our own address under the name of who speaks through us."""
    return (
        f'"{quote(sender)}" <{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}>'
        if sender
        else settings.DEFAULT_FROM_EMAIL
    )


def _mail_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
