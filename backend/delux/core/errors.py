"""Refusals the product makes on purpose. Each has a stable code; core.api.errors knows its HTTP status."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FieldProblem:
    """One thing wrong in a request: where (JSON pointer), which (stable code), and in words."""

    pointer: str
    code: str
    detail: str | Promise
    extra: dict[str, Any] = field(default_factory=dict)


class DomainError(Exception):
    """A refusal with a stable ``code``. Subclass one of the kinds below, beside the service that raises it.

    ``detail`` says what happened and what to do, in the reader's language; ``problems`` name the fields or
    lines; ``extra`` adds members to the problem document.
    """

    code = "error"
    title: str | Promise = _("Something went wrong")

    def __init__(
        self,
        detail: str | Promise = "",
        *,
        problems: list[FieldProblem] | None = None,
        extra: dict[str, Any] | None = None,
    ) -> None:
        self.detail = detail or self.title
        self.problems = problems or []
        self.extra = extra or {}
        super().__init__(str(self.detail))


class Invalid(DomainError):
    """What was sent cannot be used as it is (400)."""

    code = "invalid"
    title = _("Please check the highlighted fields")

    @classmethod
    def field(cls, name: str, detail: str | Promise, *, code: str = "invalid") -> "Invalid":
        """Name the one field that is wrong; ``name`` may be a path such as ``shipping_address/city``."""
        return cls(detail, problems=[FieldProblem(pointer=f"/{name}", code=code, detail=detail)])


class Unauthenticated(DomainError):
    """Nobody is signed in, or the token is no longer good (401)."""

    code = "unauthenticated"
    title = _("Please sign in")


class Forbidden(DomainError):
    """The thing is visible, but this person may not do this to it (403)."""

    code = "forbidden"
    title = _("You may not do this")


class NotFound(DomainError):
    """Not there, or not this person's: the answer is the same (404)."""

    code = "not_found"
    title = _("Not found")


class Conflict(DomainError):
    """Right in form, but not possible in the state things are in (409)."""

    code = "conflict"
    title = _("This is not possible right now")


class Unprocessable(DomainError):
    """Contradicts an earlier request (422)."""

    code = "unprocessable"
    title = _("This request contradicts an earlier one")


class TooLarge(DomainError):
    """More bytes than the endpoint takes (413)."""

    code = "too_large"
    title = _("This is larger than allowed")


class Busy(DomainError):
    """Too many want the same thing at this moment; nothing was changed (503)."""

    code = "busy"
    title = _("Too many people want this right now. Try again in a moment")


class Unavailable(DomainError):
    """What the shop stands on is away (503). What was asked may have been done: only a repeat tells."""

    code = "unavailable"
    title = _("The site is away for a moment. Please try again in a few seconds")


class TooMany(DomainError):
    """Too many attempts (429). ``extra["retry_after"]`` is in seconds."""

    code = "too_many_attempts"
    title = _("Too many attempts")
