"""What lives in the process: memory, Python objects by type, Qt objects by class."""

import gc
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

_OWN = "tests.bench"


@dataclass(frozen=True)
class Census:
    """Taken after a full collection. `rss` and `uss` in KiB; `uss` is what no other process shares."""

    rss: int
    uss: int
    python: Counter[str]
    qt: Counter[str]

    def grown(self, before: "Census") -> dict[str, int]:
        """What there is more of now, by type; Qt's classes begin with "Q" twice over: "Qt QLabel"."""
        more = {f"Qt {name}": count for name, count in (self.qt - before.qt).items()}
        return more | dict(self.python - before.python)


def census() -> Census:
    """Counts what is there when everything that waits for its end has had it."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    rss, uss = memory()
    return Census(rss, uss, _python(), Counter(each.metaObject().className() for each in _qt()))


def memory() -> tuple[int, int]:
    """RSS and USS of this process in KiB."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    found = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return found["Rss"], found["Private_Clean"] + found["Private_Dirty"]


def _python() -> Counter[str]:
    """Frozen ones too: the program freezes what is there when somebody signs in."""
    gc.unfreeze()
    found: Counter[str] = Counter()
    for each in gc.get_objects():
        name = f"{type(each).__module__}.{type(each).__qualname__}"
        if not name.startswith(_OWN):
            found[name] += 1
    return found


def _qt() -> Iterator[QObject]:
    app = QApplication.instance()
    if app is None:
        return
    roots: list[QObject] = [app, *(w for w in QApplication.topLevelWidgets() if w.parent() is None)]
    for root in roots:
        yield root
        yield from root.findChildren(QObject)
