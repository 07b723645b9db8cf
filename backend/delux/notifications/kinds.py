from django.db import models


class Kind(models.TextChoices):
    """What people are told about. The words are in `texts/<language>.toml`, one section a kind.

    Context every kind needs, all plain strings, numbers or lists of strings:

    * ``order_…``, ``payment_…`` and ``seller_new_order``: ``order_number``
    * ``event_canceled``, ``event_changed``, ``…refund_asked``, ``refund_…``: ``event_title``
    * ``ticket_…``: ``event_title``; of these, ``ticket_offered`` and ``ticket_offer_withdrawn``:
      ``giver_name``, ``ticket_taken``: ``taker_name``, ``ticket_not_taken``: ``email``,
      ``ticket_received`` and ``ticket_not_taken``: ``ticket_id``
    * ``seller_refund_asked``: ``holder_name``; ``refund_granted``, ``refund_declined``: ``ticket_id``
    * ``organizer_news``, ``event_note``: ``subject``, ``text``, ``organizer_id``, ``organizer_name``,
      ``organizer_slug``; the latter also ``event_title`` and ``event_slug``
    * ``export_ready``: ``file_name``

    Used where given: ``total`` or ``amount`` with ``currency``, ``titles`` (lines such as "10 km × 2"),
    ``buyer_name``, ``organizer_name``, ``tracking_number``, ``reason``, ``starts``, ``place``,
    ``event_slug``, ``order_id`` (for links). A line of text that names something not given is left out.
    """

    ORDER_PAID = "order_paid", "Order paid"
    ORDER_CANCELED = "order_canceled", "Order canceled"
    ORDER_EXPIRED = "order_expired", "Order expired unpaid"
    ORDER_SHIPPED = "order_shipped", "Order shipped"
    PAYMENT_REFUNDED = "payment_refunded", "Payment refunded"
    PAYMENT_FAILED = "payment_failed", "Payment failed"
    SELLER_NEW_ORDER = "seller_new_order", "New order for an organizer"
    EVENT_CANCELED = "event_canceled", "Event canceled"
    EVENT_CHANGED = "event_changed", "Another time or place of an event"
    SELLER_REFUND_ASKED = "seller_refund_asked", "A holder asks an organizer for a refund"
    REFUND_GRANTED = "refund_granted", "Refund granted"
    REFUND_DECLINED = "refund_declined", "Refund declined"
    EVENT_NOTE = "event_note", "An organizer's words about an event"
    ORGANIZER_NEWS = "organizer_news", "News of an organizer"
    TICKET_OFFERED = "ticket_offered", "A ticket is offered to me"
    TICKET_OFFER_WITHDRAWN = "ticket_offer_withdrawn", "A ticket is no longer offered to me"
    TICKET_TAKEN = "ticket_taken", "My ticket was taken"
    TICKET_NOT_TAKEN = "ticket_not_taken", "My ticket was not taken"
    TICKET_RECEIVED = "ticket_received", "A ticket is mine now"
    TICKET_VOIDED = "ticket_voided", "A ticket I was given was refunded"
    EXPORT_READY = "export_ready", "A file of an organizer's list is ready"
    REFRESH_TOKEN_REUSED = "refresh_token_reused", "A sign-in was used from two places"


# What an organizer wrote, rather than the product.
ORGANIZERS_WORDS = {Kind.EVENT_NOTE, Kind.ORGANIZER_NEWS}

# What whoever has no e-mail is told by SMS, and nothing else is: the way to what they have paid for.
BY_SMS = {Kind.ORDER_PAID}
