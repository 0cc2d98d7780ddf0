"""What a server tells about itself, asked once with an administrator's account; judged in `checks`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from avenrae_desktop.kernel.time import Clock

_PRIVILEGES = re.compile(r"^GRANT (?P<what>.+?) ON (?P<where>\S+) TO ", re.IGNORECASE)
_MEMBERS = (
    "SELECT MEMBER_STATE, MEMBER_ROLE FROM performance_schema.replication_group_members WHERE MEMBER_ID <> ''"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Plain values. `variables` are the server's global ones, `privileges` those on everything, in capitals."""

    version: str
    variables: Mapping[str, str]
    tls: str
    privileges: frozenset[str]
    passes_on: bool
    ahead_seconds: float
    members: tuple[tuple[str, str], ...] = ()

    @property
    def is_mariadb(self) -> bool:
        return "mariadb" in self.version.lower()

    @property
    def number(self) -> tuple[int, ...]:
        """The version as numbers: (10, 11, 19)."""
        # Replication protocols make some MariaDB servers say 5.5.5 first.
        bare = self.version.removeprefix("5.5.5-")
        found = re.match(r"\d+(\.\d+)*", bare)
        return tuple(int(part) for part in found[0].split(".")) if found else ()

    def is_on(self, name: str) -> bool:
        return self.variables.get(name, "OFF").upper() in {"ON", "1", "YES"}

    def whole(self, name: str, default: int = 0) -> int:
        """A variable that is a whole number; `default` where the server has none of that name."""
        text = self.variables.get(name, "")
        return int(text) if text.lstrip("-").isdigit() else default


def gather(connection: sa.Connection, clock: Clock) -> Facts:
    """Ask the server; raises what the driver raises."""
    before = clock()
    there = connection.exec_driver_sql("SELECT UTC_TIMESTAMP(6)").scalar_one()
    # Half of the way there and back belongs to neither clock.
    here = before + (clock() - before) / 2
    grants = _grants(connection)
    variables = {str(n): str(v) for n, v in connection.exec_driver_sql("SHOW GLOBAL VARIABLES")}
    return Facts(
        version=str(connection.exec_driver_sql("SELECT VERSION()").scalar_one()),
        variables=variables,
        tls=_tls(connection),
        privileges=_privileges(grants),
        passes_on=any(" ON *.* " in g and "WITH GRANT OPTION" in g for g in grants),
        ahead_seconds=(_aware(there) - here).total_seconds(),
        members=_members(connection, variables),
    )


def _aware(there: datetime) -> datetime:
    return there.replace(tzinfo=UTC)


def _tls(connection: sa.Connection) -> str:
    row = connection.exec_driver_sql("SHOW SESSION STATUS LIKE 'Ssl_version'").first()
    return str(row[1]) if row is not None else ""


def _grants(connection: sa.Connection) -> list[str]:
    """Everything that the account may do, what its roles bring too."""
    roles = connection.exec_driver_sql("SELECT CURRENT_ROLE()").scalar()
    query = "SHOW GRANTS"
    # MariaDB lists what a role brings without being asked.
    if roles and str(roles).upper() != "NONE" and "`@`" in str(roles):
        query = f"SHOW GRANTS FOR CURRENT_USER() USING {roles}"
    return [str(row[0]) for row in connection.exec_driver_sql(query)]


def _privileges(grants: list[str]) -> frozenset[str]:
    found = (_PRIVILEGES.match(line) for line in grants)
    everywhere = (match["what"] for match in found if match and match["where"] == "*.*")
    return frozenset(p.strip().upper() for listed in everywhere for p in listed.split(","))


def _members(connection: sa.Connection, variables: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    if not variables.get("group_replication_group_name"):
        return ()
    rows: Any = connection.exec_driver_sql(_MEMBERS)
    return tuple((str(state), str(role)) for state, role in rows)
