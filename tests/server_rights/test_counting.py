"""Triggers count as the locked owner, with no more rights than it has: all that they do is done here once."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.db.market import Market, check
from tests.db.outsider import Keys, Outsider
from tests.support.engines import EngineKind, Place
from tests.support.server_practice import ServerPractice

CANCELLED = "status = 'cancelled', cancelled_at = created_at"


def keys_of(raw: Outsider) -> Keys:
    [(client, service, healer, person)] = raw.rows(
        "SELECT (SELECT MIN(id) FROM clients), MIN(p.service_id), MIN(p.healer_id), (SELECT MIN(id) FROM users)"
        " FROM service_providers p WHERE p.service_id = (SELECT MIN(service_id) FROM service_providers)"
    )
    return Keys(client, service, person, (healer,), (), 0)


@pytest.fixture
def market(practice: ServerPractice) -> Iterator[Market]:
    place = Place(EngineKind(practice.kind.value), practice.root)
    with Outsider(place) as raw:
        yield Market(raw, keys_of(raw))


def test_what_triggers_do_is_within_the_owners_rights(market: Market) -> None:
    raw, coupon = market.raw, market.coupon(None)
    product, event = market.product(10), market.event(4)
    order = market.order("100.00", coupon_id=coupon)
    item = market.item(order, product, 3)
    raw.run(f"UPDATE order_items SET returned_quantity = 1, restocked_quantity = 1 WHERE id = {item}")
    coming = market.registration(event, market.client(), coupon_id=coupon, total_price=Decimal(100))
    raw.run(f"UPDATE event_registrations SET status = 'attended', seats = 3 WHERE id = {coming}")
    booking = market.thing("booking_id", "100.00")
    raw.run(f"UPDATE bookings SET coupon_id = {coupon} WHERE id = {booking}")
    for what, thing in (("order_id", order), ("event_registration_id", coming), ("booking_id", booking)):
        entry = market.pay("60.00", **{what: thing})
        market.pay("-20.00", **{what: thing, "refund_of_id": entry})
        mistake = market.pay("10.00", **{what: thing})
        market.pay("-10.00", **{what: thing, "kind": "payment", "reverses_id": mistake})
    market.pay("5.00", client_id=market.keys.client)
    check(raw, market.stock)
    for table, thing in (("orders", order), ("event_registrations", coming), ("bookings", booking)):
        raw.run(f"UPDATE {table} SET {CANCELLED} WHERE id = {thing}")
        assert market.value(table, "payment_status", thing) == "partly_refunded"
    assert market.value("coupons", "used_count", coupon) == 0
    assert market.value("products", "stock_quantity", product) == 10
    assert market.value("events", "seats_taken", event) == 0
    check(raw, market.stock)


@pytest.mark.parametrize(
    ("table", "where"),
    [("products", "stock_quantity = 99"), ("events", "seats_taken = 0"), ("coupons", "used_count = 0")],
)
def test_refusals_come_as_they_are(market: Market, table: str, where: str) -> None:
    product, event, coupon = market.product(1), market.event(1), market.coupon(1)
    market.item(market.order(coupon_id=coupon), product)
    market.registration(event, market.client())
    said = [
        market.raw.tries(f"DELETE FROM {table}"),
        market.raw.tries(f"UPDATE {table} SET {where}, id = id + 1000"),
    ]
    assert ["avenrae:" in str(each) for each in said] == [True, True]
    check(market.raw, market.stock)
