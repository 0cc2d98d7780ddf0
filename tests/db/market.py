"""Products, orders, events, coupons and the ledger by raw SQL, and what must hold of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from avenrae_desktop.kernel.ids import new_uuid
from tests.db.outsider import Keys, Outsider, literal
from tests.support.engines import EngineKind

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, tzinfo=UTC)
FAR = datetime(2030, 1, 1, tzinfo=UTC)
HOLDING = ("registered", "attended", "no_show")


def plain(kind: EngineKind, value: Any) -> str:
    """A value as SQL: amounts are cents in a file."""
    if isinstance(value, Decimal):
        return str(int(value * 100)) if kind is EngineKind.SQLCIPHER else f"{value:.2f}"
    if isinstance(value, bool):
        return str(int(value))
    return literal(value)


def insert(kind: EngineKind, table: str, *rows: dict[str, Any], verb: str = "INSERT", tail: str = "") -> str:
    columns = ", ".join(rows[0])
    listed = ", ".join(f"({', '.join(plain(kind, value) for value in row.values())})" for row in rows)
    return f"{verb} INTO {table} ({columns}) VALUES {listed} {tail}"


def update(kind: EngineKind, table: str, where: str, verb: str = "UPDATE", /, **changes: Any) -> str:
    setting = ", ".join(f"{name} = {plain(kind, value)}" for name, value in changes.items())
    return f"{verb} {table} SET {setting} WHERE {where}"


@dataclass
class Market:
    """Makes what a test needs, and remembers how much there was of each product at first."""

    raw: Outsider
    keys: Keys
    stock: dict[int, int] = field(default_factory=dict)

    @property
    def kind(self) -> EngineKind:
        return self.raw.kind

    def add(self, table: str, **values: Any) -> int:
        uuid = values.setdefault("uuid", new_uuid())
        self.raw.run(insert(self.kind, table, {**values, "created_at": NOW}))
        return self.id_of(table, uuid)

    def id_of(self, table: str, uuid: UUID) -> int:
        [(found,)] = self.raw.rows(f"SELECT id FROM {table} WHERE uuid = X'{uuid.hex}'")
        return int(found)

    def value(self, table: str, column: str, row: int) -> Any:
        [(found,)] = self.raw.rows(f"SELECT {column} FROM {table} WHERE id = {row}")
        return found

    def product(self, stock: int, price: str = "10.00") -> int:
        uuid = new_uuid()
        made = self.add(
            "products",
            uuid=uuid,
            product_name="Rose quartz",
            product_type="crystal",
            sku=uuid.hex,
            price=Decimal(price),
            stock_quantity=stock,
        )
        self.stock[made] = stock
        return made

    def order_row(self, total: str = "100.00", /, **more: Any) -> dict[str, Any]:
        uuid = new_uuid()
        values = {
            "uuid": uuid,
            "client_id": self.keys.client,
            "order_number": uuid.hex,
            "order_date": NOW,
            "channel": "desk",
            "status": "pending",
            "subtotal": Decimal(total),
            "total_amount": Decimal(total),
            "currency": "EUR",
            "created_by": self.keys.person,
            "created_at": NOW,
        }
        return values | more

    def order(self, total: str = "100.00", /, **more: Any) -> int:
        row = self.order_row(total, **more)
        self.raw.run(insert(self.kind, "orders", row))
        return self.id_of("orders", row["uuid"])

    def item_row(self, order: int, product: int, quantity: Any = 1, **more: Any) -> dict[str, Any]:
        lines = quantity if isinstance(quantity, int) else 1
        values = {
            "uuid": new_uuid(),
            "order_id": order,
            "product_id": product,
            "product_name": "Rose quartz",
            "sku": "rose",
            "unit_price": Decimal(10),
            "quantity": quantity,
            "line_total": Decimal(10) * lines,
            "created_at": NOW,
        }
        return values | more

    def item(self, order: int, product: int, quantity: int = 1, **more: Any) -> int:
        row = self.item_row(order, product, quantity, **more)
        self.raw.run(insert(self.kind, "order_items", row))
        return self.id_of("order_items", row["uuid"])

    def event(self, capacity: int | None, **more: Any) -> int:
        return self.add(
            "events",
            **{
                "event_name": "Full moon circle",
                "event_type": "circle",
                "event_date": NOW,
                "ends_at": LATER,
                "local_start": "2026-11-23 08:00:00.000000",
                "time_zone": "Europe/Zurich",
                "organizer_healer_id": self.keys.healers[0],
                "max_capacity": capacity,
                "price": Decimal(20),
                "status": "open",
                "created_by": self.keys.person,
                **more,
            },
        )

    def client(self) -> int:
        user = self.add("users", first_name="Ada", last_name="Gast", user_type="client")
        return self.add("clients", user_id=user, last_key="gast", first_key="ada")

    def registration_row(self, event: int, client: int, status: str = "registered", **more: Any) -> dict[str, Any]:
        values = {
            "uuid": new_uuid(),
            "event_id": event,
            "client_id": client,
            "status": status,
            "total_price": Decimal(20),
            "created_by": self.keys.person,
            "waitlisted_at": NOW,
            "cancelled_at": NOW,
            "created_at": NOW,
        }
        return values | more

    def registration(self, event: int, client: int, status: str = "registered", **more: Any) -> int:
        row = self.registration_row(event, client, status, **more)
        self.raw.run(insert(self.kind, "event_registrations", row))
        return self.id_of("event_registrations", row["uuid"])

    def coupon(self, uses: int | None) -> int:
        uuid = new_uuid()
        return self.add(
            "coupons",
            uuid=uuid,
            code=uuid.hex,
            scope="everything",
            percent_off=10,
            max_uses=uses,
            created_by=self.keys.person,
        )

    def booking(self, hour: int, **more: Any) -> str:
        """The statement that makes a booking on a day that nobody else takes."""
        start = FAR + timedelta(hours=hour)
        row = {
            "uuid": new_uuid(),
            "client_id": self.keys.client,
            "healer_id": self.keys.healers[0],
            "service_id": self.keys.service,
            "booking_date": start,
            "ends_at": start + timedelta(hours=1),
            "local_start": "2030-01-01 08:00:00.000000",
            "time_zone": "Europe/Zurich",
            "status": "confirmed",
            "total_price": Decimal(20),
            "created_by": self.keys.person,
            "created_at": NOW,
        }
        return insert(self.kind, "bookings", row | more)

    def thing(self, what: str, total: str) -> int:
        """Something to be paid, by the column of the ledger that names it."""
        if what == "order_id":
            return self.order(total)
        if what == "booking_id":
            uuid = new_uuid()
            [(many,)] = self.raw.rows("SELECT COUNT(*) FROM bookings")
            self.raw.run(self.booking(many + 10, uuid=uuid, total_price=Decimal(total)))
            return self.id_of("bookings", uuid)
        return self.registration(self.event(None), self.client(), total_price=Decimal(total))

    def entry_row(self, amount: str, /, **more: Any) -> dict[str, Any]:
        values = {
            "uuid": new_uuid(),
            "kind": "payment" if Decimal(amount) > 0 else "refund",
            "tender": "cash",
            "amount": Decimal(amount),
            "currency": "EUR",
            "created_by": self.keys.person,
            "taken_at": NOW,
            "created_at": NOW,
        }
        return values | more

    def pay(self, amount: str, /, **more: Any) -> int:
        row = self.entry_row(amount, **more)
        self.raw.run(insert(self.kind, "transactions", row))
        return self.id_of("transactions", row["uuid"])


def check(raw: Outsider, stock: dict[int, int]) -> None:
    """Everything that is counted is what the rows say; `stock` is what there was of each product at first."""
    _check_stock(raw, stock)
    _check_seats(raw)
    _check_coupons(raw)
    for table, key, total in (
        ("bookings", "booking_id", "total_price"),
        ("orders", "order_id", "total_amount"),
        ("event_registrations", "event_registration_id", "total_price"),
    ):
        _check_paid(raw, table, key, total)


def _check_stock(raw: Outsider, stock: dict[int, int]) -> None:
    states = dict(raw.rows("SELECT id, status FROM orders"))
    held: dict[int, int] = defaultdict(int)
    items = raw.rows("SELECT order_id, product_id, quantity, restocked_quantity, holds_stock FROM order_items")
    for order, product, quantity, restocked, holds in items:
        assert bool(holds) == (states[order] != "cancelled")
        if states[order] != "cancelled":
            held[product] += quantity - restocked
    there = dict(raw.rows("SELECT id, stock_quantity FROM products"))
    for product, first in stock.items():
        assert there[product] == first - held[product] >= 0, product


def _check_seats(raw: Outsider) -> None:
    taken: dict[int, int] = defaultdict(int)
    for event, status, seats in raw.rows("SELECT event_id, status, seats FROM event_registrations"):
        taken[event] += seats if status in HOLDING else 0
    for event, capacity, counted in raw.rows("SELECT id, max_capacity, seats_taken FROM events"):
        assert counted == taken[event], event
        assert capacity is None or counted <= capacity, event


def _check_coupons(raw: Outsider) -> None:
    used: dict[int, int] = defaultdict(int)
    for table in ("bookings", "orders", "event_registrations"):
        for coupon, status in raw.rows(f"SELECT coupon_id, status FROM {table} WHERE coupon_id IS NOT NULL"):
            used[coupon] += status != "cancelled"
    for coupon, most, counted in raw.rows("SELECT id, max_uses, used_count FROM coupons"):
        assert counted == used[coupon], coupon
        assert most is None or counted <= most, coupon


def _check_paid(raw: Outsider, table: str, key: str, total: str) -> None:
    entries: dict[int, list[tuple[str, Any]]] = defaultdict(list)
    for thing, kind, amount in raw.rows(f"SELECT {key}, kind, amount FROM transactions WHERE {key} IS NOT NULL"):
        entries[thing].append((kind, amount))
    query = f"SELECT id, paid_amount, refunded_amount, {total}, payment_status FROM {table}"
    for thing, paid, refunded, price, status in raw.rows(query):
        assert paid == sum(amount for kind, amount in entries[thing] if kind == "payment")
        assert refunded == -sum(amount for kind, amount in entries[thing] if kind == "refund")
        assert 0 <= refunded <= paid
        assert paid - refunded <= price
        if entries[thing]:
            assert status == label(paid, refunded, price), (table, thing)


def label(paid: Any, refunded: Any, price: Any) -> str:
    if refunded > 0:
        return "refunded" if refunded == paid else "partly_refunded"
    if paid == 0:
        return "unpaid"
    return "paid" if paid >= price else "partly_paid"


def counts(raw: Outsider, tables: Iterable[str]) -> dict[str, int]:
    return {table: raw.rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in tables}
