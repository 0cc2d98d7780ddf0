"""Servers as owners have them: settings that nobody looked at yet, accounts with too few rights."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL

from avenrae_desktop.bootstrap.server.administrator import administrating
from avenrae_desktop.bootstrap.server.checks import NEEDED as EVERYWHERE
from avenrae_desktop.bootstrap.server.checks import NEEDED_BY_NAME, Check, CheckVerdict, look
from avenrae_desktop.bootstrap.server.servers import Servers
from avenrae_desktop.bootstrap.server.setup import Administrator, plan, set_up
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.kernel.errors import NotAllowed, RuleBroken, Unavailable
from avenrae_desktop.kernel.time import utc_now
from avenrae_desktop.settings.paths import paths_under
from tests.server_link.rogue import Rogue, greeting
from tests.server_setup.conftest import address_of
from tests.server_setup.typist import says
from tests.support.keeper import server
from tests.support.places import ServerKind
from tests.support.server_practice import PASSWORD, cheap_hashes, founding
from tests.support.servers import execute


@dataclass(frozen=True)
class Machine:
    """A server of the module's own, whose settings may be changed; it waits for the disk as a real one does."""

    kind: ServerKind
    root: URL
    address: ServerAddress
    socket: Path

    def admin(self, user: str | None = None, password: str | None = None) -> Administrator:
        name, secret = user or str(self.root.username), password or str(self.root.password)
        return Administrator(self.address, name, secret)

    def check(self, key: str, admin: Administrator | None = None) -> Check:
        return next(c for c in look(admin or self.admin()) if c.key == key)


@pytest.fixture(scope="module")
def machine(server_kind: ServerKind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    folder = tmp_path_factory.mktemp("machine") / server_kind.value
    with server(server_kind, folder, durable=True) as root:
        yield Machine(server_kind, root, address_of(root, folder, "praxis"), folder / "socket")


def _sql(check: Check) -> list[str]:
    """The lines that are for the SQL prompt, not for my.cnf."""
    return [line.removesuffix(";") for line in check.line.partition("# my.cnf")[0].splitlines() if line]


def test_a_server_as_it_comes_is_made_fit_by_the_lines_that_are_shown(machine: Machine) -> None:
    durable = ["SET GLOBAL innodb_flush_log_at_trx_commit = 2", "SET GLOBAL sync_binlog = 0"]
    careless = ["SET GLOBAL local_infile = ON", "SET GLOBAL sql_mode = ''", "SET GLOBAL max_connections = 20"]
    execute(machine.root, *durable, *careless)
    before = look(machine.admin())
    told = {c.key for c in before if c.verdict is not CheckVerdict.GOOD}
    assert {"durable", "strict", "local_infile", "connections", "password_rules", "plain_connections"} <= told
    assert {c.key for c in before if c.verdict is CheckVerdict.BAD} == {"durable"}
    with administrating(machine.admin()) as connection:  # one with TLS: soon no other is let in
        for line in (line for check in before for line in _sql(check)):
            connection.exec_driver_sql(line)
        left = [c for c in look(machine.admin()) if c.verdict is not CheckVerdict.GOOD]
        connection.exec_driver_sql("SET GLOBAL require_secure_transport = OFF")
    # What MariaDB cannot do stays said.
    assert [c.key for c in left] == (["lockout"] if machine.kind is ServerKind.MARIADB else [])


def test_the_word_says_the_same(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text(machine.address.pem)
    host = str(machine.address.hosts[0])
    options = ("--host", host, "--ca", "ca.pem", "--user", str(machine.root.username), "--password-file", "-")
    good = says(tmp_path, "server", "check", *options, stdin=f"{machine.root.password}\n")
    assert good.returncode == 0, good.stdout + good.stderr
    assert "A practice can be set up on this server." in good.stdout
    execute(machine.root, "SET GLOBAL sync_binlog = 0")
    try:
        bad = says(tmp_path, "server", "check", *options, stdin=f"{machine.root.password}\n")
    finally:
        execute(machine.root, "SET GLOBAL sync_binlog = 1")
    assert bad.returncode == 1
    assert "BAD      Saved means on the disk: sync_binlog is 0." in bad.stdout
    assert "sync_binlog = 1" in bad.stdout


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_is_an_hour_off_is_told_and_blocks_nothing(machine: Machine, hours: int) -> None:
    def clock() -> datetime:
        return utc_now() + timedelta(hours=hours)

    check = next(c for c in look(machine.admin(), clock) if c.key == "clock")
    assert check.verdict is CheckVerdict.WARNING
    assert "60 minutes" in check.found
    assert ("behind" if hours > 0 else "ahead of") in check.found


def test_a_read_only_server_is_refused_in_words(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text(machine.address.pem)
    host = str(machine.address.hosts[0])
    options = ("--host", host, "--ca", "ca.pem", "--user", str(machine.root.username), "--password-file", "-")
    execute(machine.root, "SET GLOBAL read_only = ON")
    try:
        done = says(tmp_path, "server", "check", *options, stdin=f"{machine.root.password}\n")
    finally:
        execute(machine.root, "SET GLOBAL read_only = OFF")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "The server takes no changes now"


@pytest.mark.parametrize("word", ["check", "init"])
def test_a_server_that_is_too_old_hears_no_password(tmp_path: Path, word: str) -> None:
    secret = "Administrator-of-1999"
    with Rogue(greeting(version="5.7.44-log", tls=False)) as there:
        options = ("--host", f"127.0.0.1:{there.host.port}", "--user", "root", "--password-file", "-", "--no-tls")
        done = says(tmp_path, "server", word, *options, "--database", "praxis", stdin=f"{secret}\n")
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "The server is too old")
    assert "MySQL 5.7.44" in done.stderr
    assert secret.encode() not in there.heard


def test_an_account_without_rights_is_told_what_it_lacks(machine: Machine) -> None:
    execute(
        machine.root,
        "CREATE USER 'poor'@'%' IDENTIFIED BY 'Poor-but-honest-7'",
        "GRANT SELECT ON *.* TO 'poor'@'%'",
    )
    poor = machine.admin("poor", "Poor-but-honest-7")
    check = machine.check("rights", poor)
    assert check.verdict is CheckVerdict.BAD
    assert "CREATE USER" in check.found
    with pytest.raises(RuleBroken) as refused:
        set_up(poor, founding("anna"))
    assert refused.value.code == "set_up.not_fit"
    assert execute(machine.root, "SHOW DATABASES LIKE 'praxis'") == []


def test_what_is_asked_for_is_enough(machine: Machine) -> None:
    """The rights that the check asks for, one of each group, and the line for triggers: then it works."""
    brand = "MariaDB" if machine.kind is ServerKind.MARIADB else "MySQL"
    special = [next(r for r in group if r != "SUPER" and r != "SET_USER_ID") for group in NEEDED_BY_NAME[brand]]
    execute(
        machine.root,
        "CREATE USER 'owner'@'%' IDENTIFIED BY 'Owner-of-this-1'",
        f"GRANT {', '.join((*EVERYWHERE, *special))} ON *.* TO 'owner'@'%' WITH GRANT OPTION",
        "SET GLOBAL log_bin_trust_function_creators = 0",
    )
    admin = machine.admin("owner", "Owner-of-this-1")
    assert machine.check("triggers", admin).verdict is CheckVerdict.BAD
    execute(machine.root, *_sql(machine.check("triggers", admin)))
    assert [c for c in look(admin) if c.verdict is CheckVerdict.BAD] == []
    with cheap_hashes():
        assert set_up(admin, founding("anna")).practice_name == "Praxis am Fluss"


def test_what_the_server_refuses_on_the_way_is_told_in_its_words(machine: Machine) -> None:
    made = "CREATE USER 'half'@'%' IDENTIFIED BY 'Half-of-it-all-2'"
    execute(machine.root, made, "GRANT SELECT ON *.* TO 'half'@'%'")
    with (
        pytest.raises(NotAllowed) as refused,
        administrating(machine.admin("half", "Half-of-it-all-2")) as connection,
    ):
        connection.exec_driver_sql("CREATE DATABASE not_for_me")
    assert refused.value.code == "set_up.no_right"
    assert "not_for_me" in refused.value.texts()[1]
    with pytest.raises(Unavailable) as other, administrating(machine.admin()) as connection:
        connection.exec_driver_sql("CREATE DATABASE mysql")
    assert other.value.code == "set_up.refused"


@pytest.mark.parametrize("way", ["loopback", "socket"])
def test_on_this_computer_alone_no_certificate_is_needed(machine: Machine, tmp_path: Path, way: str) -> None:
    host = Host("127.0.0.1", machine.root.port or 0) if way == "loopback" else Host(str(machine.socket))
    made = f"CREATE USER 'alone_{way}'@'%' IDENTIFIED BY 'All-alone-in-here-1'"
    execute(machine.root, made, f"GRANT ALL ON *.* TO 'alone_{way}'@'%' WITH GRANT OPTION")
    address = ServerAddress((host,), f"alone_{way}", Trust.NONE)
    admin = Administrator(address, f"alone_{way}", "All-alone-in-here-1")
    assert any("connections from this computer only" in sentence for sentence in plan(admin, "Praxis"))
    with cheap_hashes():
        enrolment = set_up(admin, founding(f"anna_{way}"))
    servers = Servers(paths_under(tmp_path))
    servers.sign_in(servers.join(enrolment), f"anna_{way}", PASSWORD).close()


RULE = {
    ServerKind.MYSQL: ("validate_password.policy", "MEDIUM", "LOW"),
    ServerKind.MARIADB: ("simple_password_check_digits", "1", "0"),
}


def test_a_password_that_the_server_finds_weak_is_told_and_another_one_goes_on(machine: Machine) -> None:
    """The server's own rules are asked last: the half-made practice takes the better password."""
    execute(machine.root, *_sql(machine.check("password_rules")), "SELECT 1")
    name, strict, mild = RULE[machine.kind]
    admin = replace(machine.admin(), address=replace(machine.address, database="strict"))
    execute(machine.root, f"SET GLOBAL {name} = {strict}")
    try:
        with cheap_hashes():
            with pytest.raises(RuleBroken) as refused:
                set_up(admin, founding("berta", password="only words in here"))
            assert refused.value.code == "server_accounts.password_too_weak"
            assert set_up(admin, founding("berta", password="Also 1 Digit in here")).address.database == "strict"
    finally:
        execute(machine.root, f"SET GLOBAL {name} = {mild}")
