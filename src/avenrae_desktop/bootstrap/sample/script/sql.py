"""Pieces of SQL that MySQL and MariaDB read alike: rows of facts in temporary tables, and what is made of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

FREE = "@seed_free"
"""False where the database is not empty: then nothing is written, even by a client that goes on after an error."""
_ROWS_AT_ONCE = 400

Value = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Facts:
    """A temporary table `seed_<name>`: columns with their types, and its rows."""

    name: str
    columns: Mapping[str, str]
    rows: Sequence[Sequence[Value]]

    def made(self) -> str:
        columns = ", ".join(f"{name} {kind}" for name, kind in self.columns.items())
        return (
            f"CREATE TEMPORARY TABLE seed_{self.name} ({columns})\n"
            "    CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;"
        )

    def filled(self) -> Iterable[str]:
        for first in range(0, len(self.rows), _ROWS_AT_ONCE):
            rows = ",\n".join(_row(row) for row in self.rows[first : first + _ROWS_AT_ONCE])
            yield f"INSERT INTO seed_{self.name} VALUES\n{rows};"


def _row(row: Sequence[Value]) -> str:
    return f"({', '.join(literal(value) for value in row)})"


def literal(value: Value) -> str:
    """A value as SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, StrEnum | str):
        text = str(value).replace("\\", "\\\\").replace("'", "''")
        return f"'{text}'"
    return str(int(value)) if isinstance(value, bool) else str(value)


def utc(minute: str) -> str:
    """The instant of a wall time that is given in minutes from Monday."""
    summers = " OR ".join(f"{minute} >= @summer_{n} AND {minute} < @winter_{n}" for n in range(1, 5))
    return f"@monday + INTERVAL {minute} - 60 - 60 * ({summers}) MINUTE"


def wall(minute: str) -> str:
    """The wall time that is given in minutes from Monday."""
    return f"@monday + INTERVAL {minute} MINUTE"


def passed(minute: str) -> str:
    """The instant, or NULL where it has not come yet."""
    return f"IF({minute} <= @now, {utc(minute)}, NULL)"


def insert(
    table: str,
    facts: str,
    columns: Mapping[str, str],
    *,
    created: str = "created",
    where: str = "",
    order: str = "id",
) -> str:
    """Rows of the table from its facts; with an `id` they get a uuid of the time at which they came to be."""
    whole = dict(columns)
    if "id" in columns:
        number = f"CONCAT('{table}', {columns['id']})"
        moment = f"TIMESTAMPDIFF(MICROSECOND, '1970-01-01', {utc(created)}) DIV 1000"
        whole["uuid"] = (
            f"UNHEX(CONCAT(LPAD(HEX({moment}), 12, '0'), '7', SUBSTR(SHA2({number}, 256), 1, 3), 'a',"
            f" SUBSTR(SHA2({number}, 256), 4, 15)))"
        )
    whole["created_at"] = utc(created)
    values = ",\n       ".join(whole.values())
    condition = f"{FREE} AND {where}" if where else FREE
    return (
        f"INSERT INTO {table} ({', '.join(f'`{name}`' for name in whole)})\n"
        f"SELECT {values}\nFROM {facts} WHERE {condition} ORDER BY {order};"
    )
