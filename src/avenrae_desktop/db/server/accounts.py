"""Calls of the routines that manage people's accounts on a practice server.

`connection` is the connection of whoever asks; `invite`, `settle` and `accept` commit what it had open.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.db.problems import EDITED_MEANWHILE
from avenrae_desktop.db.server.problems import READ_ONLY, SERVER_AWAY
from avenrae_desktop.db.server.verdicts import Verdict, verdict_of
from avenrae_desktop.kernel.errors import (
    AppError,
    Conflict,
    LinkLost,
    NotAllowed,
    NotFound,
    Problem,
    RuleBroken,
    TryAgain,
    noop,
)

CODE_HOURS = 24

ACCOUNT_EXISTS = Problem(
    "server_accounts.account_exists",
    noop("This sign-in name is taken on the server"),
    noop("The server has an account of this name that was not made for this person. It was not touched."),
    noop("Add the person again with another sign-in name."),
)
CODE_OVER = Problem(
    "server_accounts.code_over",
    noop("The one-time code is over"),
    noop("It was not used in time, so it lets nobody in any more."),
    noop("Ask an administrator of the practice for a new code."),
)
NO_PERSON = Problem(
    "server_accounts.no_person",
    noop("This account does not belong to this practice"),
    noop("Nobody of this practice was invited with this sign-in name."),
    noop("Choose another practice, or ask an administrator of the practice."),
)
SHUT_OUT = Problem(
    "server_accounts.shut_out",
    noop("This person is shut out"),
    noop("Somebody who was shut out cannot be given an account or a role."),
    noop("Let them in again first (People)."),
)
BAD_NAME = Problem(
    "server_accounts.bad_name",
    noop("This sign-in name cannot be an account"),
    noop("It holds signs other than letters, digits, dots, dashes and underscores."),
    noop("Add the person again with another sign-in name."),
)
BAD_CODE = Problem(
    "server_accounts.bad_code",
    noop("This code cannot be used"),
    noop("A one-time code has at least twelve characters and is valid for at most a week."),
    noop("Let the program make a new code."),
)
NOT_GRANTED = Problem(
    "server_accounts.not_granted",
    noop("You may not do this"),
    noop("The server does not let your account do this."),
    noop("Ask an administrator of the practice."),
)
WRONG_OLD_PASSWORD = Problem(
    "server_accounts.wrong_old_password",
    noop("The old password is wrong"),
    noop("The server did not accept the old password. The password was not changed."),
    noop("Type the password that you signed in with."),
)
PASSWORD_USED_BEFORE = Problem(
    "server_accounts.password_used_before",
    noop("You had this password before"),
    noop("Neither the present password nor one of those before it can be the new one."),
    noop("Choose another one."),
)
PASSWORD_TOO_WEAK = Problem(
    "server_accounts.password_too_weak",
    noop("The server wants a stronger password"),
    noop("Its own rules refuse this one: {rule}"),
    noop("Choose a longer one, with capitals, digits and other signs."),
)
BUSY = Problem(
    "server_accounts.busy",
    noop("The server is busy"),
    noop("Somebody else was working on the same account, or too many people are connected."),
    noop("Wait a moment and try again."),
)

# What the routines say in a SIGNAL.
_SIGNALS: dict[str, tuple[type[AppError], Problem, str | None]] = {
    "account_exists": (RuleBroken, ACCOUNT_EXISTS, "sign_in_name"),
    "code_over": (NotAllowed, CODE_OVER, None),
    "no_person": (NotFound, NO_PERSON, None),
    "shut_out": (RuleBroken, SHUT_OUT, None),
    "bad_name": (RuleBroken, BAD_NAME, "sign_in_name"),
    "bad_code": (RuleBroken, BAD_CODE, "password"),
    "edited_meanwhile": (Conflict, EDITED_MEANWHILE, None),
}
_MARK = "avenrae:"
_WRONG_OLD = {3891, 3892}
_USED_BEFORE = 3638
_TOO_WEAK = 1819
_NOT_GRANTED = {1370, 1142, 1143, 1227}


def invite(connection: sa.Connection, person: UUID, code: str, hours: int = CODE_HOURS) -> None:
    """Make or reset the account of a person of this practice, with a one-time code for `hours` (1 to 168).

    They have no role until they chose a password and accepted; sessions that they have are ended. Raises
    RuleBroken (a name that the server has for somebody else; a bad code; shut out), NotFound, NotAllowed.
    """
    _call(connection, "CALL invite_account(:person, :code, :hours)", person=person.bytes, code=code, hours=hours)


def accept(connection: sa.Connection) -> None:
    """As the person, with the password of one's own: the role is given, and the code is used up.

    The role works from the next connection on. Done again it changes nothing. Raises NotAllowed (the code is
    over), RuleBroken (shut out), NotFound (nobody of this practice).
    """
    try:
        _call(connection, "CALL accept_invite()")
    except NotAllowed as error:
        if error.problem is NOT_GRANTED:
            raise NotFound(NO_PERSON) from error
        raise


def settle(connection: sa.Connection, person: UUID) -> None:
    """Make lock, role and sessions of a person's account agree with their rows.

    Also lets in again whom the server shut out for too many wrong passwords. Raises NotFound for somebody who was
    never invited, RuleBroken for an account that is somebody else's, NotAllowed.
    """
    _call(connection, "CALL settle_account(:person)", person=person.bytes)


def choose_password(connection: sa.Connection, user: str, old: str, new: str) -> None:
    """Change the password of one's own account; works with a one-time code too, where nothing else does.

    `user` is whose connection it is. Raises RuleBroken (fields "old", "new").
    """
    if user != _user_of(connection):
        raise RuleBroken(WRONG_OLD_PASSWORD, field="old")
    if new == old:
        # A one-time code is known to whoever gave it; MariaDB would take it.
        raise RuleBroken(PASSWORD_USED_BEFORE, field="new")
    if is_mariadb(connection):
        _call(connection, "SET PASSWORD = PASSWORD(:new)", new=new)
    else:
        _call(connection, "ALTER USER USER() IDENTIFIED BY :new REPLACE :old", new=new, old=old)


def is_name_free(connection: sa.Connection, sign_in_name: str) -> bool:
    """Whether the server has no account of this name yet. Raises NotAllowed."""
    with _telling():
        statement = sa.text("CALL is_name_free(:name)")
        return bool(connection.execute(statement, {"name": sign_in_name}).scalar_one())


def change_myself(connection: sa.Connection, version: int, first: str, last: str, email: str | None) -> None:
    """One's own name and e-mail address. Commits nothing. Raises Conflict if the row has another version."""
    values = {"version": version, "first": first, "last": last, "email": email}
    _call(connection, "CALL change_myself(:version, :first, :last, :email)", **values)


def my_pin_hash(connection: sa.Connection) -> str | None:
    """The hash of one's own PIN, None without one."""
    with _telling():
        row = connection.execute(sa.text("CALL my_pin_hash()")).first()
    return None if row is None else row.pin_hash


def set_my_password_hash(connection: sa.Connection, password_hash: str) -> None:
    """Keep the hash of one's own password beside the account, for other ways in. Commits nothing."""
    _call(connection, "CALL set_my_password_hash(:hash)", hash=password_hash)


def set_my_pin_hash(connection: sa.Connection, pin_hash: str | None) -> None:
    """Keep the hash of one's own PIN, or remove it with None. Commits nothing."""
    _call(connection, "CALL set_my_pin_hash(:hash)", hash=pin_hash)


def is_mariadb(connection: sa.Connection) -> bool:
    """Whether the server is MariaDB; from its greeting, because with an expired password nothing may be asked."""
    return "MariaDB" in _raw(connection).get_server_info()


def _user_of(connection: sa.Connection) -> str:
    user = _raw(connection).user
    return user.decode() if isinstance(user, bytes) else str(user)


def _raw(connection: sa.Connection) -> Any:
    return connection.connection.dbapi_connection


def _call(connection: sa.Connection, statement: str, **values: Any) -> None:
    with _telling():
        connection.execute(sa.text(statement), values).close()


@contextmanager
def _telling() -> Iterator[None]:
    """Turn what the server refuses or suffers into errors for people; bugs pass, without what was sent."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        # Codes and passwords are among it.
        error.hide_parameters, error.params = True, None
        told = _told(error)
        if told is None:
            raise
        raise told from error


def _told(error: sa.exc.DBAPIError) -> AppError | None:
    match verdict_of(error):
        case Verdict.UNKNOWN:
            return LinkLost(SERVER_AWAY)
        case Verdict.READ_ONLY:
            return LinkLost(READ_ONLY)
        case Verdict.RETRY:
            return TryAgain(BUSY)
    code, text = error.orig.args if error.orig is not None and len(error.orig.args) == 2 else (None, "")
    if text.startswith(_MARK) and text.removeprefix(_MARK) in _SIGNALS:
        kind, problem, field = _SIGNALS[text.removeprefix(_MARK)]
        return kind(problem, field=field)
    if code in _NOT_GRANTED:
        return NotAllowed(NOT_GRANTED)
    if code in _WRONG_OLD:
        return RuleBroken(WRONG_OLD_PASSWORD, field="old")
    if code == _USED_BEFORE:
        return RuleBroken(PASSWORD_USED_BEFORE, field="new")
    if code == _TOO_WEAK:
        return RuleBroken(PASSWORD_TOO_WEAK, field="new", rule=text)
    return None
