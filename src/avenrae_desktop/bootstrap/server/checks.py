"""Is this server fit for a practice? What was found, why it matters, and the line to run."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from avenrae_desktop.bootstrap.server.administrator import Administrator, administrating
from avenrae_desktop.bootstrap.server.facts import Facts, gather
from avenrae_desktop.db.server.address import is_local
from avenrae_desktop.kernel.time import Clock, utc_now

OLDEST = {"MySQL": (8, 0), "MariaDB": (10, 11)}
CLOCK_SECONDS = 120.0
FEWEST_CONNECTIONS = 60
MOST_WRONG_PASSWORDS = 100
SHORTEST_PASSWORD = 12

_KINDS = ("digits", "letters_same_case", "other_characters")

# What the set-up does itself, and what the owner account is given to do later.
NEEDED = (
    "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX, REFERENCES, TRIGGER, EXECUTE, CREATE ROUTINE, "
    "ALTER ROUTINE, CREATE USER, PROCESS, LOCK TABLES"
).split(", ")
# MySQL split SUPER into many rights and renamed one; MariaDB writes them with a space. One of each group will do.
NEEDED_BY_NAME = {
    "MySQL": (("SUPER", "SET_ANY_DEFINER", "SET_USER_ID"), ("SUPER", "CONNECTION_ADMIN"), ("SUPER", "ROLE_ADMIN")),
    "MariaDB": (("SUPER", "SET USER"), ("SUPER", "CONNECTION ADMIN")),
}


class CheckVerdict(StrEnum):
    """`BAD` keeps a practice from being set up; `WARNING` does not."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `advice` says why it matters; `line` is what to run, SQL or my.cnf."""

    key: str
    title: str
    verdict: CheckVerdict
    found: str
    advice: str = ""
    line: str = ""


def look(admin: Administrator, clock: Clock = utc_now) -> tuple[Check, ...]:
    """Look at the server as it is; changes nothing. Raises AppError when it cannot be looked at."""
    with administrating(admin) as connection:
        facts = gather(connection, clock)
    return judge(facts, desks_elsewhere=not all(is_local(host) for host in admin.address.hosts))


def judge(facts: Facts, *, desks_elsewhere: bool) -> tuple[Check, ...]:
    """The checks in the order in which they are shown."""
    every: Iterable[Callable[[Facts], Check]] = (
        _version,
        lambda f: _tls(f, desks_elsewhere=desks_elsewhere),
        _rights,
        _triggers,
        _durable,
        _writable,
        _strict,
        _charset,
        _clock,
        _lockout,
        _password_rules,
        _local_infile,
        lambda f: _plain_connections(f, desks_elsewhere=desks_elsewhere),
        _connections,
    )
    return (*(check(facts) for check in every), *_groups(facts))


def _good(key: str, title: str, found: str) -> Check:
    return Check(key, title, CheckVerdict.GOOD, found)


def _warning(key: str, title: str, found: str, advice: str, line: str = "") -> Check:
    return Check(key, title, CheckVerdict.WARNING, found, advice, line)


def _bad(key: str, title: str, found: str, advice: str, line: str = "") -> Check:
    return Check(key, title, CheckVerdict.BAD, found, advice, line)


def _set(facts: Facts, *pairs: tuple[str, str]) -> str:
    """The lines that set variables for good."""
    if not facts.is_mariadb:
        return "\n".join(f"SET PERSIST {name} = {value};" for name, value in pairs)
    now = "\n".join(f"SET GLOBAL {name} = {value};" for name, value in pairs)
    # MariaDB forgets what is set at run time.
    return f"{now}\n{_in_file(*pairs)}"


def _in_file(*pairs: tuple[str, str]) -> str:
    return "\n".join(("# my.cnf", "[mysqld]", *(f"{name} = {value}" for name, value in pairs)))


def _brand(facts: Facts) -> str:
    return "MariaDB" if facts.is_mariadb else "MySQL"


def _version(facts: Facts) -> Check:
    brand = _brand(facts)
    found = f"{brand} {'.'.join(str(n) for n in facts.number)}"
    key, title = "version", "Version of the server"
    if facts.number < OLDEST[brand]:
        oldest = ".".join(str(n) for n in OLDEST[brand])
        advice = f"Avenrae Desktop needs {brand} {oldest} or newer. Update the server, then look again."
        return _bad(key, title, found, advice)
    return _good(key, title, found)


def _tls(facts: Facts, *, desks_elsewhere: bool) -> Check:
    key, title = "tls", "Encrypted connections (TLS)"
    if facts.tls:
        return _good(key, title, f"This connection uses {facts.tls}.")
    # MySQL 8.4 dropped have_ssl; a server that has a certificate has TLS.
    if facts.is_on("have_ssl") or (facts.variables.get("ssl_cert") and "have_ssl" not in facts.variables):
        return _good(key, title, "The server has it; this connection stays on this computer and goes without.")
    advice = "Without TLS everybody on the network can read along. Other desks cannot join until it is on."
    verdict = _bad if desks_elsewhere else _warning
    line = _in_file(
        ("ssl_ca", "/etc/mysql/avenrae/ca.pem"),
        ("ssl_cert", "/etc/mysql/avenrae/server-cert.pem"),
        ("ssl_key", "/etc/mysql/avenrae/server-key.pem"),
    )
    found = "The server has no certificate, so that it cannot encrypt."
    return verdict(key, title, found, f"{advice} “avenrae server certificate” makes the files.", line)


def _rights(facts: Facts) -> Check:
    key, title = "rights", "Rights of this account"
    missing = list(_missing(facts))
    if not missing and facts.passes_on:
        return _good(key, title, "It may make the database, the accounts and their rights.")
    found = f"It lacks: {', '.join(missing)}." if missing else "It may not pass rights on (WITH GRANT OPTION)."
    advice = "The set-up makes accounts and gives them rights; nobody can give what they do not have."
    line = "GRANT ALL PRIVILEGES ON *.* TO 'this account'@'its host' WITH GRANT OPTION;"
    return _bad(key, title, found, advice, line)


def _missing(facts: Facts) -> Iterator[str]:
    if facts.privileges & {"ALL PRIVILEGES", "ALL"}:
        return
    yield from (name for name in NEEDED if name not in facts.privileges)
    yield from (" or ".join(g) for g in NEEDED_BY_NAME[_brand(facts)] if not facts.privileges & set(g))


def _triggers(facts: Facts) -> Check:
    key, title = "triggers", "Triggers with the binary log"
    if not facts.is_on("log_bin"):
        return _good(key, title, "There is no binary log in the way.")
    if facts.is_on("log_bin_trust_function_creators"):
        return _good(key, title, "The server lets this account make triggers.")
    if facts.privileges & {"ALL PRIVILEGES", "ALL", "SUPER"}:
        return _good(key, title, "This account may make triggers beside a binary log.")
    found = "The binary log is on, and this account may not make triggers beside it."
    advice = "Triggers keep two bookings from taking the same time; without them there is no practice."
    return _bad(key, title, found, advice, _set(facts, ("log_bin_trust_function_creators", "1")))


def _durable(facts: Facts) -> Check:
    key, title = "durable", "Saved means on the disk"
    wanted = [("innodb_flush_log_at_trx_commit", "1")]
    if facts.is_on("log_bin"):
        wanted.append(("sync_binlog", "1"))
    wrong = [(name, value) for name, value in wanted if facts.variables.get(name) != value]
    if not wrong:
        return _good(key, title, "The server answers only when a change is on the disk.")
    found = "; ".join(f"{name} is {facts.variables.get(name, 'not there')}" for name, _ in wrong)
    advice = "After a power cut the server would have forgotten bookings that it had confirmed as saved."
    return _bad(key, title, f"{found}.", advice, _set(facts, *wrong))


def _writable(facts: Facts) -> Check:
    key, title = "writable", "Takes changes"
    if not (facts.is_on("read_only") or facts.is_on("super_read_only")):
        return _good(key, title, "Yes.")
    advice = "It is a copy of another server, or was set so by hand. Name the server that takes the changes."
    return _bad(key, title, "This server is read-only.", advice, "SET GLOBAL read_only = OFF;")


def _strict(facts: Facts) -> Check:
    key, title = "strict", "Refuses what does not fit (strict sql_mode)"
    mode = facts.variables.get("sql_mode", "")
    if "STRICT_TRANS_TABLES" in mode or "STRICT_ALL_TABLES" in mode:
        return _good(key, title, "Yes.")
    found = f"sql_mode is {mode or 'empty'}."
    advice = (
        "Avenrae Desktop asks for it in its own connections. Other programs would store cut-off texts and "
        "impossible dates without a word."
    )
    return _warning(key, title, found, advice, _set(facts, ("sql_mode", f"'{','.join(_stricter(mode))}'")))


def _stricter(mode: str) -> list[str]:
    return ["STRICT_TRANS_TABLES", *filter(None, mode.split(","))]


def _charset(facts: Facts) -> Check:
    key, title = "charset", "Default character set"
    found = facts.variables.get("character_set_server", "")
    if found == "utf8mb4":
        return _good(key, title, found)
    advice = "The practice's own database says utf8mb4 by itself; other tools may write letters that break."
    return _warning(key, title, found, advice, _set(facts, ("character_set_server", "utf8mb4")))


def _clock(facts: Facts) -> Check:
    key, title = "clock", "The server's clock"
    ahead = facts.ahead_seconds
    if abs(ahead) <= CLOCK_SECONDS:
        return _good(key, title, "It agrees with this computer's.")
    found = f"It is {_length(abs(ahead))} {'ahead of' if ahead > 0 else 'behind'} this computer's."
    advice = (
        "One of the two is wrong. One-time codes would end too early or too late, and times in the records would "
        "not fit together. Set the wrong clock; time services keep it right from then on."
    )
    return _warning(key, title, found, advice, "sudo timedatectl set-ntp true")


def _length(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} h {minutes % 60} min"


def _lockout(facts: Facts) -> Check:
    key, title = "lockout", "Wrong passwords"
    if not facts.is_mariadb:
        return _good(key, title, "Five wrong ones lock a person's account for a day, or until an admin opens it.")
    limit = facts.whole("max_password_errors", MOST_WRONG_PASSWORDS + 1)
    advice = "MariaDB cannot lock one account for a time, as MySQL does."
    if limit <= MOST_WRONG_PASSWORDS:
        found = f"After {limit} wrong passwords MariaDB shuts an account until an admin opens it."
        return _warning(key, title, found, f"{advice} There is nothing more to switch on.")
    advice = f"{advice} It can shut an account after some wrong passwords until an admin of the practice opens it."
    found = "MariaDB lets anybody guess for as long as they like."
    return _warning(key, title, found, advice, _set(facts, ("max_password_errors", "5")))


def _password_rules(facts: Facts) -> Check:
    """A rule about kinds of characters would refuse good passwords made of words, so none is asked for."""
    key, title = "password_rules", "Weak passwords"
    name = "simple_password_check_minimal_length" if facts.is_mariadb else "validate_password.length"
    if facts.whole(name) >= SHORTEST_PASSWORD:
        found = f"The server refuses passwords of fewer than {facts.whole(name)} characters."
        kinds = " It also asks for capitals, digits and signs." if _asks_for_kinds(facts) else ""
        return _good(key, title, found + kinds)
    found = (
        f"The server accepts passwords of {facts.whole(name)} characters."
        if name in facts.variables
        else "The server itself accepts every password."
    )
    advice = "Avenrae Desktop refuses weak ones itself; another program could still set one."
    return _warning(key, title, found, advice, _rule_lines(facts, installed=name in facts.variables))


def _asks_for_kinds(facts: Facts) -> bool:
    if facts.is_mariadb:
        return any(facts.whole(f"simple_password_check_{kind}") for kind in _KINDS)
    return facts.variables.get("validate_password.policy", "LOW").upper() not in {"LOW", "0"}


def _rule_lines(facts: Facts, *, installed: bool) -> str:
    shortest = str(SHORTEST_PASSWORD)
    if facts.is_mariadb:
        first = () if installed else ("INSTALL SONAME 'simple_password_check';",)
        pairs = [(f"simple_password_check_{kind}", "0") for kind in _KINDS]
        pairs.append(("simple_password_check_minimal_length", shortest))
        return "\n".join((*first, _set(facts, *pairs)))
    first = () if installed else ("INSTALL COMPONENT 'file://component_validate_password';",)
    pairs = [("validate_password.policy", "LOW"), ("validate_password.length", shortest)]
    return "\n".join((*first, _set(facts, *pairs)))


def _local_infile(facts: Facts) -> Check:
    key, title = "local_infile", "Reading files of the desks (local_infile)"
    if not facts.is_on("local_infile"):
        return _good(key, title, "Off.")
    advice = "A forged server could ask other programs for files of the desk. Nobody here needs it."
    return _warning(key, title, "On.", advice, _set(facts, ("local_infile", "OFF")))


def _plain_connections(facts: Facts, *, desks_elsewhere: bool) -> Check:
    key, title = "plain_connections", "Connections without TLS (require_secure_transport)"
    if facts.is_on("require_secure_transport"):
        return _good(key, title, "Refused.")
    if not desks_elsewhere and not facts.tls:
        return _good(key, title, "Accepted; the practice is on this computer only.")
    advice = "Accounts of this practice insist on TLS anyway; other accounts of this server may go without."
    return _warning(key, title, "Accepted.", advice, _set(facts, ("require_secure_transport", "ON")))


def _connections(facts: Facts) -> Check:
    key, title = "connections", "Connections at once"
    found = facts.whole("max_connections")
    if found >= FEWEST_CONNECTIONS:
        return _good(key, title, f"Up to {found}.")
    advice = f"A window takes up to six. {FEWEST_CONNECTIONS} are enough for ten desks."
    line = _set(facts, ("max_connections", "151"))
    return _warning(key, title, f"Only {found}.", advice, line)


def _groups(facts: Facts) -> Iterator[Check]:
    """Several servers as one; shown only where there are such."""
    key, title = "group", "Group of servers"
    if facts.is_on("wsrep_on"):
        advice = "Avenrae Desktop was not tried with Galera. Let all desks write to one and the same node."
        yield _warning(key, title, "This is a Galera cluster.", advice)
    if not facts.variables.get("group_replication_group_name"):
        return
    if not facts.is_on("group_replication_single_primary_mode"):
        advice = "Two servers that take changes at once would only find a double booking when it is saved."
        line = "SELECT group_replication_switch_to_single_primary_mode();"
        yield _bad(key, title, "The group has several primaries.", advice, line)
        return
    online = sum(1 for state, _ in facts.members if state == "ONLINE")
    if online < 3:
        advice = "With fewer than three the practice stands still as soon as one is lost."
        yield _warning(key, title, f"{online} members are online.", advice)
    elif facts.whole("group_replication_member_expel_timeout", 5) > 0:
        advice = "After the loss of the primary the others wait 22 seconds; with 0 it is 7."
        line = _set(facts, ("group_replication_member_expel_timeout", "0"))
        yield _warning(key, title, f"{online} members are online.", advice, line)
    else:
        yield _good(key, title, f"{online} members are online.")
