"""Making a practice on a server: what will be done, and doing it.

Every step can be done again: after a fault or a kill at any moment the same call goes on and ends the same.
The administrator's account is used here and nowhere else.
"""

from collections.abc import Callable, Collection, Iterator

import sqlalchemy as sa

from avenrae_desktop.areas.accounts.domain import CreatePractice
from avenrae_desktop.areas.accounts.passwords import checked_password
from avenrae_desktop.areas.accounts.people import checked_name, checked_sign_in_name
from avenrae_desktop.areas.accounts.practice_settings import checked
from avenrae_desktop.bootstrap.server import checks, founder
from avenrae_desktop.bootstrap.server.administrator import Administrator, administrating, engine_of
from avenrae_desktop.bootstrap.server.checks import Check, CheckVerdict
from avenrae_desktop.bootstrap.server.found import FINISHED_SETTING, TLS_SETTING, Found, check_fresh, find
from avenrae_desktop.db.server.address import Trust, checked_database
from avenrae_desktop.db.server.enrolment import Enrolment
from avenrae_desktop.db.server.make import make_whole
from avenrae_desktop.db.server.rights import OWNER, roles_of
from avenrae_desktop.db.tables import settings
from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import Clock, utc_now

__all__ = ["Administrator", "Check", "Told", "look", "plan", "set_up"]

Progress = Callable[[int, int], None]
"""Called with the steps done and the steps in all."""
Told = Callable[[str], None]
"""Called with the name of each step when it is done."""

STEPS = 14
look = checks.look

NOT_FIT = Problem(
    "set_up.not_fit",
    noop("This server is not ready for a practice"),
    noop("{title}: {found} {why}"),
    noop("Put this on the server, then try again: {line}"),
)
NOT_FIT_NO_LINE = Problem("set_up.not_fit", NOT_FIT.title, NOT_FIT.what, noop("Put it right, then try again."))


def plan(admin: Administrator, practice_name: str) -> tuple[str, ...]:
    """What `set_up` will do, in English sentences. Changes nothing; raises AppError where it would refuse."""
    database = checked_database(admin.address.database)
    name = checked("practice_name", practice_name)
    with administrating(admin) as connection:
        found = find(connection, database)
    hosts = ", ".join(str(host) for host in admin.address.hosts)
    begun = {
        Found.NOTHING: f"Make the database {database} on {hosts}.",
        Found.EMPTY: f"Use the empty database {database} on {hosts}.",
        Found.UNFINISHED: f"Go on with the set-up of {database} on {hosts} that was begun before.",
    }
    tls = "encrypted connections only" if _wants_tls(admin) else "connections from this computer only"
    return (
        begun[found],
        f"Make the locked account {OWNER}, which owns the triggers and routines; nobody can sign in with it.",
        "Make the tables, and the triggers and routines that keep bookings from being lost or doubled.",
        f"Make the roles with their rights: {', '.join(name for name, _ in roles_of(database))}.",
        f"Make the practice “{name}” and its first administrator, who gets an own account: {tls}.",
        f"Forget the password of “{admin.user}”: Avenrae Desktop stores it nowhere and does not need it again.",
    )


def set_up(
    admin: Administrator,
    create: CreatePractice,
    progress: Progress = lambda _done, _of: None,
    clock: Clock = utc_now,
    *,
    accepted: Collection[str] = (),
    told: Told = lambda _step: None,
) -> Enrolment:
    """Make the practice, or go on where an earlier call ended.

    `accepted` names checks that may be bad. Raises RuleBroken for what was typed and for a server that is not
    fit, NotAllowed, Unavailable; then the same call again goes on.
    """
    for done, step in enumerate(steps(admin, create, clock, accepted), 1):
        told(step)
        progress(min(done, STEPS), STEPS)
    progress(STEPS, STEPS)
    return Enrolment(checked("practice_name", create.practice_name), admin.address)


def check_typed(create: CreatePractice) -> None:
    """Everything that was typed, before the server is touched. Raises RuleBroken with the field."""
    name = checked("practice_name", create.practice_name)
    checked("time_zone", create.time_zone)
    checked("currency", create.currency)
    first, last = checked_name(create.first_name, create.last_name)
    sign_in_name = checked_sign_in_name(create.sign_in_name)
    checked_password(create.password, (f"{first} {last}".strip(), first, last, sign_in_name, name))


def steps(
    admin: Administrator, create: CreatePractice, clock: Clock, accepted: Collection[str] = ()
) -> Iterator[str]:
    """The set-up step by step: each is done when its name comes. Raises as `set_up`."""
    database = checked_database(admin.address.database)
    check_typed(create)
    _check_fit(look(admin, clock), accepted)
    with administrating(admin) as connection:
        check_fresh(connection, database, find(connection, database), create.sign_in_name)
        yield "the server is fit"
        yield from make_whole(connection, database)
        _set(connection, TLS_SETTING, "yes" if _wants_tls(admin) else "no", clock)
    with engine_of(admin, database) as engine:
        yield from founder.let_in(engine, admin.address, create, clock)
    with administrating(admin, database) as connection:
        _set(connection, FINISHED_SETTING, "yes", clock)
    yield "the practice is ready"


def _wants_tls(admin: Administrator) -> bool:
    return admin.address.trust is not Trust.NONE


def _check_fit(found: tuple[Check, ...], accepted: Collection[str]) -> None:
    for check in found:
        if check.verdict is CheckVerdict.BAD and check.key not in accepted:
            problem = NOT_FIT if check.line else NOT_FIT_NO_LINE
            line = _in_one(check.line)
            raise RuleBroken(problem, title=check.title, found=check.found, why=check.advice, line=line)


def _in_one(lines: str) -> str:
    """What to run and what to write down, as one sentence."""
    run, _, written = lines.partition("# my.cnf\n[mysqld]\n")
    file = f"and under [mysqld] in my.cnf {', '.join(written.splitlines())}" if written else ""
    return " ".join(filter(None, (*run.splitlines(), file))).removeprefix("and ")


def _set(connection: sa.Connection, name: str, value: str, clock: Clock) -> None:
    s = settings.c
    changed = settings.update().where(s.setting_name == name).values(setting_value=value)
    there = connection.execute(sa.select(s.id).where(s.setting_name == name)).first()
    if there is not None:
        connection.execute(changed)
        return
    values = {"uuid": new_uuid(), "setting_name": name, "setting_value": value, "created_at": clock()}
    connection.execute(settings.insert().values(**values))
