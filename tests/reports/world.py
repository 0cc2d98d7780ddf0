"""A small practice at random, with what makes reports go wrong: the edges of months, refunds, nothing."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from avenrae_desktop.db import tables as t

NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Zurich")
HEALERS, CLIENTS, SERVICES, PRODUCTS, EVENTS = 7, 9, 12, 75, 90
# The first and the last instants of months, in winter and in summer, and the days on which clocks change.
EDGES = (
    datetime(2026, 7, 31, 22, 0, tzinfo=UTC),
    datetime(2026, 7, 31, 20, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 31, 23, 0, tzinfo=UTC),
    datetime(2026, 10, 31, 22, 0, tzinfo=UTC),
    datetime(2025, 12, 31, 23, 0, tzinfo=UTC),
    datetime(2025, 12, 31, 22, 59, tzinfo=UTC),
)


@dataclass
class World:
    """Fills an empty database; keys are given here, so that every engine gets the same."""

    engine: sa.Engine
    dice: Random = field(default_factory=lambda: Random(81))
    numbers: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[sa.Table, dict[str, Any]]] = field(default_factory=list)

    def fill(self) -> None:
        for make in (
            self.people,
            self.offers,
            self.visits,
            self.sales,
            self.gatherings,
            self.ledger,
            self.opinions,
        ):
            make()
        with self.engine.begin() as connection:
            for (table, _), rows in groupby(self.rows, key=lambda pair: (pair[0], pair[1].keys())):
                connection.execute(table.insert(), [row for _, row in rows])

    def add(self, table: sa.Table, **values: Any) -> int:
        number = self.numbers[table.name] = self.numbers.get(table.name, 0) + 1
        row: dict[str, Any] = {"created_at": NOW - timedelta(days=700), **values}
        if "id" in table.c:
            row |= {"id": number, "uuid": UUID(int=self.dice.getrandbits(128))}
        self.rows.append((table, row))
        return number

    def person(self, first: str, last: str, kind: str, **more: Any) -> int:
        return self.add(t.users, first_name=first, last_name=last, user_type=kind, **more)

    def people(self) -> None:
        self.person("Ida", "Owner", "admin")
        for n in range(HEALERS):
            left = NOW if n == 2 else None
            user = self.person(f"Healer {n}", "" if n == 3 else "Özdemir", "healer", disabled_at=left)
            number = self.add(
                t.healers,
                user_id=user,
                healer_type="reiki" if n < 5 else "yoga",
                is_verified_healer=n != 1,
                availability_status="busy" if n == 5 else "available",
                rating=None if n == 0 else Decimal(4 + n % 2) / 1,
                hourly_rate=None if n == 4 else Decimal("80.50"),
            )
            self.add(t.resources, kind="healer", resource_name=f"Healer {n}", healer_id=number)
        for n in range(CLIENTS):
            user = self.person(f"Client {n}", "Müller", "client")
            self.add(t.clients, user_id=user, last_key="muller", first_key=f"client {n}")

    def offers(self) -> None:
        for n in range(SERVICES):
            healer = 1 + n % (HEALERS - 1)  # the last one offers nothing
            service = self.add(
                t.services,
                healer_id=healer,
                service_name=f"Service {n}",
                duration_minutes=60,
                price=Decimal(90),
                service_category="other",
            )
            self.add(t.service_providers, service_id=service, healer_id=healer)
        for n in range(PRODUCTS):
            self.add(
                t.products,
                product_name=f"Thing {n}",
                product_type="other",
                sku=f"T-{n}",
                price=Decimal(n) / 4,
                stock_quantity=self.dice.choice((0, 5, 9, 10, 11, 400)) + 100,
                reorder_level=self.dice.choice((10, 105, 110)),
                is_active=n % 9 != 0,
            )

    def moment(self) -> datetime:
        """Half of them at an edge."""
        if self.dice.random() < 0.4:
            return self.dice.choice(EDGES)
        return NOW - timedelta(minutes=self.dice.randrange(0, 520 * 1440 // 5) * 5)

    def visits(self) -> None:
        begun = NOW - timedelta(minutes=30)
        taken = {(healer, begun.replace(minute=0)) for healer in (1, 2, 3)}
        for healer in (1, 2, 3):
            self.visit(healer, healer, begun, client=healer)
        for n in range(260):
            service = 1 + n % SERVICES
            healer = 1 + (service - 1) % (HEALERS - 1)
            start = self.moment() if n % 3 else NOW + timedelta(hours=self.dice.randrange(-300, 900), minutes=-30)
            hour = start.replace(minute=0)
            near = {hour + timedelta(hours=h) for h in (-1, 0, 1)}
            if any((healer, h) in taken for h in near):
                continue
            taken.add((healer, hour))
            self.visit(service, healer, start, client=1 if n % 2 else 1 + self.dice.randrange(CLIENTS - 1))

    def visit(self, service: int, healer: int, start: datetime, client: int) -> None:
        end = start + timedelta(minutes=60)
        ahead = ("requested", "pending", "confirmed", "arrived", "in_session", "cancelled")
        status = self.dice.choice(("completed", "completed", "completed", "cancelled", "no_show"))
        if end > NOW:
            status = self.dice.choice(ahead)
        gone = NOW if status == "cancelled" else None
        self.add(
            t.bookings,
            client_id=client,
            healer_id=healer,
            service_id=service,
            booking_date=start,
            ends_at=end,
            local_start=start.astimezone(ZONE).replace(tzinfo=None),
            time_zone="Europe/Zurich",
            status=status,
            total_price=Decimal(self.dice.randrange(0, 20000)) / 100,
            created_by=1,
            cancelled_at=gone,
            withdrawn_at=gone if self.dice.random() < 0.3 else None,
        )

    def sales(self) -> None:
        for n in range(70):
            status = self.dice.choice(("pending", "ready", "shipped", "completed", "cancelled"))
            amount = Decimal(self.dice.randrange(100, 9000)) / 100
            self.add(
                t.orders,
                client_id=None if n % 4 == 0 else 1 + n % CLIENTS,
                order_number=f"A-{n}",
                order_date=self.moment(),
                channel="desk",
                status=status,
                subtotal=amount,
                total_amount=amount,
                currency="EUR",
                created_by=1,
                cancelled_at=NOW if status == "cancelled" else None,
            )

    def gatherings(self) -> None:
        for n in range(EVENTS):
            # So many at once that a page ends among them.
            start = EDGES[3] if n % 2 else self.moment() if n % 5 else NOW + timedelta(days=n)
            status = self.dice.choice(("open", "open", "completed", "draft", "cancelled"))
            event = self.add(
                t.events,
                event_name=f"Evening {n}",
                event_type="circle",
                event_date=start,
                ends_at=start + timedelta(hours=2),
                local_start=start.astimezone(ZONE).replace(tzinfo=None),
                time_zone="Europe/Zurich",
                organizer_healer_id=1,
                max_capacity=self.dice.choice((None, 3, 7, 12)) if n else 0,
                price=Decimal(15),
                status=status,
                created_by=1,
                cancelled_at=NOW if status == "cancelled" else None,
            )
            capacity = self.rows[-1][1]["max_capacity"]
            self.guests(event, 99 if capacity is None else capacity)

    def guests(self, event: int, free: int) -> None:
        for client in range(1, 1 + self.dice.randrange(CLIENTS)):
            seats = self.dice.choice((1, 1, 2))
            status = self.dice.choice(("registered", "attended", "no_show", "cancelled", "waitlisted"))
            if status in ("registered", "attended", "no_show"):
                if seats > free:
                    continue
                free -= seats
            self.add(
                t.event_registrations,
                event_id=event,
                client_id=client,
                status=status,
                seats=seats,
                total_price=Decimal(15) * seats,
                created_by=1,
                waitlisted_at=NOW,
                cancelled_at=NOW,
            )

    def ledger(self) -> None:
        things = (
            (t.bookings, "booking_id", "total_price"),
            (t.orders, "order_id", "total_amount"),
            (t.event_registrations, "event_registration_id", "total_price"),
        )
        for table, column, price in things:
            for row in [values for found, values in self.rows if found is table]:
                if row[price] and self.dice.random() < 0.8:
                    self.pay(column, row["id"], row[price])
        for _ in range(5):
            self.entry(Decimal("50.25"), client_id=1)

    def pay(self, column: str, number: int, price: Decimal) -> None:
        what: dict[str, Any] = {column: number}
        chance = self.dice.random()
        amount = price if chance < 0.7 else min(price, Decimal("0.05"))
        paid = self.entry(amount, **what)
        if chance < 0.1:
            self.entry(-amount, reverses_id=paid, **what)
            self.entry(amount, **what)
        elif chance < 0.3:
            part = amount if chance < 0.2 else Decimal("0.01")
            back = self.entry(-part, kind="refund", refund_of_id=paid, **what)
            if chance < 0.14:
                self.entry(part, kind="refund", reverses_id=back, refund_of_id=paid, **what)

    def entry(self, amount: Decimal, kind: str = "payment", **what: Any) -> int:
        names = ("booking_id", "order_id", "event_registration_id", "client_id", "reverses_id", "refund_of_id")
        nothing: dict[str, Any] = dict.fromkeys(names)
        return self.add(
            t.transactions,
            kind=kind,
            tender="cash",
            amount=amount,
            currency="EUR",
            created_by=1,
            taken_at=self.moment(),
            **(nothing | what),
        )

    def opinions(self) -> None:
        for n in range(90):
            service = None if n % 10 == 0 else 1 + self.dice.randrange(SERVICES - 1)
            self.add(
                t.reviews,
                client_id=1 + n % CLIENTS,
                healer_id=1 + self.dice.randrange(HEALERS - 1),
                service_id=service,
                rating=self.dice.choice((1, 3, 4, 4, 5)),
                status=self.dice.choice(("published", "published", "pending", "hidden")),
                created_at=self.moment(),
            )


def fill(engine: sa.Engine) -> None:
    World(engine).fill()
