"""Input fields that keep what a calendar, a map or a browser cannot use out of the tables."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

FIRST_YEAR, LAST_YEAR = 2000, 2099


class MomentField(serializers.DateTimeField):
    """A moment between 2000 and 2099, whatever its offset."""

    default_error_messages = {"out_of_range": _("Choose a moment from 2000 to 2099.")}

    def to_internal_value(self, value: Any) -> datetime:
        moment = super().to_internal_value(value)
        # The years first: near the calendar's ends, turning to UTC would overflow.
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            self.fail("out_of_range")
        return moment.astimezone(UTC)


class DayField(serializers.DateField):
    """A day between 2000 and 2099."""

    default_error_messages = {"out_of_range": _("Choose a day from 2000 to 2099.")}

    def to_internal_value(self, value: Any) -> date:
        day = super().to_internal_value(value)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail("out_of_range")
        return day


class DegreesField(serializers.DecimalField):
    """Degrees of latitude or longitude, ``furthest`` either way."""

    def __init__(self, *, furthest: int, **kwargs: Any) -> None:
        super().__init__(
            max_digits=9,
            decimal_places=6,
            min_value=Decimal(-furthest),
            max_value=Decimal(furthest),
            **kwargs,
        )


class WebAddressField(serializers.CharField):
    """An http or https address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)
        self.validators.append(URLValidator(schemes=["http", "https"]))
