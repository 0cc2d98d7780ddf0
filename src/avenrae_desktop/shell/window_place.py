"""Where the window was, for each set of screens, kept in a small INI file. Losing it does no harm.

A laptop at its dock and the same laptop on a train are two sets: each has its own place, and neither puts the
window where no screen is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QMargins, QRect, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication, QRegion
from PySide6.QtWidgets import QMainWindow

WISHED = QSize(1280, 800)
"""As on the designs."""
LEAST = QSize(1024, 600)
"""What the screens are made for; where a screen has less, the window has less."""
FRAME = QMargins(4, 36, 4, 4)
"""What the system draws around a window, about: its title bar must stay within reach."""
_SETS_KEPT = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """A window without its frame; `rect` is where it goes when it is maximized no more."""

    rect: QRect
    maximized: bool


def screens_key() -> str:
    """The set of screens that is there now, as a short name. Screens that swap places are another set."""
    found = sorted(
        f"{s.name()} {s.geometry().getRect()} {s.devicePixelRatio():g}" for s in QGuiApplication.screens()
    )
    # Qt's own hash: Python's would load OpenSSL before the first picture.
    seal = QCryptographicHash.hash("|".join(found).encode(), QCryptographicHash.Algorithm.Sha1)
    return bytes(seal.toHex().data()).decode()[:16]


def free_areas() -> tuple[QRect, ...]:
    """What each screen has beside the system's own bars, the first one first."""
    primary = QGuiApplication.primaryScreen()
    screens = sorted(QGuiApplication.screens(), key=lambda s: s is not primary)
    return tuple(s.availableGeometry() for s in screens)


def first_spot(area: QRect) -> Spot:
    """Where nothing is known: in the middle, or all of a screen that is too small for the least size."""
    room = area.marginsRemoved(FRAME)
    size = WISHED.boundedTo(room.size())
    rect = QRect(room.topLeft(), size)
    rect.moveCenter(room.center())
    return Spot(rect, maximized=not fits(LEAST, room.size()))


def fits(size: QSize, into: QSize) -> bool:
    return size.width() <= into.width() and size.height() <= into.height()


def fitted(spot: Spot, areas: Sequence[QRect]) -> Spot:
    """The same spot where it is all on screens; else moved to the nearest one, and no larger than it."""
    if QRegion(spot.rect).subtracted(_union(areas)).isEmpty():
        return spot
    home = max(areas, key=lambda area: (_shared(spot.rect, area), -_apart(spot.rect, area)))
    room = home.marginsRemoved(FRAME)
    rect = QRect(spot.rect.topLeft(), spot.rect.size().boundedTo(room.size()))
    rect.moveLeft(max(room.left(), min(rect.left(), room.right() - rect.width() + 1)))
    rect.moveTop(max(room.top(), min(rect.top(), room.bottom() - rect.height() + 1)))
    return Spot(rect, spot.maximized)


def _union(areas: Sequence[QRect]) -> QRegion:
    whole = QRegion()
    for area in areas:
        whole = whole.united(area)
    return whole


def _shared(rect: QRect, area: QRect) -> int:
    both = rect.intersected(area)
    return both.width() * both.height() if both.isValid() else 0


def _apart(rect: QRect, area: QRect) -> int:
    return (rect.center() - area.center()).manhattanLength()


class WindowPlace:
    """One line for each set of screens: "x y width height maximized number", the number counts up with use."""

    def __init__(self, file: Path) -> None:
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    def restore(self, window: QMainWindow) -> bool:
        """Put the window where it was with these screens; at a first spot, and False, when nothing is known."""
        areas = free_areas()
        if not areas:
            return False
        window.setMinimumSize(LEAST.boundedTo(_largest(areas)))
        known = self.known(screens_key())
        put(window, fitted(known, areas) if known is not None else first_spot(areas[0]))
        return known is not None

    def stay_on_screen(self, window: QMainWindow) -> None:
        """Move the window only where part of it could not be reached."""
        areas = free_areas()
        if areas and not window.isMaximized():
            here = Spot(window.geometry(), maximized=False)
            there = fitted(here, areas)
            if there != here:
                put(window, there)

    def keep(self, window: QMainWindow) -> None:
        """Remember where the window is now, for the screens that are there now."""
        maximized = window.isMaximized() or window.isFullScreen()
        rect = window.normalGeometry() if maximized or window.isMinimized() else window.geometry()
        if rect.isValid():
            self.remember(screens_key(), Spot(rect, maximized))

    def known(self, key: str) -> Spot | None:
        """What was remembered for a set of screens; None for nothing, or for what cannot be read."""
        parts = self._parts(key)
        if parts is None or parts[2] <= 0 or parts[3] <= 0:
            return None
        return Spot(QRect(*parts[:4]), bool(parts[4]))

    def remember(self, key: str, spot: Spot) -> None:
        """Keep it; the set that was used longest ago is forgotten when there are too many."""
        used = {each: (self._parts(each) or (0,) * 6)[5] for each in self._keys()}
        number = max(used.values(), default=0) + 1
        values = (*spot.rect.getRect(), int(spot.maximized), number)  # type: ignore[misc]
        self._store.setValue(f"places/{key}", " ".join(map(str, values)))
        for old in sorted((each for each in used if each != key), key=lambda each: used[each])[: 1 - _SETS_KEPT]:
            self._store.remove(f"places/{old}")
        self._store.sync()

    def _keys(self) -> list[str]:
        return [key.removeprefix("places/") for key in self._store.allKeys() if key.startswith("places/")]

    def _parts(self, key: str) -> tuple[int, ...] | None:
        try:
            found = tuple(int(each) for each in str(self._store.value(f"places/{key}", "")).split())
        except ValueError:
            return None
        return found if len(found) == 6 else None


def put(window: QMainWindow, spot: Spot) -> None:
    """Put the window there."""
    window.setGeometry(spot.rect)
    if window.isMaximized() != spot.maximized and not window.isMinimized():
        window.setWindowState(Qt.WindowState.WindowMaximized if spot.maximized else Qt.WindowState.WindowNoState)


def _largest(areas: Sequence[QRect]) -> QSize:
    rooms = [area.marginsRemoved(FRAME).size() for area in areas]
    return max(rooms, key=lambda size: size.width() * size.height())
