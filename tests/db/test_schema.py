"""database/schema.sql is what the models say, and gives the same database as the program does."""

import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pymysql
import pytest
import sqlalchemy as sa
from sqlalchemy import URL

from avenrae_desktop.db.diagram import with_diagrams
from avenrae_desktop.db.schema import SCHEMA_VERSION, create_schema, programs
from avenrae_desktop.db.server.rights import roles_of
from avenrae_desktop.db.server.script import DATABASE, server_script
from avenrae_desktop.db.tables import metadata
from avenrae_desktop.kernel.shipped import shipped
from tests.db.snapshot import snapshot
from tests.support.places import TREE, ServerKind
from tests.support.servers import execute, fresh_database, server_engine, server_url

NAMED_BY_THE_SPECIFICATION = [
    ("users", ("email",), True),
    ("healers", ("rating", "healer_type"), False),
    ("bookings", ("client_id", "booking_date"), False),
    ("bookings", ("healer_id", "booking_date"), False),
    ("orders", ("client_id", "order_date"), False),
    ("products", ("product_type", "is_active"), False),
    ("events", ("event_date",), False),
]


def checked_in() -> str:
    return (shipped("database") / "schema.sql").read_text(encoding="utf-8")


def test_the_file_is_up_to_date() -> None:
    assert checked_in() == server_script(), "run scripts/schema and commit database/schema.sql"


def test_the_diagrams_are_up_to_date() -> None:
    readme = (shipped("database") / "README.md").read_text(encoding="utf-8")
    assert readme == with_diagrams(readme), "run scripts/schema and commit database/README.md"
    assert all(f"    {name} {{" in readme for name in metadata.tables)


def client_of(kind: ServerKind) -> list[str]:
    """The command line client that belongs to the server: `mysql` of the tree or the system, or `mariadb`."""
    ours = TREE / "mysql"
    if kind is ServerKind.MYSQL and ours.is_file():
        return [str(ours)]
    found = shutil.which(kind.value)
    assert found, f"no command line client of {kind}: run scripts/setup test"
    return [found]


def run_client(kind: ServerKind, url: URL, script: str, *options: str) -> subprocess.CompletedProcess[str]:
    """The script piped into the client that comes with the server, as a stranger would."""
    command = [
        *client_of(kind),
        "--no-defaults",
        f"--host={url.host}",
        f"--port={url.port}",
        f"--user={url.username}",
        "--protocol=TCP",
        *options,
    ]
    environment = {"MYSQL_PWD": str(url.password), "PATH": os.environ["PATH"]}
    return subprocess.run(command, input=script, text=True, capture_output=True, check=False, env=environment)


def load(kind: ServerKind, url: URL, script: str) -> None:
    done = run_client(kind, url, script)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module", params=list(ServerKind), ids=str)
def kind(request: pytest.FixtureRequest) -> ServerKind:
    return request.param


@pytest.fixture(scope="module")
def loaded(kind: ServerKind, run_folder: Path) -> Iterator[URL]:
    """A database made from the checked-in file by the server's own client, under a name of its own."""
    server = server_url(kind, run_folder)
    name = f"t_{uuid.uuid4().hex[:12]}"
    load(kind, server, checked_in().replace(DATABASE, name))
    yield server.set(database=name)
    execute(server, f"DROP DATABASE {name}", *(f"DROP ROLE `{role}`" for role, _ in roles_of(name)))


def test_the_file_gives_the_same_database_as_the_program(kind: ServerKind, loaded: URL, run_folder: Path) -> None:
    with fresh_database(server_url(kind, run_folder)) as url:
        engine = server_engine(url)
        create_schema(engine)
        engine.dispose()
        ours = snapshot(url)
    theirs = snapshot(loaded)
    for part, rows in ours.items():
        assert theirs[part] == rows, part
    assert len(ours["triggers"]) + len(ours["routines"]) == len(list(programs("mysql")))
    assert {row[0] for row in ours["tables"]} == set(metadata.tables)
    assert len(ours["checks"]) >= 15
    # Written twice, because a file keeps ratings in hundredths.
    assert "ck_healers_rating_range" in {row[0] for row in ours["checks"]}
    version = execute(loaded, "SELECT setting_value FROM settings WHERE setting_name = 'schema_version'")
    assert version == [(str(SCHEMA_VERSION),)]


def everything(url: URL) -> tuple[object, ...]:
    """Structure, when each program was made, and the rows."""
    made = f"SELECT trigger_name, created FROM information_schema.triggers WHERE trigger_schema = '{url.database}'"
    return snapshot(url), execute(url, f"{made} ORDER BY 1"), execute(url, "SELECT * FROM settings")


def test_loaded_twice_it_says_so_and_alters_nothing(kind: ServerKind, loaded: URL, run_folder: Path) -> None:
    before = everything(loaded)
    again = run_client(kind, server_url(kind, run_folder), checked_in().replace(DATABASE, str(loaded.database)))
    assert again.returncode != 0
    assert f"{loaded.database} holds {len(metadata.tables)} tables already. Nothing was changed." in again.stdout
    assert "Nothing was changed" in again.stderr
    assert again.stderr.count("ERROR") == 1
    assert everything(loaded) == before


def test_a_database_of_somebody_else_is_left_alone(kind: ServerKind, run_folder: Path) -> None:
    server = server_url(kind, run_folder)
    with fresh_database(server) as url:
        execute(url, "CREATE TABLE users (id INT PRIMARY KEY)", "INSERT INTO users VALUES (7)")
        done = run_client(kind, server, checked_in().replace(DATABASE, str(url.database)))
        assert done.returncode != 0
        assert "holds 1 tables already. Nothing was changed." in done.stdout
        assert execute(url, "SHOW TABLES") == [("users",)]


def test_any_mode_of_the_client_gives_the_same(kind: ServerKind, loaded: URL, run_folder: Path) -> None:
    """A stranger's session may have been told to quote, pad or forgive otherwise, and to speak latin1."""
    server, name = server_url(kind, run_folder), f"t_{uuid.uuid4().hex[:12]}"
    mode = "ANSI,NO_BACKSLASH_ESCAPES,NO_AUTO_VALUE_ON_ZERO,PIPES_AS_CONCAT"
    options = (f"--init-command=SET SESSION sql_mode='{mode}'", "--default-character-set=latin1")
    done = run_client(kind, server, checked_in().replace(DATABASE, name), *options)
    assert done.returncode == 0, done.stderr
    assert snapshot(server.set(database=name)) == snapshot(loaded)
    execute(server, f"DROP DATABASE {name}", *(f"DROP ROLE `{role}`" for role, _ in roles_of(name)))


THE_DOCUMENTS = """
    users healers clients services products events event_registrations bookings orders order_items transactions
    coupons conversations messages support_tickets notifications reviews favorite_healers wishlist_items
    healer_availability blocked_dates audit_logs system_logs
"""


def test_show_tables_lists_those_of_the_document(loaded: URL) -> None:
    there = {row[0] for row in execute(loaded, "SHOW TABLES")}
    named = set(THE_DOCUMENTS.split())
    assert len(named) == 23
    assert named <= there
    # Our own helpers, and nothing else.
    assert there - named == {
        "booking_slots",
        "commands",
        "presence",
        "resources",
        "service_providers",
        "settings",
        "user_roles",
    }


def test_triggers_of_the_file_work(loaded: URL) -> None:
    """The bodies went through DELIMITER whole: the append-only ones refuse, the hand-over of a resource too."""
    execute(
        loaded,
        "INSERT INTO commands (uuid, kind, body_hash, body, answer, touched, created_at) VALUES"
        " (UNHEX(REPLACE(UUID(), '-', '')), 'k', UNHEX(SHA2('x', 256)), '{}', '{}', '[]', UTC_TIMESTAMP(6))",
    )
    assert execute(loaded, "SELECT action FROM audit_logs") == [("k",)]
    with pytest.raises(pymysql.err.MySQLError, match="append_only"):
        execute(loaded, "DELETE FROM audit_logs")


@pytest.mark.parametrize(("table", "columns", "unique"), NAMED_BY_THE_SPECIFICATION)
def test_indexes_of_the_specification(table: str, columns: tuple[str, ...], unique: bool) -> None:
    given = metadata.tables[table]
    indexes = {(tuple(c.name for c in i.columns), bool(i.unique)) for i in given.indexes}
    keys = (c for c in given.constraints if isinstance(c, sa.UniqueConstraint))
    indexes |= {(tuple(c.name for c in k.columns), True) for k in keys}
    assert (columns, unique) in indexes


def test_every_foreign_key_has_an_index() -> None:
    """InnoDB would make one silently; SQLite has none, and scans at each delete and each join."""
    bare = []
    for table in metadata.tables.values():
        led = [tuple(c.name for c in table.primary_key.columns)]
        led += [tuple(c.name for c in i.columns) for i in table.indexes]
        led += [tuple(c.name for c in k.columns) for k in table.constraints if isinstance(k, sa.UniqueConstraint)]
        for key in table.foreign_key_constraints:
            names = tuple(key.column_keys)
            if not any(columns[: len(names)] == names for columns in led):
                bare.append((table.name, names))
    assert bare == []
