"""The locked account that owns triggers and routines, and the roles that it hands out."""

import hashlib
import re
from collections.abc import Iterator

from avenrae_desktop.db.server.rights import OWNER, roles_of

OWNED_BY = f"{OWNER}@localhost"
"""The owner as the information schema writes it."""
_ACCOUNT = f"'{OWNER}'@'localhost'"
_DEFINER = f"`{OWNER}`@`localhost`"
# What the servers themselves give to accounts that nobody shall ever sign in to.
_NO_PASSWORD = "$A$005$THISISACOMBINATIONOFINVALIDSALTANDPASSWORDTHATMUSTNEVERBRBEUSED"  # noqa: S105 - none fits
_CREATE = re.compile(r"^CREATE (PROCEDURE|TRIGGER)\b")
_ACCESS = re.compile(r"\n    (MODIFIES|READS) SQL DATA\n")
_TRIGGER = re.compile(
    r"CREATE TRIGGER (?P<name>\w+) (BEFORE|AFTER) \w+ ON (?P<table>\w+) FOR EACH ROW\s+(?P<body>.*)", re.DOTALL
)


def make_owner(*, is_mariadb: bool, password: str = "") -> str:
    """The account, with a password that nothing fits.

    MariaDB takes no such thing where a plugin looks at passwords: there it wants one that it can read, `password`,
    which nobody keeps.
    """
    if is_mariadb:
        how = f"BY '{password}'" if password else "VIA mysql_native_password USING 'invalid'"
    else:
        how = f"WITH caching_sha2_password AS '{_NO_PASSWORD}'"
    return f"CREATE USER IF NOT EXISTS {_ACCOUNT} IDENTIFIED {how} ACCOUNT LOCK"


def lock_owner() -> str:
    return f"ALTER USER {_ACCOUNT} ACCOUNT LOCK"


def make_role(role: str, *, is_mariadb: bool) -> str:
    """MariaDB gives a new role to whoever makes it, unless another is named."""
    return f"CREATE ROLE IF NOT EXISTS `{role}`" + (f" WITH ADMIN {_ACCOUNT}" if is_mariadb else "")


def grant_owner(database: str, *, is_mariadb: bool) -> Iterator[str]:
    """What it needs outside the practice's own tables: accounts, their roles, and ending sessions."""
    if is_mariadb:
        yield f"GRANT CREATE USER, PROCESS, CONNECTION ADMIN ON *.* TO {_ACCOUNT}"
        # Without it nobody can say there with which role another account begins.
        yield f"GRANT UPDATE ON `mysql`.* TO {_ACCOUNT}"
        yield f"GRANT SELECT (`Host`, `User`, `Role`) ON `mysql`.`roles_mapping` TO {_ACCOUNT}"
    else:
        yield f"GRANT CREATE USER, PROCESS ON *.* TO {_ACCOUNT}"
        yield f"GRANT CONNECTION_ADMIN ON *.* TO {_ACCOUNT}"
        yield (
            f"GRANT SELECT (`FROM_HOST`, `FROM_USER`, `TO_HOST`, `TO_USER`) ON `mysql`.`role_edges` TO {_ACCOUNT}"
        )
    yield f"GRANT SELECT (`Host`, `User`) ON `mysql`.`user` TO {_ACCOUNT}"
    if not is_mariadb:
        for role, _ in roles_of(database):
            yield f"GRANT `{role}` TO {_ACCOUNT} WITH ADMIN OPTION"
        # A role can be handed out only by an account that it is active for.
        yield f"ALTER USER {_ACCOUNT} DEFAULT ROLE ALL"


def owned(statement: str) -> str:
    """The statement that makes a routine or trigger, as one that makes it for the owner."""
    own = _CREATE.sub(lambda found: f"CREATE DEFINER={_DEFINER} {found[1]}", statement)
    return _ACCESS.sub(lambda found: f"\n    COMMENT '{mark_of(statement)}'{found[0]}", own, count=1)


def mark_of(statement: str) -> str:
    """Stands in a routine's comment: by it is known whether a server has this very one."""
    return hashlib.sha256(statement.encode()).hexdigest()[:16]


def trigger_parts(statement: str) -> tuple[str, str, str]:
    """Name, table and body of a statement that makes a trigger."""
    found = _TRIGGER.match(statement)
    assert found is not None, statement  # noqa: S101 - a file of ours
    return found["name"], found["table"], found["body"]
