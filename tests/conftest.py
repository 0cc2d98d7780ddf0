"""Fixtures for all tests. Environment first: Qt and platformdirs read it when they are imported."""

import gc
import logging
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from tests.support.leaks import LogTrap, QtState, leaked_threads, qt_widgets
from tests.support.servers import Run

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tests.support.engines import EngineKind, Place
    from tests.support.recycled import Recycler

RUN = pytest.StashKey[Run]()
FOLDER = pytest.StashKey[Path]()
QT_BEFORE = pytest.StashKey[QtState]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the long forms: many kills, 30 s races")


def pytest_configure(config: pytest.Config) -> None:
    worker = getattr(config, "workerinput", None)
    if worker is None:
        config.stash[RUN] = Run()
        config.stash[FOLDER] = config.stash[RUN].folder
    else:
        config.stash[FOLDER] = Path(worker["run_folder"])
    _private_environment(config.stash[FOLDER])
    # Said by Qt's offscreen platform of every popup and every window with a minimum size.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")
    hypothesis_settings.register_profile("short", deadline=None, print_blob=True)
    hypothesis_settings.register_profile("long", deadline=None, print_blob=True, max_examples=2000)
    hypothesis_settings.load_profile("long" if config.getoption("--long") else "short")


def _private_environment(folder: Path) -> None:
    """No test draws on the developer's screen or writes among the developer's own files."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Started in the background, where Ctrl+C means nothing; the programs that tests start would inherit that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["LC_ALL"] = "C.UTF-8"  # Qt warns about any other encoding, and warnings fail tests
    for name in ("CONFIG_HOME", "DATA_HOME", "CACHE_HOME", "STATE_HOME", "RUNTIME_DIR"):
        own = folder / f"xdg-{os.getpid()}" / name.lower()
        own.mkdir(parents=True, mode=0o700, exist_ok=True)
        os.environ[f"XDG_{name}"] = str(own)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: "object") -> None:
    """xdist: tells each worker where the run's shared folder is."""
    node.workerinput["run_folder"] = str(node.config.stash[FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    run = config.stash.get(RUN, None)
    if run is not None:
        run.end()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    long = [each for each in items if each.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [each for each in items if each not in long]


@pytest.fixture(scope="session")
def long_form(pytestconfig: pytest.Config) -> bool:
    """Whether `scripts/test --long` was asked for: tests with a short and a long form size themselves by it."""
    return bool(pytestconfig.getoption("--long"))


# --- databases ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def run_folder(pytestconfig: pytest.Config) -> Path:
    """A folder that all workers of this run share."""
    return pytestconfig.stash[FOLDER]


@pytest.fixture(params=["sqlcipher", "mysql", "mariadb"])
def engine_kind(request: pytest.FixtureRequest) -> "EngineKind":
    """Every test that uses it, or `db`, or `place`, runs on all three engines."""
    from tests.support.engines import EngineKind

    return EngineKind(request.param)


@pytest.fixture
def empty_place(engine_kind: "EngineKind", run_folder: Path, tmp_path: Path) -> "Iterator[Place]":
    """A database of the kind without any table."""
    from tests.support.engines import empty_place

    with empty_place(engine_kind, run_folder, tmp_path) as place:
        yield place


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("template") / "practice.db"


@pytest.fixture(scope="session")
def recycler(run_folder: Path) -> "Recycler":
    from tests.support.recycled import Recycler

    return Recycler(run_folder)


@pytest.fixture
def place(
    engine_kind: "EngineKind", recycler: "Recycler", template_file: Path, tmp_path: Path
) -> "Iterator[Place]":
    """A database of the kind with the whole schema and no rows; `place.open()` works in other processes too."""
    from tests.support.engines import EngineKind, Place, fill
    from tests.support.places import ServerKind

    if engine_kind is EngineKind.SQLCIPHER:
        made = Place(engine_kind, tmp_path / "practice.db")
        fill(made, template_file)
        yield made
        return
    with recycler.place(ServerKind(engine_kind.value)) as recycled:
        yield recycled


@pytest.fixture
def db(place: "Place") -> "Iterator[Engine]":
    """An engine on a fresh, empty database: the test runs on SQLCipher, MySQL and MariaDB."""
    engine = place.open()
    yield engine
    engine.dispose()


@pytest.fixture
def sqlcipher_place(tmp_path: Path, template_file: Path) -> "Place":
    """As `place`, on a SQLCipher file only: for rules that no engine can change."""
    from tests.support.engines import EngineKind, Place, fill

    place = Place(EngineKind.SQLCIPHER, tmp_path / "practice.db")
    fill(place, template_file)
    return place


@pytest.fixture
def file_db(sqlcipher_place: "Place") -> "Iterator[Engine]":
    """As `db`, on a SQLCipher file only."""
    engine = sqlcipher_place.open()
    yield engine
    engine.dispose()


@pytest.fixture
def statements() -> "Callable[[Engine], AbstractContextManager[list[str]]]":
    """Counts round trips: inside a `with` block on an engine, a list of the SQL that ran."""
    from tests.support.engines import count_statements

    return count_statements


# --- nothing is left behind -----------------------------------------------------------------------


@pytest.fixture
def logged() -> list[logging.LogRecord]:
    """Our own log records at WARNING and above. They fail a test unless it asks for them here."""
    return []


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    trap = LogTrap()
    expected = "logged" in request.fixturenames
    if expected:
        trap.records = request.getfixturevalue("logged")
    root = logging.getLogger()
    root.addHandler(trap)
    yield
    root.removeHandler(trap)
    if not expected and trap.records:
        pytest.fail("logged at WARNING or above:\n" + "\n".join(trap.lines()), pytrace=False)


@pytest.fixture(autouse=True)
def _no_leaked_threads() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = leaked_threads(before)
    if left:
        pytest.fail(f"threads outlive the test: {left}", pytrace=False)


def pytest_collection_finish() -> None:
    """What is loaded by now stays, and need not be looked at by each collection."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    if _uses_qt(item):
        # A circle that holds a QObject must not be collected on whichever thread happens to allocate: Qt crashes.
        gc.disable()
    if _uses_qt(item) or qt_widgets() is not None:
        item.stash[QT_BEFORE] = QtState()
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """After all fixtures, also after qtbot has closed the widgets that it was given."""
    try:
        yield
    finally:
        if _uses_qt(item):
            gc.collect()
            gc.enable()
    before = item.stash.get(QT_BEFORE, None)
    left = before.leaks() if before is not None else []
    if left:
        pytest.fail("Qt objects outlive the test: " + "; ".join(left), pytrace=False)


def _uses_qt(item: pytest.Item) -> bool:
    return bool({"qtbot", "qapp"} & set(getattr(item, "fixturenames", ())))
