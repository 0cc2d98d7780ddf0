"""The generated practice as a new practice folder on this computer."""

import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from avenrae_desktop.areas.accounts.domain import CreatePractice
from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.bootstrap import places
from avenrae_desktop.bootstrap.generate.fill import Progress, fill
from avenrae_desktop.bootstrap.generate.plan import Plan
from avenrae_desktop.bootstrap.guards import telling_world
from avenrae_desktop.bootstrap.making import make
from avenrae_desktop.bootstrap.session import actor_of
from avenrae_desktop.db.engine import sqlcipher_engine
from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop
from avenrae_desktop.kernel.files import sync_folder
from avenrae_desktop.settings.machine import PRACTICES, MachineSettings, Remembered
from avenrae_desktop.settings.paths import Paths

_PART = ".part"

FOLDER_THERE = Problem(
    "generate.folder_there",
    noop("This folder is there already"),
    noop("A generated practice needs a folder of its own, and {folder} exists."),
    noop("Name a folder that does not exist yet."),
)


@dataclass(frozen=True, slots=True)
class Generated:
    """Where the practice is, and the recovery key to show once."""

    folder: Path
    recovery_key: str = field(repr=False)


def generate_folder(
    paths: Paths, folder: Path | None, plan: Plan, create: CreatePractice, progress: Progress, now: datetime
) -> Generated:
    """Make the practice in a new folder (by default among the others of this computer), and list it.

    Until it is whole it lies beside its later place and is gone if anything ends it early. Raises AppError.
    """
    with telling_world():
        target = (folder or places.free_folder(paths.practices, create.practice_name)).absolute()
        if target.exists():
            raise RuleBroken(FOLDER_THERE, folder=str(target))
        part = target.with_name(f".{target.name}{_PART}")
        shutil.rmtree(part, ignore_errors=True)  # left by a program that was killed
        part.mkdir(mode=0o700, parents=True)
        try:
            recovery_key = _make(part, create, plan, progress)
            part.rename(target)
            sync_folder(target.parent)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        _list(paths, Remembered(target, create.practice_name, now))
    return Generated(target, recovery_key)


def _make(part: Path, create: CreatePractice, plan: Plan, progress: Progress) -> str:
    _, key, recovery_key = make(part, create, lambda: plan.now, lambda _done, _of: None)
    engine = sqlcipher_engine(part / places.DATABASE, key)
    try:
        founder = AccountReads(engine).member(create.person)
        assert founder is not None  # noqa: S101 - the practice was just made with them
        fill(engine, actor_of(founder), plan, progress)
    finally:
        engine.dispose()
    return recovery_key


def _list(paths: Paths, mine: Remembered) -> None:
    """The program looks in its own folder by itself; others it has to be told of."""
    if mine.folder.parent == paths.practices:
        return
    machine = MachineSettings(paths.machine_settings)
    machine.set(PRACTICES, (mine, *(e for e in machine.get(PRACTICES) if e.folder != mine.folder)))
