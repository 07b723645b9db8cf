"""May this much of this be bought now? Asked of a line put in, of a basket shown, and at checkout."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from delux.core.errors import Conflict, FieldProblem
from delux.orders.models import ItemType
from delux.orders.selectors.targets import Line, Target, lapsed_holds


class Trouble(StrEnum):
    """Why a line cannot be bought as it is."""

    SOLD_OUT = "sold_out"
    NOT_ENOUGH = "not_enough"
    SALES_NOT_STARTED = "sales_not_started"
    SALES_ENDED = "sales_ended"
    EVENT_OVER = "event_over"
    UNAVAILABLE = "unavailable"
    OVER_LIMIT = "over_limit"


OUT_OF_STOCK = frozenset({Trouble.SOLD_OUT, Trouble.NOT_ENOUGH})
# Less of it could be bought.
CAN_BE_CAPPED = frozenset({Trouble.NOT_ENOUGH, Trouble.OVER_LIMIT})

_WORDS: dict[Trouble, str | Promise] = {
    Trouble.SOLD_OUT: _("Sold out"),
    Trouble.SALES_NOT_STARTED: _("Sales have not started yet"),
    Trouble.SALES_ENDED: _("Sales have ended"),
    Trouble.EVENT_OVER: _("The event is over"),
    Trouble.UNAVAILABLE: _("No longer on sale"),
}


class LinesNotOnSale(Conflict):
    """A line cannot be bought for another reason than stock; ``problems`` say which and why."""

    code = "lines_not_on_sale"
    title = _("Something in your basket cannot be bought right now")


class NotEnoughStock(Conflict):
    """Fewer are left than wanted; ``problems`` name the lines and what is left of each."""

    code = "not_enough_stock"
    title = _("Not enough is left of something in your basket")


class MixedCurrency(Conflict):
    code = "mixed_currency"
    title = _("One basket is paid in one currency. Pay for what is in it first, or empty it")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be bought of a target: how many are left, at most how many, and what is wrong."""

    left: int
    max_quantity: int
    trouble: Trouble | None


def judge(target: Target, quantity: int, *, at: datetime, lapsed: int = 0) -> Verdict:
    """Tell whether ``quantity`` of ``target`` may be bought; ``lapsed`` is held but unpaid in time."""
    left = target.left + lapsed
    most = min(target.limit, left)
    return Verdict(left=left, max_quantity=most, trouble=_trouble(target, quantity, left, at))


def judge_all(lines: Iterable[Line], *, at: datetime) -> list[Verdict]:
    """Judge every line, counting what lapsed orders hold as free; looked up only where stock is short."""
    lines = list(lines)
    verdicts = [judge(line.target, line.quantity, at=at) for line in lines]
    short = [
        line.target.key
        for line, verdict in zip(lines, verdicts, strict=True)
        if verdict.trouble in OUT_OF_STOCK
    ]
    if short and (lapsed := lapsed_holds(short, at)):
        return [
            judge(line.target, line.quantity, at=at, lapsed=lapsed.get(line.target.key, 0)) for line in lines
        ]
    return verdicts


def refuse_trouble(lines: Sequence[Line], verdicts: Sequence[Verdict], *, pointers: Sequence[str]) -> None:
    """Raise what stands in the way of buying ``lines``, each problem with its pointer; or do nothing.

    :raises NotEnoughStock: stock alone is the reason
    :raises LinesNotOnSale: anything else
    """
    problems = [
        problem_of(line.target, verdict.trouble, left=verdict.left, pointer=pointer)
        for line, verdict, pointer in zip(lines, verdicts, pointers, strict=True)
        if verdict.trouble
    ]
    if problems:
        stock_alone = all(problem.code in OUT_OF_STOCK for problem in problems)
        raise (NotEnoughStock if stock_alone else LinesNotOnSale)(
            problems[0].detail if len(problems) == 1 else "", problems=problems
        )


def problem_of(target: Target, trouble: Trouble, *, left: int, pointer: str) -> FieldProblem:
    """Describe what is wrong with a line, for people and for the client."""
    return FieldProblem(
        pointer=pointer,
        code=trouble,
        detail=words(trouble, target, left),
        extra={
            "item_type": target.item_type,
            target_field(target.item_type): target.id,
            "title": target.title,
            "left": max(0, left),
            "max_quantity": max(0, min(left, target.limit)),
        },
    )


def words(trouble: Trouble, target: Target, left: int) -> str:
    """Say in the reader's language what is wrong with a line."""
    if trouble is Trouble.NOT_ENOUGH:
        return str(ngettext_lazy("Only %(left)d is left", "Only %(left)d are left", left) % {"left": left})
    if trouble is Trouble.OVER_LIMIT:
        return str(_("At most %(limit)d in one order") % {"limit": target.limit})
    return str(_WORDS[trouble])


def target_field(item_type: str) -> str:
    """Return the name of the field that points at a target of this type."""
    return "variant_id" if item_type == ItemType.PRODUCT else "ticket_type_id"


def refuse_mixed_currency(lines: Iterable[Line]) -> None:
    """:raises MixedCurrency: the lines are priced in more than one currency"""
    if len({line.target.currency for line in lines}) > 1:
        raise MixedCurrency


def _trouble(target: Target, quantity: int, left: int, at: datetime) -> Trouble | None:
    if not target.is_offered:
        return Trouble.UNAVAILABLE
    if target.ends_at and target.ends_at <= at:
        return Trouble.EVENT_OVER
    if target.sales_start and target.sales_start > at:
        return Trouble.SALES_NOT_STARTED
    if target.sales_end and target.sales_end <= at:
        return Trouble.SALES_ENDED
    if left <= 0:
        return Trouble.SOLD_OUT
    if quantity > target.limit:
        return Trouble.OVER_LIMIT
    return Trouble.NOT_ENOUGH if quantity > left else None
