"""Many who want the last ones at once: `python -m tests.race.buyers FOLDER` with a Sale on stdin.

Half of them look first and buy in a transaction of their own, at their engine's usual isolation; the others write
single statements in every form. Some bring back what they bought. At the end everybody buys until nothing is left.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import make_url

from avenrae_desktop.kernel.ids import new_uuid
from tests.db.market import Market, insert
from tests.db.outsider import INSERTS, REFUSALS, Keys, Outsider
from tests.race.forks import Wait, fork_all
from tests.support.engines import EngineKind, Place

SOLD_OUT = ("out_of_stock", "coupon_used_up", "event_full", "paid_too_much")
_AGAIN = ("1213", "1205", "1020", "1412", "locked", "busy")


@dataclass(frozen=True)
class Sale:
    """What everybody wants: pieces of a product, uses of a coupon, seats of an event, parts of a bill."""

    engine: str
    where: str
    keys: dict[str, Any]
    product: int
    coupon: int
    event: int
    bill: int
    clients: list[list[int]]  # those of each buyer; a client has one registration
    seed: int
    buyers: int = 16
    seconds: float = 2.0

    def place(self) -> Place:
        kind = EngineKind(self.engine)
        return Place(kind, Path(self.where) if kind is EngineKind.SQLCIPHER else make_url(self.where))


@dataclass
class Bought:
    """One buyer's own log: what was acknowledged, less what was brought back."""

    got: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SOLD_OUT, 0))
    refused: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SOLD_OUT, 0))
    retries: int = 0


class Buyer:
    def __init__(self, sale: Sale, number: int, raw: Outsider) -> None:
        self.sale, self.raw = sale, raw
        self.random = random.Random(f"{sale.seed} {number}")
        self.looks_first = number % 2 == 0
        self.market = Market(raw, Keys(**sale.keys))
        self.clients = sale.clients[number]
        self.mine: dict[str, list[UUID]] = {what: [] for what in SOLD_OUT}
        self.log = Bought()
        self.wants: dict[str, Callable[[], bool]] = {
            "out_of_stock": self.a_piece,
            "coupon_used_up": self.a_use,
            "event_full": self.a_seat,
            "paid_too_much": self.a_part,
        }

    def buy(self, until: float) -> Bought:
        while time.monotonic() < until or min(self.log.refused.values()) == 0:
            what = self.random.choice(SOLD_OUT)
            if self.mine[what] and self.random.random() < 0.3 and time.monotonic() < until:
                self.bring_back(what)
            else:
                self.wants[what]()
        # Those who came late may still have brought something back.
        for want in self.wants.values():
            while want():
                pass
        return self.log

    def a_piece(self) -> bool:
        order, item = self.market.order_row("10.00"), new_uuid()
        self._surely(insert(self.raw.kind, "orders", order))
        row = self.market.item_row(self.market.id_of("orders", order["uuid"]), self.sale.product, uuid=item)
        look = f"SELECT stock_quantity FROM products WHERE id = {self.sale.product}"
        return self._try("out_of_stock", "order_items", row, look)

    def a_use(self) -> bool:
        row = self.market.order_row("10.00", coupon_id=self.sale.coupon)
        return self._try(
            "coupon_used_up", "orders", row, f"SELECT used_count FROM coupons WHERE id = {self.sale.coupon}"
        )

    def a_seat(self) -> bool:
        look = f"SELECT seats_taken FROM events WHERE id = {self.sale.event}"
        row = self.market.registration_row(self.sale.event, self.clients[0])
        if self._try("event_full", "event_registrations", row, look):
            self.clients = self.clients[1:]
            return True
        return False

    def a_part(self) -> bool:
        look = f"SELECT paid_amount FROM orders WHERE id = {self.sale.bill}"
        row = self.market.entry_row("1.00", order_id=self.sale.bill)
        return self._try("paid_too_much", "transactions", row, look)

    def bring_back(self, what: str) -> None:
        uuid = self.mine[what].pop().hex
        named = f"WHERE uuid = X'{uuid}'"
        cancel = f"SET status = 'cancelled', cancelled_at = created_at {named}"
        if what == "paid_too_much":
            [(entry,)] = self.raw.rows(f"SELECT id FROM transactions {named}")
            back = {"kind": "payment", "order_id": self.sale.bill, "reverses_id": entry}
            statement = insert(self.raw.kind, "transactions", self.market.entry_row("-1.00", **back))
        elif what == "out_of_stock":
            statement = f"UPDATE order_items SET returned_quantity = 1, restocked_quantity = 1 {named}"
        else:
            statement = f"UPDATE {'orders' if what == 'coupon_used_up' else 'event_registrations'} {cancel}"
        self._surely(statement)
        self.log.got[what] -= 1

    def _try(self, what: str, table: str, row: dict[str, Any], look: str) -> bool:
        """Whether it was got; every other answer than *sold out* is a failure."""
        verb = "INSERT" if self.looks_first else self.random.choice(INSERTS[self.raw.kind])
        statement = insert(self.raw.kind, table, row, verb=verb)
        while True:
            try:
                self._look_and(look, statement) if self.looks_first else self.raw.run(statement)
            except REFUSALS as error:
                text = str(error)
                if any(code in text for code in _AGAIN):
                    self._again()
                    continue
                assert f"avenrae:{what}" in text, text
                self.log.refused[what] += 1
                return False
            self.log.got[what] += 1
            self.mine[what].append(row["uuid"])
            return True

    def _look_and(self, look: str, statement: str) -> None:
        """With a transaction that has already read, and so may see the past."""
        self.raw.run("BEGIN IMMEDIATE" if self.raw.kind is EngineKind.SQLCIPHER else "BEGIN")
        try:
            self.raw.rows(look)
            self.raw.run(statement)
            self.raw.run("COMMIT")
        except REFUSALS:
            with suppress(*REFUSALS):  # a lost race has ended it already
                self.raw.run("ROLLBACK")
            raise

    def _surely(self, statement: str) -> None:
        while True:
            try:
                self.raw.run(statement)
            except REFUSALS as error:
                if not any(code in str(error) for code in _AGAIN):
                    raise
                self._again()
                continue
            return

    def _again(self) -> None:
        self.log.retries += 1
        time.sleep(self.random.random() / 200)


def main() -> None:
    sale = Sale(**json.loads(sys.stdin.read()))

    def act(number: int, wait: Wait) -> str:
        with Outsider(sale.place(), patience=0.2) as raw:
            buyer = Buyer(sale, number, raw)
            return json.dumps(asdict(buyer.buy(wait())))

    fork_all(sale.buyers, sale.seconds, Path(sys.argv[1]), act)


if __name__ == "__main__":
    main()
