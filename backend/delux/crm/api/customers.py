from collections.abc import Mapping
from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of, signed_in
from delux.accounts.models import User
from delux.core.api.pagination import page
from delux.core.api.serializers import (
    CleanCharField,
    ImageOutput,
    MoneyField,
    PageQuery,
    QuerySerializer,
    StrictSerializer,
    page_of,
)
from delux.core.api.views import View
from delux.core.images import image_urls
from delux.core.money import Currency
from delux.crm.api.orders import CrmOrderRowOutput, show_rows
from delux.crm.api.tasks import TaskOutput, show_task
from delux.crm.models import CustomerNote
from delux.crm.selectors import orders, people, work
from delux.crm.selectors.tags import list_tags, tags_of
from delux.crm.services.notes import add_note, change_note, delete_note
from delux.crm.services.tags import set_tags
from delux.events.models import EventAttendee

LATEST = 20


class CustomersFilter(QuerySerializer):
    q = serializers.CharField(
        required=False, max_length=100, help_text="Words of the name or e-mail, or a part of the phone."
    )
    tag = CleanCharField(required=False, max_length=40, help_text="Filed under this tag, whatever its case.")
    ordering = serializers.ChoiceField(choices=list(people.ORDERINGS), default="-last_order_at")


class CustomersQuery(CustomersFilter, PageQuery):
    pass


class CustomerRowOutput(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.CharField(allow_null=True)
    orders_count = serializers.IntegerField()
    spent = MoneyField(help_text="Paid to you and not given back, without shipping.")
    currency = serializers.ChoiceField(choices=Currency.choices)
    last_order_at = serializers.DateTimeField()
    tags = serializers.ListField(child=serializers.CharField())


class CustomerTagOutput(serializers.Serializer):
    name = serializers.CharField()
    customers = serializers.IntegerField(help_text="How many are filed under it.")


class CustomerTagsInput(StrictSerializer):
    tags = serializers.ListField(
        child=CleanCharField(max_length=40),
        max_length=20,
        help_text="All of them; those left out are taken off. Case does not tell two apart.",
    )


class CustomerTagsOutput(serializers.Serializer):
    tags = serializers.ListField(child=serializers.CharField())


class NoteInput(StrictSerializer):
    body = serializers.CharField(max_length=4000)


class CustomerNoteOutput(serializers.Serializer):
    id = serializers.IntegerField()
    body = serializers.CharField()
    author_name = serializers.CharField()
    is_own = serializers.BooleanField(help_text="You wrote it, so you may change and delete it.")
    created_at = serializers.DateTimeField()


class CustomerTicketOutput(serializers.Serializer):
    id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=EventAttendee.Status.choices)
    attendee_name = serializers.CharField()
    checked_in_at = serializers.DateTimeField(allow_null=True)
    ticket_type_name = serializers.CharField()
    event_id = serializers.IntegerField()
    event_title = serializers.CharField()
    event_start = serializers.DateTimeField()
    event_timezone = serializers.CharField()


class CustomerOutput(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.CharField(allow_null=True)
    phone = serializers.CharField(allow_null=True)
    city = serializers.CharField()
    avatar = ImageOutput(allow_null=True)
    currency = serializers.ChoiceField(choices=Currency.choices)
    orders_count = serializers.IntegerField()
    spent = MoneyField(help_text="Paid to you and not given back, without shipping.")
    refunded = MoneyField(help_text="Given back by you, with shipping.")
    tickets_count = serializers.IntegerField()
    attended = serializers.IntegerField(help_text="Tickets to your events they were let in with.")
    goods_count = serializers.IntegerField()
    first_order_at = serializers.DateTimeField(allow_null=True)
    last_order_at = serializers.DateTimeField(allow_null=True)
    tags = serializers.ListField(child=serializers.CharField())
    orders = CrmOrderRowOutput(
        many=True, help_text="The latest 20; `GET /crm/orders/?customer=` has them all."
    )
    tickets = CustomerTicketOutput(many=True, help_text="To your events, latest event first, up to 50.")
    notes = CustomerNoteOutput(many=True, help_text="The latest 20.")
    tasks = TaskOutput(many=True, help_text="About this customer, up to 20.")


class CustomersView(View):
    permission_classes = (IsOrganizer,)
    query_serializers = {"get": CustomersQuery}

    @extend_schema(
        operation_id="crm_customers_list",
        summary="People who have bought of you",
        tags=["CRM"],
        responses=page_of(CustomerRowOutput),
    )
    def get(self, request: Request) -> Response:
        organizer = organizer_of(request)
        rows = people.list_customers(
            organizer=organizer,
            search=self.query.get("q", ""),
            tag=self.query.get("tag", ""),
            ordering=self.query["ordering"],
        )

        def show(found: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
            names = people.people_by_id(row["user_id"] for row in found)
            tags = tags_of(organizer=organizer, customers=names)
            return [
                {
                    "id": row["user_id"],
                    "name": names[row["user_id"]].desk_name,
                    "email": names[row["user_id"]].email,
                    "orders_count": row["orders_count"],
                    "spent": row["spent"],
                    "currency": organizer.currency,
                    "last_order_at": row["last_order_at"],
                    "tags": tags.get(row["user_id"], []),
                }
                for row in found
            ]

        return Response(page(request, rows, self.query, show))


class CustomerView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_customers_get",
        summary="One customer: what they bought of you, your notes and tasks about them",
        tags=["CRM"],
        responses=CustomerOutput,
    )
    def get(self, request: Request, customer_id: int) -> Response:
        organizer, viewer = organizer_of(request), signed_in(request)
        customer = people.get_customer(organizer=organizer, customer_id=customer_id)
        parts = orders.as_rows(orders.list_parts(organizer=organizer, customer_id=customer_id))[:LATEST]
        tasks = work.list_tasks(organizer=organizer, customer_id=customer_id)[:LATEST]
        return Response(
            {
                "id": customer.pk,
                "name": customer.desk_name,
                "email": customer.email,
                "phone": customer.phone,
                "city": customer.city,
                "avatar": image_urls(customer.avatar),
                "currency": organizer.currency,
                "tags": tags_of(organizer=organizer, customers=[customer.pk]).get(customer.pk, []),
                "orders": show_rows(organizer, list(parts)),
                "tickets": list(people.list_tickets(organizer=organizer, customer=customer)),
                "notes": [
                    show_note(note, viewer)
                    for note in work.list_notes(organizer=organizer, customer=customer)[:LATEST]
                ],
                "tasks": [show_task(task) for task in tasks],
            }
            | people.totals_of(organizer=organizer, customer=customer)
        )


class CustomerTagsView(View):
    """The tags of all customers."""

    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_customer_tags_list",
        summary="The tags you file customers under",
        tags=["CRM"],
        responses=CustomerTagOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        rows = list_tags(organizer=organizer_of(request))
        return Response([{"name": row["spelling"], "customers": row["customers"]} for row in rows])


class TagsOfCustomerView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_customers_set_tags",
        summary="File a customer under tags of yours",
        tags=["CRM"],
        request=CustomerTagsInput,
        responses=CustomerTagsOutput,
        examples=[OpenApiExample("Two tags", value={"tags": ["Club", "Volunteer"]}, request_only=True)],
    )
    def put(self, request: Request, customer_id: int) -> Response:
        names = self.read(request, CustomerTagsInput)["tags"]
        organizer = organizer_of(request)
        customer = people.get_customer(organizer=organizer, customer_id=customer_id)
        return Response({"tags": set_tags(organizer=organizer, customer=customer, names=names)})


class CustomerNotesView(View):
    permission_classes = (IsOrganizer,)
    query_serializers = {"get": PageQuery}

    @extend_schema(
        operation_id="crm_notes_list",
        summary="Your notes about a customer, latest first",
        tags=["CRM"],
        responses=page_of(CustomerNoteOutput),
    )
    def get(self, request: Request, customer_id: int) -> Response:
        organizer, viewer = organizer_of(request), signed_in(request)
        customer = people.get_customer(organizer=organizer, customer_id=customer_id)
        notes = work.list_notes(organizer=organizer, customer=customer)
        return Response(
            page(request, notes, self.query, lambda rows: [show_note(note, viewer) for note in rows])
        )

    @extend_schema(
        operation_id="crm_notes_add",
        summary="Note something about a customer",
        tags=["CRM"],
        request=NoteInput,
        responses={201: CustomerNoteOutput},
        examples=[
            OpenApiExample(
                "Note", value={"body": "Runs with a pram: needs a wide start corridor."}, request_only=True
            )
        ],
    )
    def post(self, request: Request, customer_id: int) -> Response:
        body = self.read(request, NoteInput)["body"]
        organizer, author = organizer_of(request), signed_in(request)
        customer = people.get_customer(organizer=organizer, customer_id=customer_id)
        note = add_note(organizer=organizer, customer=customer, author=author, body=body)
        return Response(show_note(note, author), status=status.HTTP_201_CREATED)


class CustomerNoteView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_notes_update",
        summary="Change a note of yours",
        tags=["CRM"],
        request=NoteInput,
        responses=CustomerNoteOutput,
        examples=[OpenApiExample("Other words", value={"body": "Runs with two prams."}, request_only=True)],
    )
    def patch(self, request: Request, customer_id: int, note_id: int) -> Response:
        author = signed_in(request)
        note = change_note(
            organizer=organizer_of(request),
            author=author,
            customer_id=customer_id,
            note_id=note_id,
            body=self.read(request, NoteInput)["body"],
        )
        return Response(show_note(note, author))

    @extend_schema(
        operation_id="crm_notes_delete", summary="Delete a note of yours", tags=["CRM"], responses={204: None}
    )
    def delete(self, request: Request, customer_id: int, note_id: int) -> Response:
        delete_note(
            organizer=organizer_of(request),
            author=signed_in(request),
            customer_id=customer_id,
            note_id=note_id,
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


def show_note(note: CustomerNote, viewer: User) -> dict[str, Any]:
    return {
        "id": note.pk,
        "body": note.body,
        "author_name": note.author.desk_name if note.author else "",
        "is_own": note.author_id == viewer.pk,
        "created_at": note.created_at,
    }


urlpatterns = [
    path("customers/", CustomersView.as_view(), name="crm-customers"),
    path("customers/<int:customer_id>/", CustomerView.as_view(), name="crm-customer"),
    path("customers/<int:customer_id>/tags/", TagsOfCustomerView.as_view(), name="crm-tags-of-customer"),
    path("customer-tags/", CustomerTagsView.as_view(), name="crm-customer-tags"),
    path("customers/<int:customer_id>/notes/", CustomerNotesView.as_view(), name="crm-notes"),
    path("customers/<int:customer_id>/notes/<int:note_id>/", CustomerNoteView.as_view(), name="crm-note"),
]
