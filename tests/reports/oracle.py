"""What the eight reports must say, in plain Python over raw rows: no code and no SQL of the program."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

Row = dict[str, Any]
HOLDS = ("registered", "attended", "no_show")


@dataclass
class Oracle:
    """Reads whole tables past the program's models; money in cents, instants aware."""

    engine: Engine
    zone: ZoneInfo
    now: datetime
    read: dict[str, list[Row]] = field(default_factory=dict)

    def table(self, name: str) -> list[Row]:
        """Read once: nobody alters it meanwhile."""
        if name not in self.read:
            self.read[name] = self._read(name)
        return self.read[name]

    def _read(self, name: str) -> list[Row]:
        with self.engine.connect() as connection:
            found = connection.exec_driver_sql(f"SELECT * FROM {name}")
            keys = list(found.keys())
            return [dict(zip(keys, row, strict=True)) for row in found.fetchall()]

    def by_id(self, name: str) -> dict[int, Row]:
        return {row["id"]: row for row in self.table(name)}

    def cents(self, value: Any) -> int:
        if value is None:
            return 0
        return value if self.engine.dialect.name == "sqlite" else int(value * 100)

    def hundredths(self, value: Any) -> int | None:
        return None if value is None else self.cents(value)

    def name_of(self, person: Row) -> str:
        return f"{person['first_name']} {person['last_name']}".strip()

    def month(self, value: Any) -> tuple[int, int]:
        local = instant(value).astimezone(self.zone)
        return local.year, local.month

    # --- the eight --------------------------------------------------------------------------------

    def available_healers(self, kind: str) -> list[tuple[Any, ...]]:
        people = self.by_id("users")
        fit = [
            h
            for h in self.table("healers")
            if h["healer_type"] == kind
            and h["is_verified_healer"]
            and h["availability_status"] == "available"
            and people[h["user_id"]]["disabled_at"] is None
        ]
        fit.sort(key=lambda h: (-(self.hundredths(h["rating"]) if h["rating"] is not None else -1), h["id"]))
        return [
            (
                bytes(h["uuid"]),
                self.name_of(people[h["user_id"]]),
                kind,
                self.hundredths(h["hourly_rate"]),
                self.hundredths(h["rating"]),
            )
            for h in fit
        ]

    def client_history(self, client: bytes) -> list[tuple[Any, ...]]:
        people, healers, services = self.by_id("users"), self.by_id("healers"), self.by_id("services")
        [wanted] = [c["id"] for c in self.table("clients") if bytes(c["uuid"]) == client]
        mine = [b for b in self.table("bookings") if b["client_id"] == wanted and b["withdrawn_at"] is None]
        mine.sort(key=lambda b: (instant(b["booking_date"]), b["id"]), reverse=True)
        return [
            (
                bytes(b["uuid"]),
                instant(b["booking_date"]),
                services[b["service_id"]]["service_name"],
                self.name_of(people[healers[b["healer_id"]]["user_id"]]),
                b["status"],
                self.cents(b["total_price"]),
            )
            for b in mine
        ]

    def upcoming_bookings(self, healer: bytes) -> list[tuple[Any, ...]]:
        people, clients, services = self.by_id("users"), self.by_id("clients"), self.by_id("services")
        [wanted] = [h["id"] for h in self.table("healers") if bytes(h["uuid"]) == healer]
        ahead = [
            b
            for b in self.table("bookings")
            if b["healer_id"] == wanted
            and instant(b["ends_at"]) > self.now
            and b["status"] not in ("completed", "cancelled", "no_show")
        ]
        ahead.sort(key=lambda b: (instant(b["booking_date"]), b["id"]))
        return [
            (
                bytes(b["uuid"]),
                self.name_of(people[clients[b["client_id"]]["user_id"]]),
                services[b["service_id"]]["service_name"],
                instant(b["booking_date"]),
                b["status"],
            )
            for b in ahead
        ]

    def healer_revenue(self, since: datetime, until: datetime) -> dict[bytes, tuple[Any, ...]]:
        people = self.by_id("users")
        done: dict[int, list[Row]] = defaultdict(list)
        for b in self.table("bookings"):
            if b["status"] == "completed" and since <= instant(b["booking_date"]) < until:
                done[b["healer_id"]].append(b)
        stars: dict[int, list[int]] = defaultdict(list)
        for r in self.table("reviews"):
            if r["status"] == "published" and since <= instant(r["created_at"]) < until:
                stars[r["healer_id"]].append(r["rating"])
        found = {}
        for h in self.table("healers"):
            booked = sum(self.cents(b["total_price"]) for b in done[h["id"]])
            refunded = sum(self.cents(b["refunded_amount"]) for b in done[h["id"]])
            found[bytes(h["uuid"])] = (
                self.name_of(people[h["user_id"]]),
                len(done[h["id"]]),
                booked,
                refunded,
                booked - refunded,
                len(stars[h["id"]]),
                mean(stars[h["id"]]),
            )
        return found

    def top_rated_services(self, least: int, many: int) -> list[tuple[Any, ...]]:
        stars: dict[int, list[int]] = defaultdict(list)
        for r in self.table("reviews"):
            if r["status"] == "published" and r["service_id"] is not None:
                stars[r["service_id"]].append(r["rating"])
        services = self.by_id("services")
        ranked = [(key, given) for key, given in stars.items() if len(given) >= least]
        # Exact: a sum over another's number, the other over its own.
        ranked.sort(key=lambda pair: (-sum(pair[1]) * 10**12 // len(pair[1]), -len(pair[1]), pair[0]))
        return [
            (bytes(services[key]["uuid"]), services[key]["service_name"], len(given), mean(given))
            for key, given in ranked[:many]
        ]

    def stock(self) -> list[tuple[Any, ...]]:
        sold = [p for p in self.table("products") if p["is_active"]]
        sold.sort(key=lambda p: (p["stock_quantity"], p["id"]))
        return [
            (
                p["sku"],
                p["stock_quantity"],
                self.cents(p["price"]),
                "out"
                if not p["stock_quantity"]
                else "low"
                if p["stock_quantity"] < p["reorder_level"]
                else "in_stock",
            )
            for p in sold
        ]

    def attendance(self) -> list[tuple[Any, ...]]:
        places: dict[int, list[Row]] = defaultdict(list)
        for place in self.table("event_registrations"):
            places[place["event_id"]].append(place)
        announced = [e for e in self.table("events") if e["status"] != "draft"]
        announced.sort(key=lambda e: (instant(e["event_date"]), e["id"]), reverse=True)
        found = []
        for e in announced:
            of = [place["status"] for place in places[e["id"]]]
            seats = sum(place["seats"] for place in places[e["id"]] if place["status"] in HOLDS)
            capacity = e["max_capacity"]
            found.append(
                (
                    e["event_name"],
                    e["status"],
                    sum(status in HOLDS for status in of),
                    seats,
                    of.count("attended"),
                    of.count("no_show"),
                    of.count("waitlisted"),
                    rounded(seats * 100, capacity) if capacity else None,
                )
            )
        return found

    def months_by_service(self) -> dict[tuple[int, int], list[int]]:
        """bookings, their revenue, orders, revenue, registrations, revenue, on account, refunds, total."""
        found: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0] * 9)
        for b in self.table("bookings"):
            if b["status"] == "completed":
                self._count(found[self.month(b["booking_date"])], 0, b, "total_price")
        for o in self.table("orders"):
            if o["status"] != "cancelled":
                self._count(found[self.month(o["order_date"])], 2, o, "total_amount")
        events = self.by_id("events")
        for place in self.table("event_registrations"):
            event = events[place["event_id"]]
            over = event["status"] in ("open", "completed") and instant(event["ends_at"]) <= self.now
            if place["status"] in HOLDS and over:
                self._count(found[self.month(event["event_date"])], 4, place, "total_price")
        return totalled(found)

    def _count(self, numbers: list[int], at: int, row: Row, price: str) -> None:
        numbers[at] += 1
        numbers[at + 1] += self.cents(row[price])
        numbers[7] += self.cents(row["refunded_amount"])

    def months_by_payment(self) -> dict[tuple[int, int], list[int]]:
        found: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0] * 9)
        things: dict[tuple[tuple[int, int], int], set[int]] = defaultdict(set)
        for entry in self.table("transactions"):
            month = self.month(entry["taken_at"])
            columns = ((0, "booking_id"), (2, "order_id"), (4, "event_registration_id"))
            at = next((at for at, column in columns if entry[column] is not None), 5)
            if at < 5:
                things[month, at].add(entry[dict(columns)[at]])
            if entry["kind"] == "payment":
                found[month][at + 1] += self.cents(entry["amount"])
            else:
                found[month][7] -= self.cents(entry["amount"])
        for (month, at), keys in things.items():
            found[month][at] = len(keys)
        return totalled(found)


def totalled(found: dict[tuple[int, int], list[int]]) -> dict[tuple[int, int], list[int]]:
    for numbers in found.values():
        numbers[8] = numbers[1] + numbers[3] + numbers[5] + numbers[6] - numbers[7]
    return dict(found)


def instant(value: Any) -> datetime:
    """Files keep text."""
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return read.replace(tzinfo=UTC)


def rounded(part: int, whole: int) -> Decimal:
    """A quotient with two decimals, halves up, by whole numbers alone."""
    return Decimal((part * 200 + whole) // (2 * whole)) / 100


def mean(given: Iterable[int]) -> Decimal | None:
    stars = list(given)
    return rounded(sum(stars), len(stars)) if stars else None
