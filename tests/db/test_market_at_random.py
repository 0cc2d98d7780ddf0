"""Random raw SQL in every form: whatever the database lets through, all that it counts stays what the rows say."""

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from avenrae_desktop.kernel.ids import new_uuid
from tests.db.market import HOLDING, Market, check, insert, plain
from tests.db.outsider import INSERTS, UPDATES
from tests.race.checks import seed

STATUSES = {
    "orders": ("pending", "completed", "cancelled"),
    "event_registrations": (*HOLDING, "waitlisted", "cancelled"),
}
# What a hand may try to write, with the worst that it could write there.
WRITES: dict[str, dict[str, tuple[Any, ...]]] = {
    "order_items": {
        "quantity": (1, 2, 3, 0, -1),
        "returned_quantity": (0, 1, 2),
        "restocked_quantity": (0, 1, 2, -1),
        "holds_stock": (0, 1),
        "line_total": (Decimal(10), Decimal(20), Decimal(30)),
        "product_id": ("product",),
        "order_id": ("order",),
        "uuid": ("uuid",),
    },
    "orders": {
        "status": STATUSES["orders"],
        "coupon_id": ("coupon", None),
        "total_amount": (Decimal(5), Decimal(30)),
        "subtotal": (Decimal(5), Decimal(30)),
        "paid_amount": (Decimal(0), Decimal(5)),
        "refunded_amount": (Decimal(0), Decimal(5)),
        "payment_status": ("paid", "unpaid", "refunded"),
        "uuid": ("uuid",),
        "created_by": (999_999,),
    },
    "event_registrations": {
        "status": STATUSES["event_registrations"],
        "seats": (1, 2, 3, 0, -2),
        "coupon_id": ("coupon", None),
        "event_id": ("event",),
        "client_id": ("client",),
        "total_price": (Decimal(5), Decimal(20)),
        "paid_amount": (Decimal(0), Decimal(5)),
        "uuid": ("uuid",),
        "created_by": (999_999,),
    },
    "events": {"max_capacity": (0, 2, 3, None), "seats_taken": (0, 1, 5), "id": (1, 70_000)},
    "coupons": {"max_uses": (0, 1, 2, None), "used_count": (0, 1, 5), "id": (1, 70_000)},
    "transactions": {"amount": (Decimal(1), Decimal(-1)), "order_id": ("order", None)},
}


class Hand:
    """Somebody who writes at random, on a few things of their own."""

    def __init__(self, market: Market, dice: random.Random) -> None:
        self.market, self.dice = market, dice
        self.uuids = [new_uuid() for _ in range(4)]
        self.things = {
            "product": [market.product(4), market.product(2)],
            "event": [market.event(4), market.event(None)],
            "coupon": [market.coupon(2), market.coupon(1)],
            "client": [market.client() for _ in range(4)],
            "order": [market.order("30.00") for _ in range(3)],
        }
        self.accepted = 0

    def write(self) -> None:
        form = self.dice.choice((self._insert, self._insert, self._change, self._change, self._delete, self._pay))
        self.accepted += self.market.raw.tries(form()) is None

    def _one(self, what: str) -> int:
        return self.dice.choice(self.things[what])

    def _uuid(self) -> UUID:
        return self.dice.choice([*self.uuids, new_uuid(), new_uuid()])

    def _insert(self) -> str:
        make = self.dice.choice((self._item, self._order, self._registration))
        table, rows = make.__name__.strip("_"), [make() for _ in range(self.dice.choice((1, 1, 1, 2)))]
        name = {"item": "order_items", "order": "orders", "registration": "event_registrations"}[table]
        return insert(self.market.kind, name, *rows, verb=self.dice.choice(INSERTS[self.market.kind]))

    def _item(self) -> dict[str, Any]:
        quantity = self.dice.choice((1, 1, 2, 3))
        holds = self.dice.random() < 0.9
        row = self.market.item_row(self._one("order"), self._one("product"), quantity)
        return row | {"uuid": self._uuid(), "holds_stock": holds}

    def _order(self) -> dict[str, Any]:
        more = {"uuid": self._uuid(), "status": self.dice.choice(STATUSES["orders"]), "cancelled_at": None}
        if more["status"] == "cancelled":
            more["cancelled_at"] = "2026-11-23 07:00:00.000000"
        return self.market.order_row("30.00", **more, coupon_id=self.dice.choice((None, self._one("coupon"))))

    def _registration(self) -> dict[str, Any]:
        status = self.dice.choice(STATUSES["event_registrations"])
        more = {"uuid": self._uuid(), "seats": self.dice.choice((1, 1, 2, 5)), "coupon_id": self._one("coupon")}
        return self.market.registration_row(self._one("event"), self._one("client"), status, **more)

    def _pay(self) -> str:
        amount = self.dice.choice(("5.00", "10.00", "30.00", "-5.00", "-10.00"))
        more: dict[str, Any] = {"uuid": self._uuid(), "order_id": self._one("order")}
        entries = [row[0] for row in self.market.raw.rows("SELECT id FROM transactions ORDER BY id DESC LIMIT 5")]
        if entries and self.dice.random() < 0.3:
            more |= {"reverses_id": self.dice.choice(entries), "kind": self.dice.choice(("payment", "refund"))}
        row = self.market.entry_row(amount, **more)
        return insert(self.market.kind, "transactions", row, verb=self.dice.choice(INSERTS[self.market.kind]))

    def _change(self) -> str:
        table = self.dice.choice(list(WRITES))
        columns = self.dice.sample(list(WRITES[table]), k=min(self.dice.choice((1, 1, 2)), len(WRITES[table])))
        changes = ", ".join(f"{name} = {self._value(WRITES[table][name])}" for name in columns)
        if self.dice.random() < 0.3 and "status" in WRITES[table]:
            changes += ", cancelled_at = created_at"
        verb = self.dice.choice(UPDATES[self.market.kind])
        return f"{verb} {table} SET {changes} WHERE {self._some(table)}"

    def _value(self, values: tuple[Any, ...]) -> str:
        value = self.dice.choice(values)
        if value == "uuid":
            return plain(self.market.kind, self._uuid())
        if isinstance(value, str) and value in self.things:
            return str(self._one(value))
        return plain(self.market.kind, value)

    def _some(self, table: str) -> str:
        """Mostly one of the things that this hand has to do with; sometimes all of them."""
        mine: dict[str, Callable[[], str]] = {
            "order_items": lambda: f"product_id = {self._one('product')}",
            "orders": lambda: f"id = {self._one('order')}",
            "event_registrations": lambda: f"event_id = {self._one('event')}",
            "events": lambda: f"id = {self._one('event')}",
            "coupons": lambda: f"id = {self._one('coupon')}",
            "transactions": lambda: f"order_id = {self._one('order')}",
        }
        return mine[table]()

    def _delete(self) -> str:
        table = self.dice.choice(list(WRITES))
        return f"DELETE FROM {table} WHERE {self._some(table)}"


@pytest.mark.parametrize("turn", range(2))
def test_at_random(market: Market, turn: int, long_form: bool) -> None:
    hand = Hand(market, random.Random(seed() + turn))
    for _ in range(1000 if long_form else 120):
        hand.write()
        check(market.raw, market.stock)
    assert hand.accepted > 10
