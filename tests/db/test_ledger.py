"""The ledger is only added to, and what is paid of everything is what it says."""

from decimal import Decimal

import pytest

from tests.db.market import Market, check, counts, insert
from tests.db.outsider import INSERTS, UPDATES
from tests.support.engines import EngineKind


def status(market: Market, order: int) -> str:
    return str(market.value("orders", "payment_status", order))


def refused(market: Market, amount: str, **more: object) -> str:
    """What every form of INSERT says about this entry; all the same."""
    said = set()
    for verb in INSERTS[market.kind]:
        row = market.entry_row(amount, **more)
        answer = market.raw.tries(insert(market.kind, "transactions", row, verb=verb))
        assert answer is not None, verb
        said.add(answer.split("avenrae:")[-1].strip("')"))
    assert len(said) == 1, said
    return said.pop()


def test_the_label_follows_the_ledger(market: Market) -> None:
    order = market.order("100.00")
    for amount, label in (
        ("40.00", "partly_paid"),
        ("60.00", "paid"),
        ("-25.00", "partly_refunded"),
        ("-75.00", "refunded"),
    ):
        market.pay(amount, order_id=order)
        assert status(market, order) == label
    check(market.raw, {})


@pytest.mark.parametrize("what", ["booking_id", "order_id", "event_registration_id"])
def test_nothing_is_paid_twice_and_nobody_gets_back_more(market: Market, what: str) -> None:
    thing = market.thing(what, "20.00")
    market.pay("15.00", **{what: thing})
    assert refused(market, "5.01", **{what: thing}) == "paid_too_much"
    assert refused(market, "-15.01", **{what: thing}) == "refund_too_high"
    market.pay("5.00", **{what: thing})
    assert refused(market, "0.01", **{what: thing}) == "paid_too_much"
    market.pay("-20.00", **{what: thing})
    assert refused(market, "-0.01", **{what: thing}) == "refund_too_high"
    check(market.raw, {})


def test_what_was_written_stays(market: Market) -> None:
    market.pay("5.00", order_id=market.order())
    before = market.raw.rows("SELECT * FROM transactions ORDER BY id")
    for verb in UPDATES[market.kind]:
        for change in ("amount = 1", "id = id + 1000", "note = 'x'"):
            assert "append_only" in str(market.raw.tries(f"{verb} transactions SET {change}")), verb
    assert "append_only" in str(market.raw.tries("DELETE FROM transactions"))
    columns = "uuid, kind, tender, amount, currency, order_id, created_by, taken_at, created_at"
    again = f"REPLACE INTO transactions ({columns}) SELECT {columns} FROM transactions"
    assert market.raw.tries(again) is not None
    assert market.raw.rows("SELECT * FROM transactions ORDER BY id") == before
    check(market.raw, {})


@pytest.mark.parametrize("what", ["booking_id", "order_id", "event_registration_id"])
def test_nobody_writes_what_was_paid_by_hand(market: Market, what: str) -> None:
    thing = market.thing(what, "20.00")
    table = {"booking_id": "bookings", "order_id": "orders"}.get(what, "event_registrations")
    market.pay("5.00", **{what: thing})
    for verb in UPDATES[market.kind]:
        for change in ("paid_amount = 0", "paid_amount = paid_amount + 1", "refunded_amount = 1"):
            said = market.raw.tries(f"{verb} {table} SET {change} WHERE id = {thing}")
            assert "kept_by_the_ledger" in str(said), (verb, change)
        market.raw.tries(f"{verb} {table} SET payment_status = 'paid' WHERE id = {thing}")
        assert market.value(table, "payment_status", thing) == "partly_paid", verb
    check(market.raw, {})


def test_nothing_begins_as_paid(market: Market) -> None:
    row = market.order_row()
    for more in ({"paid_amount": Decimal(5)}, {"payment_status": "paid"}, {"refunded_amount": Decimal(1)}):
        for verb in INSERTS[market.kind]:
            assert "kept_by_the_ledger" in str(
                market.raw.tries(insert(market.kind, "orders", row | more, verb=verb))
            )


def test_the_price_stays_above_what_was_paid(market: Market) -> None:
    order = market.order("100.00")
    market.pay("60.00", order_id=order)
    lower = "UPDATE orders SET subtotal = subtotal / 2, total_amount = total_amount / 2 WHERE id = {}"
    assert market.raw.tries(lower.format(order)) is not None
    market.pay("-20.00", order_id=order)
    market.raw.run(lower.format(order))
    assert status(market, order) == "partly_refunded"
    check(market.raw, {})


def test_a_dearer_order_is_partly_paid(market: Market) -> None:
    order = market.order("50.00")
    market.pay("50.00", order_id=order)
    market.raw.run(
        f"UPDATE orders SET subtotal = subtotal * 2, total_amount = total_amount * 2 WHERE id = {order}"
    )
    assert status(market, order) == "partly_paid"


def test_an_entry_is_reversed_whole_and_once(market: Market) -> None:
    order = market.order("100.00")
    mistake = market.pay("30.00", order_id=order)
    payment = {"kind": "payment", "order_id": order, "reverses_id": mistake}
    for wrong in (
        {"amount": Decimal("-29.99")},
        {"tender": "card"},
        {"currency": "CHF"},
        {"kind": "refund"},
        {"order_id": market.order()},
        {"order_id": None, "client_id": market.keys.client},
        {"reverses_id": 999_999},
    ):
        row = market.entry_row("-30.00", **{**payment, **wrong})
        assert market.raw.tries(insert(market.kind, "transactions", row)) is not None, wrong
    back = market.pay("-30.00", **payment)
    assert status(market, order) == "unpaid"
    again = market.entry_row("-30.00", **payment)
    assert market.raw.tries(insert(market.kind, "transactions", again)) is not None
    twice = market.entry_row("30.00", kind="payment", order_id=order, reverses_id=back)
    assert market.raw.tries(insert(market.kind, "transactions", twice)) is not None
    check(market.raw, {})


def test_a_refund_comes_out_of_its_payment(market: Market) -> None:
    order = market.order("100.00")
    cash, card = market.pay("40.00", order_id=order), market.pay("60.00", order_id=order, tender="card")
    assert refused(market, "-40.01", order_id=order, refund_of_id=cash) == "refund_too_high"
    market.pay("-30.00", order_id=order, refund_of_id=cash)
    assert refused(market, "-10.01", order_id=order, refund_of_id=cash) == "refund_too_high"
    market.pay("-10.00", order_id=order, refund_of_id=cash)
    assert refused(market, "-1.00", order_id=market.order(), refund_of_id=card) == "refund_too_high"
    market.pay("-60.00", order_id=order, refund_of_id=card, tender="card")
    assert status(market, order) == "refunded"
    check(market.raw, {})


def test_a_payment_on_account_is_given_back_once(market: Market) -> None:
    client = market.client()
    paid = market.pay("40.00", client_id=client)
    market.pay("-25.00", client_id=client, refund_of_id=paid)
    assert refused(market, "-25.00", client_id=client, refund_of_id=paid) == "refund_too_high"
    nobody = market.entry_row("40.00")
    assert market.raw.tries(insert(market.kind, "transactions", nobody)) is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": Decimal(0)},
        {"amount": Decimal(-5)},
        {"kind": "refund"},
        {"tender": "barter"},
        {"amount_given": Decimal(1)},
        {"amount_given": Decimal(9), "tender": "card"},
        {"provider": "till"},
        {"created_by": None},
        {"amount": "much"},
    ],
    ids="-".join,
)
def test_an_entry_that_cannot_be_is_refused(market: Market, wrong: dict[str, object]) -> None:
    order = market.order()
    before = counts(market.raw, ["transactions"])
    for verb in INSERTS[market.kind]:
        row = market.entry_row("5.00", order_id=order) | wrong
        market.raw.tries(insert(market.kind, "transactions", row, verb=verb))
    lax = market.raw.kind is not EngineKind.SQLCIPHER
    if not lax or wrong != {"created_by": None}:
        assert counts(market.raw, ["transactions"]) == before
    check(market.raw, {})


def test_an_entry_is_for_one_thing(market: Market) -> None:
    row = market.entry_row("5.00", order_id=market.order(), event_registration_id=market.thing("other", "20.00"))
    assert market.raw.tries(insert(market.kind, "transactions", row)) is not None


def test_a_booking_with_entries_stays(market: Market) -> None:
    booking = market.thing("booking_id", "20.00")
    market.pay("5.00", booking_id=booking)
    assert market.raw.tries(f"DELETE FROM bookings WHERE id = {booking}") is not None
    assert market.raw.tries(f"UPDATE bookings SET id = id + 1000 WHERE id = {booking}") is not None
    check(market.raw, {})


def test_an_order_adds_up(market: Market) -> None:
    right = {
        "subtotal": Decimal(100),
        "discount_amount": Decimal(10),
        "shipping_amount": Decimal(7),
        "tax_amount": Decimal("7.50"),
    }
    market.order("97.00", **right)
    market.order("104.50", **right, is_tax_included=False)
    for total, more in (("97.01", {}), ("97.00", {"is_tax_included": False})):
        row = market.order_row(total, **right, **more)
        assert market.raw.tries(insert(market.kind, "orders", row)) is not None
