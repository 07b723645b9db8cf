"""Messages to many: written, looked at, tried on oneself, sent."""

from email.utils import parseaddr
from typing import Any

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of, signed_in
from delux.accounts.services.guessing import TooManyGuesses
from delux.core.api.pagination import page
from delux.core.api.serializers import (
    CleanCharField,
    CleanTextField,
    IdField,
    PageQuery,
    QuerySerializer,
    StrictSerializer,
    page_of,
)
from delux.core.api.views import View
from delux.core.errors import Invalid
from delux.crm.models import Mailing
from delux.crm.selectors import mailings as selectors
from delux.crm.services.mailings import (
    Audience,
    EnoughForToday,
    EventLongOver,
    MailingSent,
    NobodyToTell,
    NoOwnMail,
    change_mailing,
    delete_mailing,
    plan_mailing,
    preview_mailing,
    send_mailing,
    send_test,
    write_mailing,
)
from delux.notifications.mail import compose_notification

_OF_CUSTOMERS, _OF_HOLDERS = ("q", "tag"), ("ticket_type", "attendance")


class _AudienceFields(serializers.Serializer):
    q = CleanCharField(
        required=False, max_length=100, help_text="Customers with these words in name, e-mail or phone."
    )
    tag = CleanCharField(required=False, max_length=40, help_text="Customers filed under this tag.")
    event = IdField(
        required=False, help_text="Holders of tickets to this event of yours, instead of customers."
    )
    ticket_type = IdField(required=False, help_text="Only tickets of this kind.")
    attendance = serializers.ChoiceField(choices=Mailing.Attendance.choices, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        strange = [name for name in (_OF_CUSTOMERS if "event" in attrs else _OF_HOLDERS) if name in attrs]
        if strange:
            detail = _("Write to customers or to holders of tickets, not to both at once.")
            raise serializers.ValidationError({name: [detail] for name in strange}, code="contradiction")
        return attrs


class AudienceQuery(_AudienceFields, QuerySerializer):
    pass


class MailingInput(_AudienceFields, StrictSerializer):
    subject = CleanCharField(max_length=150)
    body = CleanTextField(max_length=5000, help_text="Plain text; addresses of pages become links.")


class MailingUpdateInput(StrictSerializer):
    subject = CleanCharField(max_length=150)
    body = CleanTextField(max_length=5000)


class AudienceOutput(serializers.Serializer):
    people = serializers.IntegerField(help_text="Would be told.")
    mails = serializers.IntegerField(help_text="Of them by e-mail too; the others read it in Delux.")
    silenced = serializers.IntegerField(help_text="Left out: they want no news of you.")
    left_today = serializers.IntegerField(help_text="Messages of this kind that may still be sent today.")
    a_day = serializers.IntegerField(help_text="Messages of this kind a day.")


class MailingEvent(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()


class MailingTicketType(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class MailingRowOutput(serializers.Serializer):
    id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=Mailing.Status.choices)
    subject = serializers.CharField()
    event = MailingEvent(allow_null=True, help_text="Whose holders of tickets it is for; null: customers.")
    ticket_type = MailingTicketType(allow_null=True)
    attendance = serializers.ChoiceField(choices=Mailing.Attendance.choices, allow_null=True)
    q = serializers.CharField()
    tag = serializers.CharField()
    people = serializers.IntegerField(help_text="Told; 0 for a draft.")
    mails = serializers.IntegerField()
    silenced = serializers.IntegerField()
    mails_sent = serializers.IntegerField()
    mails_failed = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    sent_at = serializers.DateTimeField(allow_null=True)


class MailingOutput(MailingRowOutput):
    body = serializers.CharField()
    read = serializers.IntegerField(help_text="Opened it in Delux; mails carry no trackers.")
    unsubscribed = serializers.IntegerField(help_text="Gave your news up because of it.")


class MailingPreviewOutput(serializers.Serializer):
    sender = serializers.CharField()
    subject = serializers.CharField()
    html = serializers.CharField(help_text="The mail as you yourself would get it.")
    text = serializers.CharField(help_text="The same for programs that show text alone.")


class MailingsView(View):
    permission_classes = (IsOrganizer,)
    query_serializers = {"get": PageQuery}

    @extend_schema(
        operation_id="crm_mailings_list",
        summary="Your messages to many, latest first",
        tags=["CRM"],
        responses=page_of(MailingRowOutput),
    )
    def get(self, request: Request) -> Response:
        rows = selectors.list_mailings(organizer=organizer_of(request))
        return Response(page(request, rows, self.query, lambda found: [_row(one) for one in found]))

    @extend_schema(
        operation_id="crm_mailings_create",
        summary="Write a message; nobody is told before it is sent",
        tags=["CRM"],
        request=MailingInput,
        responses={201: MailingOutput},
        examples=[
            OpenApiExample(
                "To all customers",
                value={
                    "subject": "The summer calendar is out",
                    "body": "Six races from June to August.\n\nThe first hundred tickets cost less.",
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        form = self.read(request, MailingInput)
        mailing = write_mailing(
            organizer=organizer_of(request),
            author=signed_in(request),
            subject=form["subject"],
            body=form["body"],
            audience=_audience(form),
        )
        return Response(_show(mailing), status=status.HTTP_201_CREATED)


class MailingAudienceView(View):
    permission_classes = (IsOrganizer,)
    query_serializers = {"get": AudienceQuery}
    raises = {"get": (Invalid,)}

    @extend_schema(
        operation_id="crm_mailings_audience",
        summary="How many a message would reach",
        tags=["CRM"],
        responses=AudienceOutput,
    )
    def get(self, request: Request) -> Response:
        organizer, audience = organizer_of(request), _audience(self.query)
        reach = selectors.reach_of(plan_mailing(organizer=organizer, audience=audience))
        about_event = audience.event_id is not None
        return Response(
            {
                "people": reach.people,
                "mails": reach.mails,
                "silenced": reach.silenced,
                "left_today": selectors.left_today(
                    organizer=organizer, event_id=audience.event_id, at=timezone.now()
                ),
                "a_day": selectors.NOTES_A_DAY if about_event else selectors.NEWS_A_DAY,
            }
        )


class MailingView(View):
    permission_classes = (IsOrganizer,)
    raises = {"patch": (MailingSent,), "delete": (MailingSent,)}

    @extend_schema(
        operation_id="crm_mailings_get",
        summary="One message and what became of it",
        tags=["CRM"],
        responses=MailingOutput,
    )
    def get(self, request: Request, mailing_id: int) -> Response:
        mailing = selectors.get_mailing(organizer=organizer_of(request), mailing_id=mailing_id)
        return Response(_show(mailing))

    @extend_schema(
        operation_id="crm_mailings_update",
        summary="Change the words of a draft",
        tags=["CRM"],
        request=MailingUpdateInput,
        responses=MailingOutput,
        examples=[
            OpenApiExample("Another subject", value={"subject": "Six summer races"}, request_only=True)
        ],
    )
    def patch(self, request: Request, mailing_id: int) -> Response:
        words = self.read(request, MailingUpdateInput, partial=True)
        return Response(
            _show(change_mailing(organizer=organizer_of(request), mailing_id=mailing_id, **words))
        )

    @extend_schema(
        operation_id="crm_mailings_delete",
        summary="Throw a draft away",
        tags=["CRM"],
        responses={204: None},
    )
    def delete(self, request: Request, mailing_id: int) -> Response:
        delete_mailing(organizer=organizer_of(request), mailing_id=mailing_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class MailingPreviewView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_mailings_preview",
        summary="The mail itself, made for you",
        tags=["CRM"],
        responses=MailingPreviewOutput,
    )
    def get(self, request: Request, mailing_id: int) -> Response:
        mailing = selectors.get_mailing(organizer=organizer_of(request), mailing_id=mailing_id)
        mail = compose_notification(preview_mailing(mailing=mailing, reader=signed_in(request)))
        name, address = parseaddr(mail.from_email)
        return Response(
            {
                "sender": f"{name} <{address}>",
                "subject": mail.subject,
                "html": str(mail.alternatives[0][0]),
                "text": mail.body,
            }
        )


class MailingTestView(View):
    permission_classes = (IsOrganizer,)
    raises = {"post": (NoOwnMail, TooManyGuesses)}

    @extend_schema(
        operation_id="crm_mailings_test",
        summary="Send a message to yourself alone",
        tags=["CRM"],
        request=None,
        responses={204: None},
    )
    def post(self, request: Request, mailing_id: int) -> Response:
        send_test(
            organizer=organizer_of(request),
            author=signed_in(request),
            mailing_id=mailing_id,
            now=timezone.now(),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class MailingSendView(View):
    permission_classes = (IsOrganizer,)
    raises = {"post": (NobodyToTell, EventLongOver, EnoughForToday)}

    @extend_schema(
        operation_id="crm_mailings_send",
        summary="Send a message",
        description="Doing it again sends nothing more and answers the same message.",
        tags=["CRM"],
        request=None,
        responses=MailingOutput,
    )
    def post(self, request: Request, mailing_id: int) -> Response:
        mailing = send_mailing(organizer=organizer_of(request), mailing_id=mailing_id, now=timezone.now())
        return Response(_show(mailing))


def _audience(form: dict[str, Any]) -> Audience:
    return Audience(
        search=form.get("q", ""),
        tag=form.get("tag", ""),
        event_id=form.get("event"),
        ticket_type_id=form.get("ticket_type"),
        attendance=form.get("attendance", ""),
    )


def _show(mailing: Mailing) -> dict[str, Any]:
    """Return MailingOutput; the figures of one on its way are counted now."""
    seen = {"body": mailing.body, "read": 0, "unsubscribed": 0}
    if mailing.status == Mailing.Status.DRAFT:
        return _row(mailing) | seen
    progress = selectors.progress_of(mailing)
    seen |= {"read": progress.read, "unsubscribed": progress.unsubscribed}
    if mailing.status == Mailing.Status.SENDING:
        seen |= {"mails_sent": progress.mails_sent, "mails_failed": progress.mails_failed}
    return _row(mailing) | seen


def _row(mailing: Mailing) -> dict[str, Any]:
    event, ticket_type = mailing.event, mailing.ticket_type
    return {
        "id": mailing.pk,
        "status": mailing.status,
        "subject": mailing.subject,
        "event": event and {"id": event.pk, "title": event.title},
        "ticket_type": ticket_type and {"id": ticket_type.pk, "name": ticket_type.name},
        "attendance": mailing.attendance or None,
        "q": mailing.search,
        "tag": mailing.tag,
        "people": mailing.people_count,
        "mails": mailing.mails_count,
        "silenced": mailing.silenced_count,
        "mails_sent": mailing.mails_sent,
        "mails_failed": mailing.mails_failed,
        "created_at": mailing.created_at,
        "started_at": mailing.started_at,
        "sent_at": mailing.sent_at,
    }


urlpatterns = [
    path("mailings/", MailingsView.as_view(), name="crm-mailings"),
    path("mailings/audience/", MailingAudienceView.as_view(), name="crm-mailings-audience"),
    path("mailings/<int:mailing_id>/", MailingView.as_view(), name="crm-mailing"),
    path("mailings/<int:mailing_id>/preview/", MailingPreviewView.as_view(), name="crm-mailing-preview"),
    path("mailings/<int:mailing_id>/test/", MailingTestView.as_view(), name="crm-mailing-test"),
    path("mailings/<int:mailing_id>/send/", MailingSendView.as_view(), name="crm-mailing-send"),
]
