"""Sixteen processes want the last pieces, uses, seats, and to pay one bill: they get what there is, exactly."""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from tests.db.market import Market, check
from tests.db.outsider import Keys, Outsider
from tests.race.buyers import SOLD_OUT, Bought, Sale
from tests.race.checks import seed
from tests.race.figures import keep
from tests.support.engines import Place
from tests.support.places import ROOT
from tests.support.practice import make_practice

PIECES, USES, SEATS, BILL = 40, 25, 30, 35
BUYERS = 16


def open_sale(place: Place, seconds: float) -> tuple[Sale, dict[int, int]]:
    """The sale, and what there is of each product."""
    engine = place.open()
    keys = Keys.of(make_practice(engine))
    engine.dispose()
    with Outsider(place) as raw:
        market = Market(raw, keys)
        where = place.where if isinstance(place.where, Path) else place.where.render_as_string(hide_password=False)
        clients = [[market.client() for _ in range(SEATS + 1)] for _ in range(BUYERS)]
        sale = Sale(
            engine=place.kind.value,
            where=str(where),
            keys=asdict(keys),
            product=market.product(PIECES),
            coupon=market.coupon(USES),
            event=market.event(SEATS),
            bill=market.order(f"{BILL}.00"),
            clients=clients,
            seed=seed(),
            buyers=BUYERS,
            seconds=seconds,
        )
        return sale, market.stock


def run(sale: Sale, folder: Path) -> list[Bought]:
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.race.buyers", str(folder)],
        input=json.dumps(asdict(sale)),
        text=True,
        capture_output=True,
        timeout=sale.seconds + 120,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return [Bought(**json.loads(file.read_text())) for file in sorted(folder.glob("*.json"))]


def test_the_last_ones(place: Place, tmp_path: Path, long_form: bool) -> None:
    sale, stock = open_sale(place, 30.0 if long_form else 1.5)
    logs = run(sale, tmp_path / "crowd")
    got, refused = Counter[str](), Counter[str]()
    for log in logs:
        got.update(log.got)
        refused.update(log.refused)
    keep(f"{place.kind}-last-ones", {"refused": dict(refused), "retries": sum(log.retries for log in logs)})
    assert [got[what] for what in SOLD_OUT] == [PIECES, USES, SEATS, BILL]
    assert all(refused[what] >= BUYERS for what in SOLD_OUT)
    with Outsider(place) as raw:
        check(raw, stock)
        market = Market(raw, Keys(**sale.keys))
        assert market.value("products", "stock_quantity", sale.product) == 0
        assert market.value("coupons", "used_count", sale.coupon) == USES
        assert market.value("events", "seats_taken", sale.event) == SEATS
        assert market.value("orders", "payment_status", sale.bill) == "paid"
