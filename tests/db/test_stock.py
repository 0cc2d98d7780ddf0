"""The stock is what was there less what is sold, whoever writes and however; it never falls below nothing."""

import pytest

from tests.db.market import Market, check, counts, insert, update
from tests.db.outsider import INSERTS, UPDATES, UPSERT, Keys, Outsider
from tests.support.engines import EngineKind, Place
from tests.support.practice import make_practice


@pytest.fixture
def product(market: Market) -> int:
    return market.product(5)


def stock(market: Market, product: int) -> int:
    return int(market.value("products", "stock_quantity", product))


def test_a_sale_takes_and_a_return_gives_back(market: Market, product: int) -> None:
    item = market.item(market.order(), product, 4)
    assert stock(market, product) == 1
    returned = f"UPDATE order_items SET returned_quantity = 3, restocked_quantity = 2 WHERE id = {item}"
    market.raw.run(returned)
    assert stock(market, product) == 3
    check(market.raw, market.stock)


def test_no_form_of_insert_sells_what_is_not_there(market: Market, product: int) -> None:
    order = market.order()
    market.item(order, product, 3)
    for verb in INSERTS[market.kind]:
        row = market.item_row(order, product, 3)
        assert "out_of_stock" in str(market.raw.tries(insert(market.kind, "order_items", row, verb=verb))), verb
        assert stock(market, product) == 2
    check(market.raw, market.stock)


def test_of_several_rows_all_or_none(market: Market, product: int) -> None:
    order = market.order()
    rows = [market.item_row(order, product, 2) for _ in range(3)]
    before = counts(market.raw, ["order_items"])
    assert "out_of_stock" in str(market.raw.tries(insert(market.kind, "order_items", *rows)))
    assert counts(market.raw, ["order_items"]) == before
    assert stock(market, product) == 5


def test_no_form_of_update_sells_what_is_not_there(market: Market, product: int) -> None:
    item = market.item(market.order(), product, 4)
    more = {"quantity": 6, "line_total": 60 if market.kind is not EngineKind.SQLCIPHER else 6000}
    for verb in UPDATES[market.kind]:
        said = market.raw.tries(update(market.kind, "order_items", f"id = {item}", verb, **more))
        assert "out_of_stock" in str(said), verb
    assert stock(market, product) == 1
    check(market.raw, market.stock)


def test_a_cancelled_order_holds_nothing(market: Market, product: int) -> None:
    first, second = market.order(), market.order()
    market.item(first, product, 4)
    cancel = "UPDATE orders SET status = 'cancelled', cancelled_at = created_at WHERE id = {}"
    market.raw.run(cancel.format(first))
    assert stock(market, product) == 5
    market.item(second, product, 3)
    # Taken up again it wants its four back, of which there are two.
    assert "out_of_stock" in str(market.raw.tries(f"UPDATE orders SET status = 'pending' WHERE id = {first}"))
    market.raw.run(cancel.format(second))
    market.raw.run(f"UPDATE orders SET status = 'pending' WHERE id = {first}")
    assert stock(market, product) == 1
    check(market.raw, market.stock)


def test_an_item_holds_what_its_order_holds(market: Market, product: int) -> None:
    order = market.order(status="cancelled", cancelled_at="2026-11-23 07:00:00.000000")
    row = insert(market.kind, "order_items", market.item_row(order, product))
    assert "holds_stock_as_order" in str(market.raw.tries(row))
    market.item(order, product, 2, holds_stock=False)
    assert stock(market, product) == 5
    live = market.item(market.order(), product, 2)
    letting_go = f"UPDATE order_items SET holds_stock = 0 WHERE id = {live}"
    assert "holds_stock_as_order" in str(market.raw.tries(letting_go))
    check(market.raw, market.stock)


def test_what_was_sold_to_whom_stays(market: Market, product: int) -> None:
    order, other = market.order(), market.product(5)
    item = market.item(order, product)
    for change in (f"product_id = {other}", f"order_id = {market.order()}", "id = id + 1000"):
        said = market.raw.tries(f"UPDATE order_items SET {change} WHERE id = {item}")
        assert "key_is_fixed" in str(said), change
    assert "key_is_fixed" in str(market.raw.tries(f"UPDATE products SET id = id + 1000 WHERE id = {product}"))
    assert "key_is_fixed" in str(market.raw.tries(f"UPDATE orders SET id = id + 1000 WHERE id = {order}"))
    check(market.raw, market.stock)


@pytest.mark.parametrize("table", ["products", "orders", "order_items"])
def test_nothing_is_deleted_or_replaced(market: Market, product: int, table: str) -> None:
    market.item(market.order(), product, 2)
    before = counts(market.raw, ["products", "orders", "order_items"])
    assert "never_deleted" in str(market.raw.tries(f"DELETE FROM {table}"))
    columns = "uuid, product_name, product_type, sku, price, stock_quantity, created_at"
    again = (
        f"REPLACE INTO products ({columns}) SELECT uuid, product_name, product_type, sku, price, 99, created_at"
        f" FROM products WHERE id = {product}"
    )
    assert "never_deleted" in str(market.raw.tries(again))
    assert counts(market.raw, before) == before
    check(market.raw, market.stock)


def test_an_upsert_counts_what_it_changes(market: Market, product: int) -> None:
    """Where it is an update at all: a file's trigger takes it for a replacement and refuses."""
    order = market.order()
    row = market.item_row(order, product, 2)
    market.raw.run(insert(market.kind, "order_items", row))
    both = "quantity = 3, line_total = unit_price * 3"
    tail = UPSERT[market.kind].format(column="quantity").split("UPDATE ")[0] + "UPDATE "
    tail += f"SET {both}" if market.kind is EngineKind.SQLCIPHER else both
    refused = market.raw.tries(insert(market.kind, "order_items", row, tail=tail))
    assert (refused is None) == (market.kind is not EngineKind.SQLCIPHER)
    assert stock(market, product) == (2 if refused is None else 3)
    check(market.raw, market.stock)


@pytest.mark.parametrize("amount", ["-1", "stock_quantity - 6", "NULL", "'many'", "1.5"])
def test_nobody_writes_what_is_no_stock(market: Market, product: int, amount: str) -> None:
    for verb in UPDATES[market.kind]:
        market.raw.tries(f"{verb} products SET stock_quantity = {amount} WHERE id = {product}")
        left = market.value("products", "stock_quantity", product)
        assert isinstance(left, int), verb
        assert left >= 0, verb


def test_what_is_no_number_is_not_sold(market: Market, product: int) -> None:
    order = market.order()
    for quantity in (0, -2, "many", None):
        for verb in INSERTS[market.kind]:
            market.raw.tries(
                insert(market.kind, "order_items", market.item_row(order, product, quantity), verb=verb)
            )
            assert stock(market, product) <= 5
    check(market.raw, market.stock)


def test_the_check_sees_a_sale_that_nobody_counted(sqlcipher_place: Place) -> None:
    engine = sqlcipher_place.open()
    keys = Keys.of(make_practice(engine))
    engine.dispose()
    with Outsider(sqlcipher_place) as raw:
        raw.run("DROP TRIGGER order_items_after_insert")
        market = Market(raw, keys)
        market.item(market.order(), market.product(5), 2)
        with pytest.raises(AssertionError):
            check(raw, market.stock)
