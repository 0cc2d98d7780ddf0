"""The sample practice as a stranger loads it: by the servers' own clients, from the checked-in files."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pymysql
from sqlalchemy import URL

from avenrae_desktop.db.engine import SQL_MODE
from avenrae_desktop.db.server.rights import roles_of
from avenrae_desktop.db.server.script import DATABASE
from avenrae_desktop.kernel.shipped import shipped
from tests.db.test_schema import checked_in, run_client
from tests.support.places import ServerKind
from tests.support.servers import execute, server_url

LOADED_AT = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)


def seed() -> str:
    return (shipped("database") / "seed.sql").read_text(encoding="utf-8")


def moment(when: datetime) -> str:
    """The client's option that makes it another day for its session."""
    return f"--init-command=SET timestamp={when.timestamp()}"


@dataclass(frozen=True)
class Seeded:
    """A database on one of the servers; also what the checks of the market ask for."""

    kind: ServerKind
    url: URL

    def load(self, text: str, *options: str) -> CompletedProcess[str]:
        return run_client(self.kind, self.url, text, *options, str(self.url.database))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return list(execute(self.url, query))

    def answers(self, text: str, *first: str) -> list[tuple[Any, ...]]:
        """The rows of the last statement of a file, by a client that is told nothing but `first`."""
        url = self.url
        connection = pymysql.connect(
            host=url.host or "",
            port=url.port or 0,
            user=url.username,
            password=str(url.password or ""),
            database=url.database,
            ssl_disabled=True,
        )
        lines = [line for line in text.splitlines() if not line.startswith("--")]
        with connection, connection.cursor() as cursor:
            for statement in (*first, *"\n".join(lines).strip().rstrip(";").split(";\n")):
                cursor.execute(statement)
            return list(cursor.fetchall())

    def strictly(self, text: str, when: datetime = LOADED_AT) -> list[tuple[Any, ...]]:
        """As `answers`, under the program's own sql_mode, at a moment."""
        return self.answers(text, f"SET SESSION sql_mode = '{SQL_MODE}'", f"SET timestamp = {when.timestamp()}")


@contextmanager
def with_schema(kind: ServerKind, run: Path) -> Iterator[Seeded]:
    """A database made by schema.sql, under a name of its own; gone at the end."""
    server, name = server_url(kind, run), f"t_{uuid.uuid4().hex[:12]}"
    done = run_client(kind, server, checked_in().replace(DATABASE, name))
    assert done.returncode == 0, done.stderr
    yield Seeded(kind, server.set(database=name))
    execute(server, f"DROP DATABASE {name}", *(f"DROP ROLE `{role}`" for role, _ in roles_of(name)))
