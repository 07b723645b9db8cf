"""A table of goods from upload to shelf: what it would change, what it changes, and what it never does."""

from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from delux.core.private_files import open_file
from delux.crm.models import TableImport
from delux.crm.services import table_imports as service
from delux.crm.services.table_imports import forget_old_imports, work_on_imports
from delux.crm.tests.factories import TableImportFactory
from delux.market.models import Product, Variant
from delux.market.services import goods_import
from delux.market.tests.factories import ProductFactory, ShopCategoryFactory, VariantFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/crm/goods-imports/"
ENGLISH = {"Accept-Language": "en"}
HEADER = "SKU;Product;Size;Colour;Price;Stock;Category"


def work() -> None:
    work_on_imports(now=timezone.now())


def upload(client, *lines: str, header: str = HEADER):
    text = StringIO()
    text.write("\n".join([header, *lines]))
    file = SimpleUploadedFile("goods.csv", text.getvalue().encode(), "text/csv")
    return client.post(URL, {"file": file}, format="multipart", headers=ENGLISH)


def compared(client, *lines: str, header: str = HEADER) -> dict:
    answer = upload(client, *lines, header=header)
    assert answer.status_code == 201, answer.json()
    assert answer.json()["status"] == "checking"
    work()
    return client.get(f"{URL}{answer.json()['id']}/").json()


def applied(client, table: dict, **options) -> dict:
    answer = client.post(f"{URL}{table['id']}/confirm/", options)
    assert answer.status_code == 200, answer.json()
    work()
    return client.get(f"{URL}{table['id']}/").json()


def counts(table: dict) -> list:
    names = ("status", "new_count", "changed_count", "same_count", "bad_count")
    return [table[name] for name in names]


@pytest.fixture
def cap(organizer) -> Variant:
    product = ProductFactory(organizer=organizer, title="Running cap")
    return VariantFactory(
        product=product, sku_code="CAP-1", price=Decimal(9900), stock_quantity=5, size="", colour="Black"
    )


def test_a_table_says_what_it_would_change_and_changes_it_when_told_to(client, organizer, cap) -> None:
    ShopCategoryFactory(slug="socks", name_ru="Носки")
    table = compared(
        client,
        "cap-1;Running cap;;;8 900,50;7;",  # another price and stock
        "CAP-2;running CAP;M;Red;9900;3;",  # one more of a product that is there
        "SOCK-1;Wool socks;S;;2500;10;носки",  # a product that is not
        "SOCK-2;Wool socks;M;;2500;0;",
    )
    assert counts(table) == ["checked", 2, 1, 0, 1]
    assert table["faults"] == [
        {"line": 5, "column": "category", "detail": "A new product needs a category of the shop."}
    ]
    assert [(row["line"], row["kind"], row["key"]) for row in table["sample"]] == [
        (2, "change", "CAP-1"),
        (3, "variant", "CAP-2"),
        (4, "product", "SOCK-1"),
    ]
    assert {"column": "price", "before": "9900.00", "after": "8900.50"} in table["sample"][0]["cells"]
    assert Variant.objects.get().price == 9900  # nothing yet

    refused = client.post(f"{URL}{table['id']}/confirm/", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "has_bad_rows")
    assert counts(applied(client, table, skip_bad=True)) == ["done", 2, 1, 0, 1]

    cap.refresh_from_db()
    assert (cap.price, cap.stock_quantity, cap.colour) == (Decimal("8900.50"), 7, "Black")
    assert cap.product.variants.count() == 2
    socks = Product.objects.get(title="Wool socks")
    assert (socks.organizer, socks.is_active, socks.category.slug) == (organizer, False, "socks")
    assert socks.slug == "wool-socks"
    socks.refresh_from_db()
    assert socks.price_from == 2500  # the shop's list knows


def test_the_same_table_again_finds_nothing_to_change(client, cap) -> None:
    lines = ("CAP-1;Running cap;;;8900;7;", "CAP-2;Running cap;M;Red;9900;3;")
    assert counts(applied(client, compared(client, *lines)))[0] == "done"

    again = compared(client, *lines)

    assert counts(again) == ["checked", 0, 0, 2, 0]
    refused = client.post(f"{URL}{again['id']}/confirm/", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_change")


def test_confirming_twice_applies_once(client, cap) -> None:
    table = compared(client, "CAP-2;Running cap;M;Red;9900;3;")
    for _press in range(2):
        assert client.post(f"{URL}{table['id']}/confirm/", {}).json()["status"] == "applying"
    for _sweep in range(2):
        work()

    assert client.post(f"{URL}{table['id']}/confirm/", {}).json()["status"] == "done"
    assert Variant.objects.filter(sku_code="CAP-2").count() == 1


@pytest.mark.parametrize(
    ("line", "column", "word"),
    [
        (";Running cap;;;1;1;", "sku_code", "filled in"),
        ("N-1;;;;1;1;", "title", "filled in"),
        (f"{'N' * 41};Running cap;;;1;1;", "sku_code", "40"),
        ("N-1;Running cap;;;-5;1;", "price", "12000"),
        ("N-1;Running cap;;;=1+1;1;", "price", "12000"),
        ("N-1;Running cap;;;1e5;1;", "price", "12000"),
        ("N-1;Running cap;;;99999999999;1;", "price", "high"),
        ("N-1;Running cap;;;1;1.5;", "stock_quantity", "whole"),
        ("N-1;Running cap;;;1;9999999;", "stock_quantity", "whole"),
        ("N-1;Running cap;;;;1;", "price", "needs this"),
        ("N-1;New thing;;;1;1;no-such-shelf", "category", "category"),
        ("N-1;Running cap;;black;1;1;", "size", "already"),
        ("CAP-1;Running cap;;;1;1;", "stock_quantity", "held"),
    ],
)
def test_a_mistake_is_named_by_line_and_column(client, cap, line, column, word) -> None:
    Variant.objects.filter(pk=cap.pk).update(held_quantity=2)

    table = compared(client, line)

    assert counts(table) == ["checked", 0, 0, 0, 1]
    assert [(fault["line"], fault["column"]) for fault in table["faults"]] == [(2, column)]
    assert word in table["faults"][0]["detail"].lower()


def test_one_article_number_twice_in_a_file_is_a_mistake_of_the_second(client, cap) -> None:
    table = compared(client, "N-1;Running cap;M;;1;1;", "n-1;Running cap;L;;1;1;")

    assert counts(table) == ["checked", 1, 0, 0, 1]
    assert (table["faults"][0]["line"], table["faults"][0]["column"]) == (3, "sku_code")


def test_where_two_products_share_an_article_number_the_title_decides(client, organizer, cap) -> None:
    twin = VariantFactory(
        product=ProductFactory(organizer=organizer, title="Kids' cap"), sku_code="CAP-1", stock_quantity=1
    )

    applied(client, compared(client, "CAP-1;Kids' cap;;;100;9;"))
    assert counts(compared(client, "CAP-1;Some cap;;;100;9;"))[-1] == 1

    twin.refresh_from_db()
    cap.refresh_from_db()
    assert (twin.stock_quantity, cap.stock_quantity) == (9, 5)


def test_what_was_sold_since_the_table_was_compared_is_not_put_back(client, cap) -> None:
    """The control: without a sale in between the same table is applied."""
    VariantFactory(product=cap.product, sku_code="CAP-9", stock_quantity=4, size="S")
    lines = ("CAP-1;Running cap;;;100;9;", "CAP-9;Running cap;S;;100;9;")
    table = compared(client, *lines)
    Variant.objects.filter(pk=cap.pk).update(stock_quantity=4)

    assert counts(applied(client, table)) == ["refused", 0, 1, 0, 1]
    assert set(Variant.objects.values_list("sku_code", "stock_quantity")) == {("CAP-1", 4), ("CAP-9", 4)}

    assert counts(applied(client, compared(client, *lines)))[0] == "done"
    assert set(Variant.objects.values_list("stock_quantity", flat=True)) == {9}


def test_anothers_goods_are_neither_matched_nor_touched(client, cap) -> None:
    foreign = VariantFactory(sku_code="X-1", stock_quantity=1)
    table = compared(client, f"X-1;{foreign.product.title};;;1;99;{foreign.product.category.slug}")

    assert counts(table) == ["checked", 1, 0, 0, 0]
    applied(client, table)
    foreign.refresh_from_db()
    assert foreign.stock_quantity == 1
    assert foreign.product.variants.count() == 1

    strange = TableImportFactory()
    assert client.get(f"{URL}{strange.pk}/").status_code == 404
    assert client.post(f"{URL}{strange.pk}/confirm/", {}).status_code == 404
    assert strange.pk not in [row["id"] for row in client.get(URL).json()["results"]]


@pytest.mark.parametrize(
    ("header", "word"),
    [("SKU;Product;Price", "Stock"), ("A;B;C;D", "SKU"), ("SKU;Product;Price;Stock;Цена", "twice")],
)
def test_a_table_without_its_columns_is_refused_at_once(client, header, word) -> None:
    refused = upload(client, "1;2;3;4;5", header=header)

    assert (refused.status_code, refused.json()["code"]) == (400, "bad_table")
    assert word in refused.json()["detail"]
    assert refused.json()["errors"][0]["pointer"] == "/file"
    assert not TableImport.objects.exists()


def test_columns_go_by_their_names_in_any_language_and_order(client, cap) -> None:
    table = compared(client, "7;CAP-1;8900;Running cap", header="Остаток;Артикул;Баға;Название")

    assert counts(table) == ["checked", 0, 1, 0, 0]


def test_the_template_can_be_sent_back(client) -> None:
    template = client.get(f"{URL}template/", headers={"Accept-Language": "kk"})
    file = SimpleUploadedFile("goods.xlsx", template.getvalue())

    refused = client.post(URL, {"file": file}, format="multipart", headers=ENGLISH)

    assert "no rows" in refused.json()["detail"]  # every column was found


def test_what_breaks_at_work_is_said_and_does_not_wait_for_ever(client, cap, monkeypatch) -> None:
    table = compared(client, "CAP-1;Running cap;;;100;9;")

    def broken(**_given: object) -> None:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(goods_import, "apply_import", broken)
    assert applied(client, table)["status"] == "failed"
    cap.refresh_from_db()
    assert cap.price == 9900


def test_a_table_a_dead_worker_left_is_taken_up_by_another(client, cap) -> None:
    table = upload(client, "CAP-1;Running cap;;;100;9;").json()
    TableImport.objects.update(claimed_at=timezone.now())
    work()
    assert client.get(f"{URL}{table['id']}/").json()["status"] == "checking"

    TableImport.objects.update(claimed_at=timezone.now() - service.LEASE * 2)
    work()
    assert client.get(f"{URL}{table['id']}/").json()["status"] == "checked"


def test_old_tables_go_with_their_files(client, cap) -> None:
    upload(client, "CAP-1;Running cap;;;100;9;")
    key = TableImport.objects.get().file
    assert forget_old_imports(now=timezone.now()) == 0
    with open_file(key) as file:
        assert b"CAP-1" in file.read()

    assert forget_old_imports(now=timezone.now() + service.KEPT * 2) == 1

    with pytest.raises(FileNotFoundError):
        open_file(key)


def test_so_many_tables_at_a_time(client, cap) -> None:
    for _ in range(service.UNFINISHED):
        assert upload(client, "CAP-1;Running cap;;;100;9;").status_code == 201

    refused = upload(client, "CAP-1;Running cap;;;100;9;")
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_files")


def test_a_thousand_rows_cost_as_few_statements_as_ten(client, cap, django_assert_max_num_queries) -> None:
    ShopCategoryFactory(slug="socks")
    for rows in (10, 500):
        lines = [f"N{rows}-{n};Socks {rows} {n // 50};{n % 50};;100;1;socks" for n in range(rows)]
        table = compared(client, *lines)
        client.post(f"{URL}{table['id']}/confirm/", {})
        with django_assert_max_num_queries(30):
            work()
        assert Variant.objects.filter(sku_code__startswith=f"N{rows}-").count() == rows


def test_a_table_whose_storing_breaks_off_is_known_and_goes_in_time(client, cap, monkeypatch) -> None:
    """It may have been stored in full: what is on the disk has a row."""
    keep, kept = service.keep_file, []

    def die(content: BytesIO, *, key: str) -> None:
        kept.append(keep(content, key=key))
        raise KilledError

    monkeypatch.setattr(service, "keep_file", die)
    with pytest.raises(KilledError):
        upload(client, "CAP-1;Running cap;;;100;9;")
    assert TableImport.objects.get().file == kept[0]
    assert TableImport.objects.get().status == "failed"

    assert forget_old_imports(now=timezone.now() + service.KEPT * 2) == 1
    with pytest.raises(FileNotFoundError):
        open_file(kept[0])


def test_a_table_is_left_alone_until_its_file_is_there(client, cap, monkeypatch) -> None:
    keep = service.keep_file

    def slow(content: BytesIO, *, key: str) -> None:
        work()
        keep(content, key=key)

    monkeypatch.setattr(service, "keep_file", slow)
    assert compared(client, "CAP-1;Running cap;;;100;9;")["status"] == "checked"


class KilledError(BaseException):
    """As a process that is ended: nothing expects it."""
