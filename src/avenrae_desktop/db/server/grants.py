"""Rights as statements, and as a server has them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from avenrae_desktop.db.server.rights import Right, Rights, Verb


@dataclass(frozen=True, slots=True)
class Grantee:
    """An account or a role; MariaDB's roles have no host."""

    name: str
    host: str | None

    def __str__(self) -> str:
        return f"`{self.name}`" if self.host is None else f"'{self.name}'@'{self.host}'"

    @property
    def listed_as(self) -> str:
        """How the information schema writes it."""
        return f"'{self.name}'@'{self.host or ''}'"


def granting(database: str, grantee: Grantee, rights: Rights) -> Iterator[str]:
    """Statements that give the rights."""
    for on, verbs in _by_object(database, rights):
        yield f"GRANT {verbs} ON {on} TO {grantee}"


def revoking(database: str, grantee: Grantee, rights: Rights) -> Iterator[str]:
    """Statements that take the rights away; they must be there."""
    for on, verbs in _by_object(database, rights):
        yield f"REVOKE {verbs} ON {on} FROM {grantee}"


def _by_object(database: str, rights: Rights) -> Iterator[tuple[str, str]]:
    grouped: dict[str, dict[Verb, list[str]]] = defaultdict(lambda: defaultdict(list))
    for right in sorted(rights):
        kind = "PROCEDURE " if right.verb is Verb.EXECUTE else ""
        grouped[f"{kind}`{database}`.`{right.on}`"][right.verb].append(right.column)
    for on, verbs in grouped.items():
        yield on, ", ".join(_verb(verb, columns) for verb, columns in verbs.items())


def _verb(verb: Verb, columns: list[str]) -> str:
    named = ", ".join(f"`{column}`" for column in columns if column)
    # The right on the whole table stands for itself.
    return f"{verb}" if "" in columns else f"{verb} ({named})"


def held_in(connection: sa.Connection, database: str, grantee: Grantee) -> tuple[Rights, bool]:
    """What the grantee holds in the database, and whether they hold anything that `Right` cannot say.

    That is a right on the whole database or server, on another database, or one that may be passed on.
    """
    found: set[Right] = set()
    other = False
    asked = {"grantee": grantee.listed_as, "name": grantee.name, "host": grantee.host or ""}
    for schema, on, column, verb, passed_on in connection.execute(_TABLES, asked):
        if schema == database and verb in Verb.__members__ and passed_on == "NO":
            found.add(Right(on, Verb(verb), column))
        else:
            other = True
    for schema, on, kind, verbs in connection.execute(_ROUTINES, asked):
        if schema == database and kind == "PROCEDURE" and verbs == "Execute":
            found.add(Right(on, Verb.EXECUTE))
        else:
            other = True
    other = other or connection.execute(_WIDER, asked).first() is not None
    return frozenset(found), other


_TABLES = sa.text(
    "SELECT table_schema, table_name, '', privilege_type, is_grantable FROM information_schema.table_privileges"
    " WHERE grantee = :grantee"
    " UNION ALL SELECT table_schema, table_name, column_name, privilege_type, is_grantable"
    " FROM information_schema.column_privileges WHERE grantee = :grantee"
)
_ROUTINES = sa.text(
    "SELECT Db, Routine_name, Routine_type, Proc_priv FROM mysql.procs_priv WHERE User = :name AND Host = :host"
)
_WIDER = sa.text(
    "SELECT privilege_type FROM information_schema.schema_privileges WHERE grantee = :grantee"
    " UNION ALL SELECT privilege_type FROM information_schema.user_privileges"
    " WHERE grantee = :grantee AND privilege_type <> 'USAGE'"
)
