"""What the checks say about servers of every kind: facts in, verdicts out."""

from dataclasses import replace

import pytest

from avenrae_desktop.bootstrap.server.checks import Check, CheckVerdict, judge
from avenrae_desktop.bootstrap.server.facts import Facts

GOOD = {
    "log_bin": "ON",
    "log_bin_trust_function_creators": "ON",
    "innodb_flush_log_at_trx_commit": "1",
    "sync_binlog": "1",
    "sql_mode": "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES",
    "character_set_server": "utf8mb4",
    "local_infile": "OFF",
    "require_secure_transport": "ON",
    "max_connections": "151",
    "validate_password.length": "12",
    "max_password_errors": "5",
    "simple_password_check_minimal_length": "12",
}
MYSQL = Facts(
    version="8.4.6",
    variables=GOOD,
    tls="TLSv1.3",
    privileges=frozenset(
        "SELECT INSERT UPDATE DELETE CREATE DROP ALTER INDEX REFERENCES TRIGGER EXECUTE PROCESS".split()
    )
    | {
        "CREATE ROUTINE",
        "LOCK TABLES",
        "ALTER ROUTINE",
        "CREATE USER",
        "SET_ANY_DEFINER",
        "CONNECTION_ADMIN",
        "ROLE_ADMIN",
    },
    passes_on=True,
    ahead_seconds=0.2,
)
MARIADB = replace(MYSQL, version="10.11.19-MariaDB-log", privileges=frozenset({"ALL PRIVILEGES"}))


def _with(facts: Facts, **variables: str) -> Facts:
    return replace(facts, variables={**facts.variables, **variables})


def _one(facts: Facts, key: str, *, desks_elsewhere: bool = True) -> Check:
    return next(c for c in judge(facts, desks_elsewhere=desks_elsewhere) if c.key == key)


def test_a_well_kept_mysql_has_nothing_to_complain_of() -> None:
    assert [c for c in judge(MYSQL, desks_elsewhere=True) if c.verdict is not CheckVerdict.GOOD] == []


def test_mariadb_at_its_best_still_says_what_it_lacks() -> None:
    left = [c for c in judge(MARIADB, desks_elsewhere=True) if c.verdict is not CheckVerdict.GOOD]
    assert [(c.key, c.verdict) for c in left] == [("lockout", CheckVerdict.WARNING)]
    assert "MariaDB cannot lock one account for a time" in left[0].advice


@pytest.mark.parametrize(
    ("facts", "key", "verdict", "found", "line"),
    [
        (replace(MYSQL, version="5.7.44-log"), "version", "bad", "MySQL 5.7.44", ""),
        (replace(MARIADB, version="5.5.5-10.6.2-MariaDB"), "version", "bad", "MariaDB 10.6.2", ""),
        (replace(MARIADB, version="11.8.1-MariaDB"), "version", "good", "MariaDB 11.8.1", ""),
        (_with(replace(MARIADB, tls=""), have_ssl="DISABLED"), "tls", "bad", "no certificate", "ssl_cert ="),
        (replace(MYSQL, passes_on=False), "rights", "bad", "WITH GRANT OPTION", "GRANT ALL PRIVILEGES"),
        (
            replace(MYSQL, privileges=MYSQL.privileges - {"CREATE USER"}),
            "rights",
            "bad",
            "It lacks: CREATE USER.",
            "GRANT ALL PRIVILEGES",
        ),
        (
            replace(MYSQL, privileges=MYSQL.privileges - {"SET_ANY_DEFINER"}),
            "rights",
            "bad",
            "SUPER or SET_ANY_DEFINER or SET_USER_ID",
            "GRANT ALL PRIVILEGES",
        ),
        (
            _with(MYSQL, log_bin_trust_function_creators="OFF"),
            "triggers",
            "bad",
            "may not make triggers",
            "SET PERSIST log_bin_trust_function_creators = 1;",
        ),
        (
            _with(MYSQL, innodb_flush_log_at_trx_commit="2"),
            "durable",
            "bad",
            "innodb_flush_log_at_trx_commit is 2.",
            "SET PERSIST innodb_flush_log_at_trx_commit = 1;",
        ),
        (
            _with(MARIADB, sync_binlog="0"),
            "durable",
            "bad",
            "sync_binlog is 0.",
            "SET GLOBAL sync_binlog = 1;\n# my.cnf\n[mysqld]\nsync_binlog = 1",
        ),
        (_with(MARIADB, sync_binlog="0", log_bin="OFF"), "durable", "good", "on the disk", ""),
        (_with(MYSQL, read_only="ON"), "writable", "bad", "read-only", "SET GLOBAL read_only = OFF;"),
        (
            _with(MYSQL, sql_mode="NO_ZERO_DATE"),
            "strict",
            "warning",
            "sql_mode is NO_ZERO_DATE.",
            "SET PERSIST sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE';",
        ),
        (_with(MYSQL, character_set_server="latin1"), "charset", "warning", "latin1", "utf8mb4"),
        (replace(MYSQL, ahead_seconds=3600), "clock", "warning", "60 minutes ahead of", "set-ntp"),
        (replace(MYSQL, ahead_seconds=-26 * 3600), "clock", "warning", "26 h 0 min behind", "set-ntp"),
        (
            _with(MARIADB, max_password_errors="4294967295"),
            "lockout",
            "warning",
            "as long as they like",
            "max_password_errors = 5",
        ),
        (
            _with(MYSQL, **{"validate_password.length": "8"}),
            "password_rules",
            "warning",
            "8 characters",
            "SET PERSIST validate_password.policy = LOW;\nSET PERSIST validate_password.length = 12;",
        ),
        (_with(MYSQL, local_infile="ON"), "local_infile", "warning", "On.", "SET PERSIST local_infile = OFF;"),
        (
            _with(MYSQL, require_secure_transport="OFF"),
            "plain_connections",
            "warning",
            "Accepted.",
            "require_secure_transport = ON",
        ),
        (_with(MYSQL, max_connections="20"), "connections", "warning", "Only 20.", "max_connections = 151"),
    ],
)
def test_what_is_missing_is_told_with_the_line_to_run(
    facts: Facts, key: str, verdict: str, found: str, line: str
) -> None:
    check = _one(facts, key)
    assert check.verdict == verdict
    assert found in check.found
    assert line in check.line
    assert bool(check.advice) == (verdict != "good")


@pytest.mark.parametrize(
    ("facts", "asks"),
    [
        (MYSQL, False),
        (_with(MYSQL, **{"validate_password.policy": "LOW"}), False),
        (_with(MYSQL, **{"validate_password.policy": "MEDIUM"}), True),
        (MARIADB, False),
        (_with(MARIADB, simple_password_check_digits="1"), True),
    ],
)
def test_rules_that_refuse_passwords_of_words_are_named(facts: Facts, asks: bool) -> None:
    check = _one(facts, "password_rules")
    assert check.verdict is CheckVerdict.GOOD
    assert ("capitals, digits and signs" in check.found) == asks


def test_on_one_computer_tls_may_be_missing() -> None:
    bare = _with(replace(MARIADB, tls=""), have_ssl="DISABLED", require_secure_transport="OFF")
    assert _one(bare, "tls", desks_elsewhere=False).verdict is CheckVerdict.WARNING
    assert _one(bare, "plain_connections", desks_elsewhere=False).verdict is CheckVerdict.GOOD


GROUP = {"group_replication_group_name": "aaaa", "group_replication_single_primary_mode": "ON"}
THREE = (("ONLINE", "PRIMARY"), ("ONLINE", "SECONDARY"), ("ONLINE", "SECONDARY"))


@pytest.mark.parametrize(
    ("facts", "verdict", "found"),
    [
        (replace(_with(MYSQL, **GROUP), members=THREE), "warning", "3 members"),
        (
            replace(_with(MYSQL, **GROUP, group_replication_member_expel_timeout="0"), members=THREE),
            "good",
            "3 members",
        ),
        (replace(_with(MYSQL, **GROUP), members=THREE[:2]), "warning", "2 members"),
        (
            replace(_with(MYSQL, **{**GROUP, "group_replication_single_primary_mode": "OFF"}), members=THREE),
            "bad",
            "several primaries",
        ),
        (_with(MARIADB, wsrep_on="ON"), "warning", "Galera"),
    ],
)
def test_several_servers_as_one(facts: Facts, verdict: str, found: str) -> None:
    check = _one(facts, "group")
    assert check.verdict == verdict
    assert found in check.found


def test_no_word_about_groups_where_there_is_none() -> None:
    assert "group" not in {c.key for c in judge(MYSQL, desks_elsewhere=True)}
