"""A process that knows nothing of the bus: raw SQL in every form, as fast as it can, with its own log."""

import random
import time
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from avenrae_desktop.kernel.ids import new_uuid
from tests.db.outsider import (
    DAY,
    INSERTS,
    UPDATES,
    Keys,
    Outsider,
    Row,
    insert,
    insert_select,
    update,
    upsert,
)
from tests.db.outsider import row as make_row
from tests.race.forks import Wait
from tests.race.plan import Held, Plan, Report
from tests.race.writer import DAYS

AT_LEAST = 30  # statements that were not turned away by a locked file
SPAN = ("booking_date", "ends_at", "healer_id")


def be_rogue(plan: Plan, number: int, wait: Wait) -> Report:
    # No patience with a locked file: SQLite's own waiting leaves the file to those who come back soonest.
    with Outsider(plan.place(), patience=0) as outsider:
        rogue = Rogue(plan, number, outsider)
        until = wait()
        began = time.monotonic()
        while time.monotonic() < until or len(rogue.report.accepted) + rogue.report.refused < AT_LEAST:
            rogue.do_something()
        rogue.report.ran = time.monotonic() - began
        return rogue.report


class Rogue:
    """Alters only rows of its own, so that everybody's log stays true; whom it hurts is none of its business."""

    def __init__(self, plan: Plan, number: int, outsider: Outsider) -> None:
        self.random = random.Random(f"{plan.seed} {number}")
        self.report = Report(rogue=True)
        self.sql = outsider
        self.keys = _keys(plan, outsider)
        self.mine: dict[UUID, Held] = {}

    def do_something(self) -> None:
        form = self.random.choice(
            (self._insert, self._insert, self._replace, self._upsert, self._update, self._free)
        )
        form()

    def _row(self, uuid: UUID | None = None) -> Row:
        start = 5 * self.random.randrange(DAYS * 288 - 12)
        end = start + self.random.choice((15, 30, 60))
        made = make_row(self.keys, start, end, healer=self.random.randrange(2))
        return made if uuid is None else replace(made, uuid=uuid)

    def _some_of_mine(self) -> UUID:
        return self.random.choice([*self.mine, new_uuid()])

    def _insert(self) -> None:
        rows = [self._row() for _ in range(self.random.choice((1, 1, 3)))]
        build = self.random.choice((insert, insert_select))
        self._run(build(self.random.choice(INSERTS[self.sql.kind]), rows), rows)

    def _replace(self) -> None:
        rows = [self._row(self._some_of_mine())]
        verb = next(v for v in reversed(INSERTS[self.sql.kind]) if "REPLACE" in v)
        self._run(insert(verb, rows), rows)

    def _upsert(self) -> None:
        rows = [self._row(self._some_of_mine())]
        self._run(upsert(self.sql.kind, rows[0], SPAN), rows)

    def _update(self) -> None:
        if self.mine:
            row = self._row(self.random.choice(list(self.mine)))
            verb = self.random.choice(UPDATES[self.sql.kind])
            self._run(update(verb, row.uuid, **{name: getattr(row, name) for name in SPAN}), [row])

    def _free(self) -> None:
        if len(self.mine) > 4:
            uuid = self.random.choice(list(self.mine))
            sent = time.monotonic()
            if self.sql.tries(update("UPDATE", uuid, status="cancelled")) is None:
                self._gave_up(uuid, sent)

    def _run(self, sql: str, rows: list[Row]) -> None:
        sent = time.monotonic()
        refused = self.sql.tries(sql)
        self.report.latencies.append(time.monotonic() - sent)
        if refused is not None and "locked" in refused:
            self.report.busy += 1
            time.sleep(0.001)
            return
        if refused is not None:
            self.report.refused += 1
            return
        for row in rows:
            if row.uuid in self.mine:
                self._gave_up(row.uuid, sent)
            else:
                self.report.accepted.append(str(row.uuid))
            self._hold(row)

    def _hold(self, row: Row) -> None:
        start, end = ((moment - DAY) // timedelta(minutes=1) for moment in (row.booking_date, row.ends_at))
        healer = self.keys.healers.index(row.healer_id)
        self.mine[row.uuid] = Held(str(row.uuid), healer, start, end, time.monotonic(), None)
        self.report.held.append(self.mine[row.uuid])

    def _gave_up(self, uuid: UUID, sent: float) -> None:
        held = self.mine.pop(uuid)
        self.report.held.remove(held)
        self.report.held.append(replace(held, until=sent))


def _keys(plan: Plan, outsider: Outsider) -> Keys:
    healers = tuple(
        outsider.rows(f"SELECT id FROM healers WHERE uuid = X'{UUID(h).hex}'")[0][0] for h in plan.healers
    )
    [(client, service)] = outsider.rows("SELECT (SELECT MIN(id) FROM clients), (SELECT MIN(id) FROM services)")
    return Keys(client, service, plan.person, healers, (), 0)
