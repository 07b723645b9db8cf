"""Dates in words, in the language in force, by the clock of the place."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as format_date


def local_moment(moment: datetime, zone: str) -> datetime:
    """Return the same moment as clocks in ``zone`` show it."""
    return moment.astimezone(ZoneInfo(zone))


def word_moment(moment: datetime, zone: str) -> str:
    """Return ``5 декабря 2026, 18:30``, as clocks in ``zone`` show it."""
    return f"{word_day(moment, zone)}, {word_time(moment, zone)}"


def word_day(moment: datetime, zone: str) -> str:
    """Return ``5 декабря 2026``."""
    local = local_moment(moment, zone)
    return f"{local.day} {word_month(moment, zone)} {local.year}"


def word_month(moment: datetime, zone: str) -> str:
    """Return the month as it stands after a day's number: ``декабря``, ``желтоқсан``, ``December``."""
    month = format_date(local_moment(moment, zone), "E")
    return month if month.isascii() else month.lower()  # only English writes months with a capital


def word_time(moment: datetime, zone: str) -> str:
    """Return ``18:30``."""
    return f"{local_moment(moment, zone):%H:%M}"
