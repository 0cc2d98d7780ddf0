"""No event has more people than seats, no coupon more uses than it may, whoever writes and however."""

import pytest

from tests.db.market import Market, check, counts, insert
from tests.db.outsider import INSERTS, UPDATES


def seats(market: Market, event: int) -> int:
    return int(market.value("events", "seats_taken", event))


def used(market: Market, coupon: int) -> int:
    return int(market.value("coupons", "used_count", coupon))


def test_seats_are_held_by_those_who_come(market: Market) -> None:
    event = market.event(5)
    first = market.registration(event, market.client(), seats=2)
    for status in ("waitlisted", "cancelled"):
        market.registration(event, market.client(), status, seats=4)
    assert seats(market, event) == 2
    for status, held in (("attended", 2), ("no_show", 2), ("cancelled", 0), ("waitlisted", 0), ("registered", 2)):
        market.raw.run(f"UPDATE event_registrations SET status = '{status}' WHERE id = {first}")
        assert seats(market, event) == held, status
    check(market.raw, {})


def test_no_form_of_insert_takes_a_seat_that_is_not_there(market: Market) -> None:
    event, client = market.event(3), market.client()
    market.registration(event, market.client(), seats=2)
    for verb in INSERTS[market.kind]:
        row = market.registration_row(event, client, seats=2)
        assert "event_full" in str(market.raw.tries(insert(market.kind, "event_registrations", row, verb=verb)))
        assert seats(market, event) == 2
    two = [market.registration_row(event, market.client()) for _ in range(2)]
    assert "event_full" in str(market.raw.tries(insert(market.kind, "event_registrations", *two)))
    assert seats(market, event) == 2
    check(market.raw, {})


def test_no_form_of_update_takes_a_seat_that_is_not_there(market: Market) -> None:
    event = market.event(2)
    market.registration(event, market.client())
    waiting = market.registration(event, market.client(), "waitlisted", seats=2)
    for verb in UPDATES[market.kind]:
        for change in ("status = 'registered'", "status = 'attended', seats = 3"):
            said = market.raw.tries(f"{verb} event_registrations SET {change} WHERE id = {waiting}")
            assert "event_full" in str(said), verb
    market.raw.run(f"UPDATE event_registrations SET status = 'registered', seats = 1 WHERE id = {waiting}")
    assert seats(market, event) == 2
    check(market.raw, {})


def test_without_a_capacity_everybody_comes(market: Market) -> None:
    event = market.event(None)
    market.registration(event, market.client(), seats=40)
    assert seats(market, event) == 40
    assert market.raw.tries(f"UPDATE events SET max_capacity = 39 WHERE id = {event}") is not None
    market.raw.run(f"UPDATE events SET max_capacity = 40 WHERE id = {event}")
    assert "event_full" in str(
        market.raw.tries(
            insert(market.kind, "event_registrations", market.registration_row(event, market.client()))
        )
    )


def test_the_capacity_never_falls_below_who_comes(market: Market) -> None:
    event = market.event(4)
    market.registration(event, market.client(), seats=3)
    for verb in UPDATES[market.kind]:
        market.raw.tries(f"{verb} events SET max_capacity = 2 WHERE id = {event}")
        assert market.value("events", "max_capacity", event) == 4, verb


@pytest.mark.parametrize(
    "change", ["seats_taken = 0", "seats_taken = seats_taken - 1", "seats_taken = 3, price = 1"]
)
def test_nobody_counts_seats_by_hand(market: Market, change: str) -> None:
    event = market.event(4)
    market.registration(event, market.client(), seats=2)
    for verb in UPDATES[market.kind]:
        assert "counted_by_triggers" in str(market.raw.tries(f"{verb} events SET {change} WHERE id = {event}"))
    assert seats(market, event) == 2
    with pytest.raises(Exception, match="counted_by_triggers"):
        market.event(5, seats_taken=1)


def test_a_registration_stays_with_its_event(market: Market) -> None:
    event, other = market.event(4), market.event(4)
    mine = market.registration(event, market.client())
    said = market.raw.tries(f"UPDATE event_registrations SET event_id = {other} WHERE id = {mine}")
    assert "key_is_fixed" in str(said)
    assert "key_is_fixed" in str(market.raw.tries(f"UPDATE events SET id = id + 1000 WHERE id = {event}"))
    check(market.raw, {})


def test_a_client_has_one_registration(market: Market) -> None:
    event, client = market.event(4), market.client()
    market.registration(event, client)
    for verb in INSERTS[market.kind]:
        market.raw.tries(
            insert(market.kind, "event_registrations", market.registration_row(event, client, seats=3), verb=verb)
        )
        assert seats(market, event) == 1, verb
    check(market.raw, {})


@pytest.mark.parametrize("table", ["events", "event_registrations", "coupons"])
def test_nothing_is_deleted_or_replaced(market: Market, table: str) -> None:
    event, coupon = market.event(4), market.coupon(3)
    market.registration(event, market.client(), coupon_id=coupon)
    before = counts(market.raw, ["events", "event_registrations", "coupons"])
    assert "never_deleted" in str(market.raw.tries(f"DELETE FROM {table}"))
    columns = "uuid, code, scope, percent_off, max_uses, created_by, created_at"
    again = f"REPLACE INTO coupons ({columns}) SELECT {columns} FROM coupons WHERE id = {coupon}"
    assert "never_deleted" in str(market.raw.tries(again))
    assert counts(market.raw, before) == before
    check(market.raw, {})


def test_a_coupon_is_used_as_often_as_it_may_be(market: Market) -> None:
    coupon, event = market.coupon(2), market.event(None)
    order = market.order(coupon_id=coupon)
    market.registration(event, market.client(), coupon_id=coupon)
    assert used(market, coupon) == 2
    for verb in INSERTS[market.kind]:
        for table, row in (
            ("orders", market.order_row(coupon_id=coupon)),
            ("event_registrations", market.registration_row(event, market.client(), coupon_id=coupon)),
        ):
            said = market.raw.tries(insert(market.kind, table, row, verb=verb))
            assert "coupon_used_up" in str(said), (verb, table)
    market.raw.run(f"UPDATE orders SET status = 'cancelled', cancelled_at = created_at WHERE id = {order}")
    assert used(market, coupon) == 1
    market.order(coupon_id=coupon)
    for verb in UPDATES[market.kind]:
        said = market.raw.tries(f"{verb} orders SET status = 'pending' WHERE id = {order}")
        assert "coupon_used_up" in str(said), verb
    assert used(market, coupon) == 2
    check(market.raw, {})


def test_another_coupon_is_used_instead(market: Market) -> None:
    one, other = market.coupon(1), market.coupon(1)
    order = market.order(coupon_id=one)
    market.raw.run(f"UPDATE orders SET coupon_id = {other} WHERE id = {order}")
    assert (used(market, one), used(market, other)) == (0, 1)
    market.order(coupon_id=one)
    assert "coupon_used_up" in str(market.raw.tries(f"UPDATE orders SET coupon_id = {one} WHERE id = {order}"))
    market.raw.run(f"UPDATE orders SET coupon_id = NULL WHERE id = {order}")
    assert (used(market, one), used(market, other)) == (1, 0)
    check(market.raw, {})


def test_nobody_counts_uses_by_hand(market: Market) -> None:
    coupon = market.coupon(2)
    market.order(coupon_id=coupon)
    for verb in UPDATES[market.kind]:
        for number in (0, 2):
            said = market.raw.tries(f"{verb} coupons SET used_count = {number} WHERE id = {coupon}")
            assert "counted_by_triggers" in str(said), verb
        market.raw.tries(f"{verb} coupons SET max_uses = 0 WHERE id = {coupon}")
        assert market.value("coupons", "max_uses", coupon) == 2
    assert used(market, coupon) == 1


def test_a_limit_is_a_number(market: Market) -> None:
    """Any text is more than every number in a file."""
    coupon, event = market.coupon(0), market.event(0)
    for verb in UPDATES[market.kind]:
        market.raw.tries(f"{verb} coupons SET max_uses = 'many' WHERE id = {coupon}")
        market.raw.tries(f"{verb} events SET max_capacity = 'many' WHERE id = {event}")
    assert market.raw.tries(insert(market.kind, "orders", market.order_row(coupon_id=coupon))) is not None
    assert (
        market.raw.tries(
            insert(market.kind, "event_registrations", market.registration_row(event, market.client()))
        )
        is not None
    )
    assert isinstance(market.value("events", "max_capacity", event), int)


def test_bookings_use_coupons_too(market: Market) -> None:
    coupon = market.coupon(1)
    bookings = [market.booking(hour, coupon_id=coupon) for hour in (0, 1)]
    assert market.raw.tries(bookings[0]) is None
    assert "coupon_used_up" in str(market.raw.tries(bookings[1]))
    mine = f"coupon_id = {coupon}"
    market.raw.run(f"UPDATE bookings SET status = 'cancelled', cancelled_at = created_at WHERE {mine}")
    assert used(market, coupon) == 0
    market.raw.run(f"UPDATE bookings SET status = 'confirmed' WHERE {mine}")
    assert used(market, coupon) == 1
    market.raw.run(f"DELETE FROM bookings WHERE {mine}")
    assert used(market, coupon) == 0
    check(market.raw, {})
