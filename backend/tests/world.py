"""A small world for tests that walk the whole API: buyers, organizers, staff, and what one of each owns.

What only they may see carries a word of its own, so that a leak shows wherever it comes out.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from rest_framework.test import APIClient

from delux.accounts.models import EmailProof, OrganizerProfile, User, VerificationCode
from delux.accounts.services.phone_codes import send_phone_code
from delux.accounts.services.proofs import code_of, send_proof, token_of
from delux.accounts.tests.factories import (
    AddressFactory,
    OrganizerFactory,
    TokenFamilyFactory,
    UserFactory,
)
from delux.crm.tests.factories import (
    CrmTaskFactory,
    CustomerNoteFactory,
    ExportFactory,
    MailingFactory,
    TableImportFactory,
)
from delux.events.models import Event, EventAttendee, TicketType
from delux.events.services.transfers import offer_ticket
from delux.events.tests.factories import EventCategoryFactory, EventFactory, TicketTypeFactory
from delux.market.models import Product, Variant
from delux.market.tests.factories import (
    ProductFactory,
    ProductImageFactory,
    ShopCategoryFactory,
    VariantFactory,
)
from delux.notifications.models import Notification
from delux.notifications.services.silencing import silence
from delux.notifications.silence_links import SilenceLink
from delux.orders.models import Cart, Order
from delux.orders.tests.factories import CartItemFactory, placed_order
from delux.payments.models import Payment, RefundRequest
from delux.payments.tests.factories import pay
from delux.testing import client_for

# In the buyer's name and address: for the buyer, and for the organizer bought of.
BUYERS_SECRET = "Qanarbek"
# In drafts, hidden goods, notes and tasks: for the organizer alone.
ORGANIZERS_SECRET = "Zhasyryn"
NOBODYS_ID = 2**40


@cache
def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 64), "teal").save(out, "PNG")
    return out.getvalue()


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("cover.png", png(), "image/png")


def customers_table() -> SimpleUploadedFile:
    return SimpleUploadedFile("customers.csv", b"E-mail,Tags\naliya@example.com,Club\n")


def goods_table() -> SimpleUploadedFile:
    return SimpleUploadedFile("goods.csv", b"SKU,Product,Price,Stock\nCAP-1,Running cap,9900,5\n")


@dataclass
class World:
    buyer: User
    other_buyer: User
    organizer: OrganizerProfile
    other_organizer: OrganizerProfile
    staff: User
    blocked: User

    event: Event
    ticket_type: TicketType
    unsold_ticket_type: TicketType
    draft: Event
    online_draft: Event
    unsold_event: Event
    product: Product
    variant: Variant
    hidden_product: Product
    hidden_variant: Variant
    proofs: dict[str, EmailProof]
    phone_code: VerificationCode
    paid_order: Order
    pending_order: Order
    payment: Payment
    ticket: EventAttendee
    ticket_to_ask_for: EventAttendee
    ticket_asked_for: EventAttendee
    ids: dict[str, int | str] = field(default_factory=dict)

    def client(self, actor: str) -> APIClient:
        """Return a client of one of ``ACTORS``."""
        return client_for(None if actor == "anonymous" else getattr(self, actor))


def make_world() -> World:
    organizer = OrganizerFactory(
        shipping_price=Decimal(500), pickup_address="Abay 1", user__email_verified_at=timezone.now()
    )
    buyer = UserFactory(last_name=BUYERS_SECRET, phone="+77012345678")
    event = EventFactory(organizer=organizer, title="Apple Run", refund_until_hours=24)
    ticket_type = TicketTypeFactory(event=event)
    draft = EventFactory(organizer=organizer, draft=True, title=f"Draft {ORGANIZERS_SECRET}")
    product = ProductFactory(organizer=organizer)
    variant = VariantFactory(product=product)
    hidden_product = ProductFactory(organizer=organizer, is_active=False, title=f"Hidden {ORGANIZERS_SECRET}")
    paid_order = placed_order(buyer, {ticket_type: 2, variant: 1})
    payment = pay(paid_order)
    pending_order = placed_order(buyer, {ticket_type: 1})
    strict_order = placed_order(buyer, {TicketTypeFactory(event__organizer=organizer): 2})
    pay(strict_order, key="key-2")
    to_ask_for, asked_for = EventAttendee.objects.filter(order_item__order=strict_order).order_by("pk")
    other_buyer = UserFactory(email_verified_at=timezone.now())
    offer = offer_ticket(
        giver=buyer, ticket_id=asked_for.pk, email=other_buyer.email or "", at=timezone.now()
    )
    world = World(
        buyer=buyer,
        other_buyer=other_buyer,
        organizer=organizer,
        other_organizer=OrganizerFactory(user__email_verified_at=timezone.now()),
        # Came by phone, and has no e-mail.
        staff=UserFactory(is_staff=True, email=None, phone="+77012345670", phone_verified_at=timezone.now()),
        blocked=UserFactory(is_active=False),
        event=event,
        ticket_type=ticket_type,
        unsold_ticket_type=TicketTypeFactory(event=draft),
        draft=draft,
        online_draft=EventFactory(
            organizer=organizer, draft=True, online=True, title=f"Online {ORGANIZERS_SECRET}"
        ),
        unsold_event=EventFactory(organizer=organizer),
        product=product,
        variant=variant,
        hidden_product=hidden_product,
        hidden_variant=VariantFactory(product=hidden_product),
        proofs={purpose: proof_for(buyer, purpose) for purpose in EmailProof.Purpose},
        phone_code=send_phone_code(
            purpose=VerificationCode.Purpose.CONFIRM_PHONE,
            phone="+77012345679",
            country="KZ",
            language="en",
            address="192.0.2.1",
            now=timezone.now(),
        ),
        paid_order=paid_order,
        pending_order=pending_order,
        payment=payment,
        ticket=EventAttendee.objects.filter(user=buyer).order_by("pk").first(),
        ticket_to_ask_for=to_ask_for,
        ticket_asked_for=asked_for,
    )
    VariantFactory(product=product)
    VariantFactory(product=hidden_product)
    request = RefundRequest.objects.create(
        ticket=asked_for, organizer=organizer, asked_by=buyer, reason=f"Please, {BUYERS_SECRET}"
    )
    note = CustomerNoteFactory(organizer=organizer, customer=buyer, body=f"Note {ORGANIZERS_SECRET}")
    task = CrmTaskFactory(organizer=organizer, customer=buyer, title=f"Task {ORGANIZERS_SECRET}")
    news = SilenceLink(buyer.pk, organizer.pk, "mailing:1")
    silence(news)
    world.ids = {
        "session_id": TokenFamilyFactory(user=buyer).pk,
        "address_id": AddressFactory(user=buyer, recipient=BUYERS_SECRET, is_default=False).pk,
        "item_id": CartItemFactory(cart=Cart.objects.get(user=buyer), ticket_type=ticket_type).pk,
        "customer_id": buyer.pk,
        "note_id": note.pk,
        "task_id": task.pk,
        "mailing_id": MailingFactory(
            organizer=organizer, event=event, subject=f"Mailing {ORGANIZERS_SECRET}"
        ).pk,
        "export_id": ExportFactory(organizer=organizer, file_name=f"{ORGANIZERS_SECRET}.csv").pk,
        "import_id": TableImportFactory(organizer=organizer, file_name=f"{ORGANIZERS_SECRET}.csv").pk,
        "customer_import_id": TableImportFactory(
            organizer=organizer, kind="customers", file_name=f"{ORGANIZERS_SECRET}-2.csv"
        ).pk,
        "silence_token": news.token,
        "organizer_slug": organizer.slug,
        "event_id": event.pk,
        "ticket_type_id": ticket_type.pk,
        "product_id": product.pk,
        "variant_id": variant.pk,
        "image_id": ProductImageFactory(product=product).pk,
        "notification_id": Notification.objects.filter(user=buyer).order_by("pk").first().pk,
        "payment_id": payment.pk,
        "ticket_id": world.ticket.pk,
        "attendee_id": world.ticket.pk,
        "request_id": request.pk,
        "offer_id": offer.pk,
    }
    EventCategoryFactory(slug="running")
    ShopCategoryFactory(slug="trail-shoes")
    return world


def proof_for(user: User, purpose: EmailProof.Purpose) -> EmailProof:
    return send_proof(
        purpose=purpose,
        # One that is to be added is nobody's yet.
        email="new@example.com" if purpose == EmailProof.Purpose.ADD_EMAIL else user.email or "",
        language="en",
        address="192.0.2.1",
        device="",
        now=timezone.now(),
    )


def soon(days: int) -> str:
    return (timezone.now() + timedelta(days=days)).isoformat()


def request_of(operation_id: str, world: World) -> dict[str, Any]:
    """Return what the owner must send for the operation to succeed, where its example would not do.

    ``path`` replaces path parameters, ``body`` replaces the example, ``change`` updates it.
    """
    item = {"item_type": "ticket", "ticket_type_id": world.ticket_type.pk, "quantity": 1}
    event = {"start_datetime": soon(30), "end_datetime": soon(31)}
    draft = {"event_id": world.draft.pk}
    code, reset, confirm, added = (world.proofs[purpose] for purpose in EmailProof.Purpose)
    return {
        "auth_code_sign_in": {"body": {"challenge": code.key, "code": code_of(code)}},
        "auth_me_phone_confirm": {
            "body": {"challenge": world.phone_code.key, "code": code_of(world.phone_code)}
        },
        "auth_me_email_add": {"body": {"challenge": added.key, "code": code_of(added)}},
        "auth_me_avatar_set": {"body": {"file": picture()}},
        "auth_password_reset": {"change": {"token": token_of(reset)}},
        "auth_email_confirm": {"body": {"token": token_of(confirm)}},
        "auth_login": {"body": {"email": world.buyer.email, "password": "uphill-both-ways-42"}},
        "auth_organizer_logo_set": {"body": {"file": picture()}},
        "cart_add_item": {"body": item},
        "cart_merge": {"body": {"lines": [item]}},
        "cart_quote": {"body": {"lines": [item]}},
        "crm_check_in": {"body": {"code": world.ticket.qr_code, "event": world.event.pk}},
        "crm_check_ins_batch": {
            "body": {"scans": [{"code": world.ticket.qr_code, "scanned_at": soon(0)}]},
        },
        "crm_goods_imports_create": {"body": {"file": goods_table()}},
        "crm_customer_imports_create": {"body": {"file": customers_table()}},
        "crm_event_cover_set": {"body": {"file": picture()}},
        "crm_event_location_set": {"path": draft},
        "crm_event_online_info_set": {"path": {"event_id": world.online_draft.pk}},
        "crm_events_create": {"change": event},
        "crm_events_delete": {"path": draft},
        "crm_events_publish": {"path": draft},
        "crm_events_unpublish": {"path": {"event_id": world.unsold_event.pk}},
        "crm_product_images_create": {"body": {"image": picture()}},
        "crm_product_images_arrange": {"body": {"order": [world.ids["image_id"]]}},
        "crm_products_delete": {"path": {"product_id": world.hidden_product.pk}},
        "crm_ticket_types_arrange": {"body": {"order": [world.ticket_type.pk]}},
        "crm_ticket_types_create": {"change": {"sales_start": soon(0), "sales_end": soon(20)}},
        "crm_ticket_types_delete": {
            "path": draft | {"ticket_type_id": world.unsold_ticket_type.pk},
        },
        "crm_variants_delete": {
            "path": {"product_id": world.hidden_product.pk, "variant_id": world.hidden_variant.pk}
        },
        "crm_variants_save": {
            "body": {"variants": [{"sku_code": "NEW-1", "size": "new", "price": "1.00", "stock_quantity": 1}]}
        },
        "events_create": {"change": event},
        "events_get": {"path": {"ref": world.event.slug}},
        "event_calendar_get": {"path": {"ref": world.event.slug}},
        "event_tickets_list": {"path": {"ref": world.event.pk}},
        "orders_cancel": {"path": {"ref": world.pending_order.pk}},
        "organizers_get": {"path": {"slug": world.organizer.slug}},
        "page_views_count": {"body": {"event": world.event.pk}},
        "payments_mock_charge": {"change": {"order_id": world.pending_order.order_number}},
        "products_retrieve": {"path": {"ref": world.product.slug}},
        "tickets_refund_ask": {"path": {"ticket_id": world.ticket_to_ask_for.pk}},
        "tickets_offer_withdraw": {"path": {"ticket_id": world.ticket_asked_for.pk}},
        "tickets_refund_withdraw": {"path": {"ticket_id": world.ticket_asked_for.pk}},
    }.get(operation_id, {})
