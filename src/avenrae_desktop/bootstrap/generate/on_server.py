"""The generated practice on a practice server."""

from collections.abc import Collection

from avenrae_desktop.areas.accounts.domain import CreatePractice
from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.bootstrap.generate.fill import Progress, fill
from avenrae_desktop.bootstrap.generate.plan import Plan
from avenrae_desktop.bootstrap.server.administrator import Administrator, administrating
from avenrae_desktop.bootstrap.server.found import FINISHED, find
from avenrae_desktop.bootstrap.server.setup import set_up
from avenrae_desktop.bootstrap.session import actor_of
from avenrae_desktop.db.server.connect import practice_engine
from avenrae_desktop.db.server.enrolment import Enrolment
from avenrae_desktop.db.server.tls import context_for
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.identity import Role

_PATIENCE = 120.0
"""Seconds for one statement of many rows."""


def is_set_up(admin: Administrator) -> bool:
    """Whether the database holds a practice with its people. Raises AppError."""
    try:
        with administrating(admin) as connection:
            find(connection, admin.address.database)
    except RuleBroken as error:
        if error.code != FINISHED.code:
            raise
        return True
    return False


def generate_on_server(
    admin: Administrator,
    plan: Plan,
    create: CreatePractice | None,
    progress: Progress,
    accepted: Collection[str] = (),
) -> Enrolment:
    """Set the practice up with `create` (None: it is there), and fill it.

    Ended early, what is written stays and is whole, and the same call goes on. Raises RuleBroken where there are
    bookings of anything else, AppError for the rest.
    """
    if create is not None:
        set_up(admin, create, accepted=accepted)
    context = context_for(admin.address)
    engine = practice_engine(admin.address, admin.user, admin.password, context, pool_size=1, timeout_s=_PATIENCE)
    try:
        reads = AccountReads(engine)
        first = next(p for p in reads.people() if Role.ADMIN in p.roles and not p.disabled)
        founder = reads.member(first.uuid)
        assert founder is not None  # noqa: S101 - just read
        fill(engine, actor_of(founder), plan, progress)
        return Enrolment(reads.settings().practice_name, admin.address)
    finally:
        engine.dispose()
