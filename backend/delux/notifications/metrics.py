"""Figures of what leaves us, for Prometheus."""

from datetime import datetime

from django.db.models import QuerySet

from delux.core.metrics import watch_work
from delux.notifications.models import Delivery


def _pending_mail(_at: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(channel=Delivery.Channel.EMAIL, status=Delivery.Status.PENDING)


def _pending_sms(_at: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(channel=Delivery.Channel.SMS, status=Delivery.Status.PENDING)


watch_work("mail", _pending_mail, due="next_attempt_at")
watch_work("sms", _pending_sms, due="next_attempt_at")
