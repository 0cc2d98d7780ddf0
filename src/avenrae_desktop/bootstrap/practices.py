"""The practices on this computer: finding, making, opening and recovering them."""

import contextlib
import importlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from avenrae_desktop.areas.accounts.domain import CreatePractice, RecoverPassword
from avenrae_desktop.areas.accounts.people import normal_sign_in_name
from avenrae_desktop.areas.accounts.problems import DISABLED
from avenrae_desktop.bootstrap import demo, places
from avenrae_desktop.bootstrap.guards import locked, taken_lock, telling_world
from avenrae_desktop.bootstrap.places import KeyHolder, Place, ServerPlace
from avenrae_desktop.bootstrap.server.servers import Servers
from avenrae_desktop.db.keyfile import KeyFile
from avenrae_desktop.kernel.clock_doubt import doubt_of
from avenrae_desktop.kernel.errors import AppError, NotAllowed, RuleBroken, Unavailable
from avenrae_desktop.kernel.files import sync_folder
from avenrae_desktop.kernel.time import Clock, utc_now
from avenrae_desktop.kernel.values import LogLevel
from avenrae_desktop.settings.machine import PRACTICES, MachineSettings, Remembered
from avenrae_desktop.settings.paths import Paths

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.file_app import FileApp

Progress = Callable[[int, int], None]
"""Called with the steps done and the steps in all."""

_MAKING = ".making-"
_HEAVY = (
    "avenrae_desktop.bootstrap.file_app",
    "avenrae_desktop.bootstrap.demo.fill",
    "avenrae_desktop.db.health",
    "cryptography.hazmat.primitives.kdf.argon2",
    "passlib.hash",
)


def warm_up() -> None:
    """Load what opening a practice needs; for a background thread, behind the first window."""
    for name in _HEAVY:
        importlib.import_module(name)


def _no_progress(_done: int, _of: int) -> None:
    return


class Practices:
    """Blocking calls, each safe to repeat; every fault is an AppError."""

    def __init__(self, paths: Paths, clock: Clock = utc_now) -> None:
        self._paths = paths
        self._clock = clock
        self.servers = Servers(paths, clock)

    def known(self) -> tuple[Place | ServerPlace, ...]:
        """The practices of this computer and those on servers, the one opened last first.

        Those whose folder is gone too.
        """
        machine = MachineSettings(self._paths.machine_settings)
        opened = {each.folder: each for each in machine.get(PRACTICES)}
        found = {
            folder: Place(folder, places.name_in(folder), False, _when(opened.get(folder)))
            for folder in _folders(self._paths.practices)
        }
        gone = (Place(e.folder, e.practice_name, False, e.last_opened) for e in opened.values())
        files = [*found.values(), *(p for p in gone if p.folder not in found)]
        every: list[Place | ServerPlace] = [*files, *self.servers.known()]
        # Newest first; those that were never opened last, by name.
        every.sort(key=lambda p: p.practice_name.casefold())
        every.sort(key=lambda p: p.last_opened.timestamp() if p.last_opened else 0.0, reverse=True)
        return tuple(every)

    def people(self, place: Place) -> tuple[KeyHolder, ...]:
        """Who can open it, by name. Raises Unavailable if folder or key file cannot be read."""
        found = (KeyHolder(e.sign_in_name, e.display_name) for e in places.load_keys(place).people)
        return tuple(sorted(found, key=lambda p: p.display_name.casefold()))

    def clock_doubt(self, last_entry: datetime | None = None) -> AppError | None:
        """What speaks against the clock of this computer; `last_entry` is that of the practice that was opened."""
        return doubt_of(self._clock(), last_entry)

    def forget(self, place: Place) -> None:
        """Leave a practice whose folder is gone out of the list; no file is touched."""
        machine = MachineSettings(self._paths.machine_settings)
        machine.set(PRACTICES, tuple(e for e in machine.get(PRACTICES) if e.folder != place.folder))

    def create(self, command: CreatePractice, progress: Progress | None = None) -> "tuple[FileApp, str]":
        """Make a practice and open it; also gives the recovery key, to show once.

        Raises RuleBroken for what the founder typed, Unavailable for the world's faults; then nothing is left.
        """
        from avenrae_desktop.bootstrap.making import make

        told = progress or _no_progress
        with self._making(self._paths.practices) as folder:
            keys, key, recovery_key = make(folder, command, self._clock, told)
            place = Place(places.free_folder(self._paths.practices, keys.practice_name), keys.practice_name)
            folder.rename(place.folder)
            sync_folder(place.folder.parent)
        told(4, 4)
        return self._opened(place, keys, key, command.person), recovery_key

    def open(self, place: Place, sign_in_name: str, password: str) -> "FileApp":
        """Sign in. Raises RuleBroken (wrong password), NotAllowed (shut out), Unavailable (everything else)."""
        keys = places.load_keys(place)
        name = normal_sign_in_name(sign_in_name)
        _check_not_parked(keys, name)
        key = keys.open_by_password(name, password)
        entry = keys.entry_of(name)
        assert entry is not None  # noqa: S101 - the password just opened it
        app = self._opened(place, keys, key, entry.person)
        with _closing_on_error(app):
            app.bring_in_step(password)
            app.log(LogLevel.INFO, "sign_in", f"{name} signed in")
        return app

    def recover(self, place: Place, recovery_key: str, sign_in_name: str, new_password: str) -> "FileApp":
        """Open with the recovery key and give the person a new password; their old one stops working.

        Raises RuleBroken (mistyped or wrong key, weak password, unknown person) and as `open` does.
        """
        keys = places.load_keys(place)
        key = keys.open_by_recovery_key(recovery_key)
        name = normal_sign_in_name(sign_in_name)
        _check_not_parked(keys, name)
        entry = keys.entry_of(name)
        if entry is None:
            raise RuleBroken(places.NOBODY, field="sign_in_name", sign_in_name=name)
        app = self._opened(place, keys, key, entry.person)
        with _closing_on_error(app):
            app.do(RecoverPassword(password=new_password))
            app.log(LogLevel.WARNING, "sign_in", f"{name} used the recovery key and set a new password")
        return app

    def open_demo(self, progress: Progress | None = None) -> "FileApp":
        """Open the demo practice without asking for a password; it is made if it is not there.

        Raises Unavailable, also where it cannot be made because the computer's clock is wrong.
        """
        told = progress or _no_progress
        place = Place(self._paths.demo, demo.PRACTICE_NAME, is_demo=True)
        if not places.is_practice(place.folder):
            from avenrae_desktop.bootstrap.demo.fill import make_demo

            doubt = self.clock_doubt()
            if doubt is not None:
                # Its people would not be born yet, and its weeks would lie where nobody looks.
                raise doubt
            with self._making(self._paths.data) as folder:
                make_demo(folder, self._clock, told)
                self.forget_demo()
                folder.rename(place.folder)
                sync_folder(place.folder.parent)
        keys = places.load_keys(place)
        key = keys.open_by_password(demo.SIGN_IN_NAME, demo.PASSWORD)
        try:
            return self._opened(place, keys, key, keys.people[0].person)
        except Unavailable as error:
            from avenrae_desktop.db.schema import TOO_OLD

            if error.problem is not TOO_OLD:
                raise
        # It was made by an early version of the program: nothing in it is anybody's own.
        self.forget_demo()
        return self.open_demo(progress)

    def forget_demo(self) -> None:
        """Throw the demo practice away; the next `open_demo` makes a new one. Raises Unavailable if it is open."""
        place = Place(self._paths.demo, "", is_demo=True)
        if not place.folder.exists():
            return
        aside = place.folder.with_name(f"{_MAKING}{place.folder.name}")
        with telling_world():
            # Held only to see whether it is open: a locked file keeps Windows from renaming its folder.
            taken_lock(place.lock).release()
            shutil.rmtree(aside, ignore_errors=True)
            # First out of sight, so that half a demo is never opened.
            place.folder.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)

    def _opened(self, place: Place, keys: KeyFile, key: bytes, person: UUID) -> "FileApp":
        from avenrae_desktop.bootstrap.file_app import FileApp
        from avenrae_desktop.db.away import telling_full_disk, watch_disk
        from avenrae_desktop.db.engine import sqlcipher_engine
        from avenrae_desktop.db.health import check_readable, check_whole, last_entry

        place = replace(place, practice_name=keys.practice_name, is_demo=keys.is_demo)
        with telling_world(), telling_full_disk(place.folder), contextlib.ExitStack() as until_open:
            lock = taken_lock(place.lock)
            until_open.callback(lock.release)
            check_readable(place.database, key)
            engine = sqlcipher_engine(place.database, key)
            until_open.callback(engine.dispose)
            check_whole(engine, place.database)
            place = replace(place, last_entry=last_entry(engine))
            app = FileApp(place, engine, keys, key, person, self._clock, lock.release)
            watch_disk(engine, place.database)
            self._remember(place)
            until_open.pop_all()
        return app

    def _remember(self, place: Place) -> None:
        if place.is_demo:
            return
        machine = MachineSettings(self._paths.machine_settings)
        others = tuple(e for e in machine.get(PRACTICES) if e.folder != place.folder)
        mine = Remembered(place.folder, place.practice_name, self._clock())
        # The order of a list is not worth keeping anybody out of their practice.
        with contextlib.suppress(Unavailable):
            machine.set(PRACTICES, (mine, *others))

    @contextlib.contextmanager
    def _making(self, parent: Path) -> Iterator[Path]:
        """A folder to make a practice in, beside its later place; gone again if that fails."""
        with telling_world(parent):
            parent.mkdir(parents=True, exist_ok=True)
            with locked(parent / ".making.lock"):
                for left in parent.glob(f"{_MAKING}*"):  # by a program that died
                    shutil.rmtree(left, ignore_errors=True)
                folder = parent / f"{_MAKING}new"
                folder.mkdir(mode=0o700)
                try:
                    yield folder
                finally:
                    shutil.rmtree(folder, ignore_errors=True)


def _folders(parent: Path) -> list[Path]:
    try:
        return [f for f in parent.iterdir() if places.is_practice(f)]
    except OSError:
        return []


def _when(remembered: Remembered | None) -> datetime | None:
    return None if remembered is None else remembered.last_opened


@contextlib.contextmanager
def _closing_on_error(app: "FileApp") -> Iterator[None]:
    try:
        yield
    except BaseException:
        app.close()
        raise


def _check_not_parked(keys: KeyFile, sign_in_name: str) -> None:
    if keys.is_parked(sign_in_name):
        raise NotAllowed(DISABLED, sign_in_name=sign_in_name)
