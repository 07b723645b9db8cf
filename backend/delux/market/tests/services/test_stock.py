from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from django.db.models import F

from delux.core.kept_query import KeptUpdate
from delux.market.models import Variant
from delux.market.services import stock
from delux.market.services.stock import (
    StockOutOfStepError,
    hold_variant,
    release_variant,
    return_variant,
    sell_variant,
)
from delux.market.tests.factories import VariantFactory

CLIENTS = 64


def counters(variant: Variant) -> tuple[int, int, int]:
    variant.refresh_from_db()
    return variant.stock_quantity, variant.held_quantity, variant.sales_count


@pytest.mark.django_db
def test_a_hold_takes_free_pieces_until_none_is_left() -> None:
    variant = VariantFactory(stock_quantity=3)

    assert hold_variant(variant_id=variant.pk, quantity=2)
    assert not hold_variant(variant_id=variant.pk, quantity=2)
    assert hold_variant(variant_id=variant.pk, quantity=1)
    assert counters(variant) == (3, 3, 0)


@pytest.mark.django_db
def test_a_variant_taken_off_sale_cannot_be_held() -> None:
    variant = VariantFactory(is_active=False)

    assert not hold_variant(variant_id=variant.pk, quantity=1)
    assert counters(variant) == (10, 0, 0)


@pytest.mark.django_db
def test_what_is_released_can_be_held_again() -> None:
    variant = VariantFactory(stock_quantity=1)
    hold_variant(variant_id=variant.pk, quantity=1)

    release_variant(variant_id=variant.pk, quantity=1)

    assert hold_variant(variant_id=variant.pk, quantity=1)


@pytest.mark.django_db
def test_a_sale_takes_held_pieces_off_the_shelf_and_counts_them() -> None:
    variant = VariantFactory(stock_quantity=10)
    hold_variant(variant_id=variant.pk, quantity=3)

    sell_variant(variant_id=variant.pk, quantity=2)

    assert counters(variant) == (8, 1, 2)


@pytest.mark.django_db
def test_returned_pieces_are_on_the_shelf_again_and_count_as_unsold() -> None:
    variant = VariantFactory(stock_quantity=10)
    hold_variant(variant_id=variant.pk, quantity=3)
    sell_variant(variant_id=variant.pk, quantity=3)

    return_variant(variant_id=variant.pk, quantity=2)

    assert counters(variant) == (9, 0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("move", [release_variant, sell_variant])
def test_moving_pieces_nobody_holds_fails_loudly_and_changes_nothing(move: Callable[..., None]) -> None:
    variant = VariantFactory(stock_quantity=10, held_quantity=1)

    with pytest.raises(StockOutOfStepError):
        move(variant_id=variant.pk, quantity=2)

    assert counters(variant) == (10, 1, 0)


def holds_won_by_a_crowd(variant: Variant) -> int:
    """Let every client try to hold one piece at the same moment; return how many succeeded."""
    start = Barrier(CLIENTS)

    def client(_: int) -> bool:
        connection.ensure_connection()
        start.wait(timeout=20)
        try:
            return hold_variant(variant_id=variant.pk, quantity=1)
        except IntegrityError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(CLIENTS) as crowd:
        return sum(crowd.map(client, range(CLIENTS)))


HOLD_WITHOUT_ASKING = KeptUpdate(
    lambda variant_id, quantity: (
        Variant.objects.filter(pk=variant_id),
        {"held_quantity": F("held_quantity") + quantity},
    ),
    variant_id=int,
    quantity=int,
)


@contextmanager
def without_the_constraint() -> Iterator[None]:
    never_oversold = next(c for c in Variant._meta.constraints if c.name == "variant_never_oversold")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Variant, never_oversold)
    try:
        yield
    finally:
        Variant.objects.update(held_quantity=0)
        with connection.schema_editor() as editor:
            editor.add_constraint(Variant, never_oversold)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cap", [1, 10])
def test_a_crowd_holds_exactly_what_is_there(cap: int) -> None:
    variant = VariantFactory(stock_quantity=cap)

    assert holds_won_by_a_crowd(variant) == cap
    assert counters(variant) == (cap, cap, 0)


@pytest.mark.django_db(transaction=True)
def test_without_its_condition_the_constraint_still_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock, "_HOLD", HOLD_WITHOUT_ASKING)
    variant = VariantFactory(stock_quantity=10)

    assert holds_won_by_a_crowd(variant) == 10
    assert counters(variant) == (10, 10, 0)


@pytest.mark.django_db(transaction=True)
def test_without_condition_and_constraint_the_same_crowd_oversells(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the crowd is one that oversells where nothing stops it."""
    monkeypatch.setattr(stock, "_HOLD", HOLD_WITHOUT_ASKING)
    variant = VariantFactory(stock_quantity=10)

    with without_the_constraint():
        assert holds_won_by_a_crowd(variant) == CLIENTS
        assert counters(variant) == (10, CLIENTS, 0)
