"""The running theme: follows the system or the person's wish, and tells the screens when it changes."""

import atexit
import shutil
from typing import Literal

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontDatabase, QFontInfo, QGuiApplication, QIcon, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QStyleFactory, QWidget

from avenrae_desktop.qtkit.assets import app_icon_path, font_paths
from avenrae_desktop.qtkit.theme import icons
from avenrae_desktop.qtkit.theme.palette import palette
from avenrae_desktop.qtkit.theme.sheet import fill, image_folder
from avenrae_desktop.qtkit.theme.tokens import DARK, LIGHT, Tokens

Mode = Literal["system", "light", "dark"]
Weight = Literal["regular", "medium", "semibold"]

ZOOM_MIN, ZOOM_MAX = 0.8, 2.1
AS_SYSTEM = 0.0
"""The zoom of somebody who chose none: as large as the system's own font asks."""
BASE_PX = 13
_USUAL_PX = 16
"""Systems' usual fonts, which differ a little; who set a larger one wants everything larger."""
_WEIGHTS = {
    "regular": QFont.Weight.Normal,
    "medium": QFont.Weight.Medium,
    "semibold": QFont.Weight.DemiBold,
}
_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """Colours, sizes, fonts and icons as they are now. `changed` comes after everything was restyled."""

    changed = Signal()

    def __init__(self, mode: Mode = "system", zoom: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode: Mode = mode
        self._wished = zoom
        self._zoom = _within(zoom or 1.0)
        self._app: QApplication | None = None
        self._bare = False
        # Gone when the program ends, and not before: the application's sheet may outlive this object.
        self._images = image_folder()
        atexit.register(shutil.rmtree, self._images, ignore_errors=True)
        self._drawn: dict[tuple[str, str, int, float], QPixmap] = {}
        self.tokens: Tokens = DARK if mode == "dark" else LIGHT

    @property
    def mode(self) -> Mode:
        return self._mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        if mode != self._mode:
            self._mode = mode
            QGuiApplication.styleHints().setColorScheme(_SCHEMES[mode])
            self._restyle()

    @property
    def zoom(self) -> float:
        return self._zoom

    @zoom.setter
    def zoom(self, zoom: float) -> None:
        zoom = _within(zoom)
        if zoom != self._zoom:
            self._zoom = zoom
            self._restyle()

    @property
    def dark(self) -> bool:
        return self.tokens is DARK

    def apply(self, app: QApplication, *, bare: bool = False) -> None:
        """Dress the whole program; once, before the first window. `bare` leaves the style sheet to `dress`."""
        self._app = app
        self._bare = bare
        if self._wished == AS_SYSTEM:
            self._zoom = _within(zoom_for(app.font()))
        self.setParent(app)
        self.setObjectName("theme")
        for path in font_paths():
            QFontDatabase.addApplicationFont(str(path))
        app.setWindowIcon(QIcon(str(app_icon_path())))
        app.setStyle(QStyleFactory.create("Fusion"))
        hints = QGuiApplication.styleHints()
        if self._mode != "system":
            hints.setColorScheme(_SCHEMES[self._mode])
        hints.colorSchemeChanged.connect(self._on_system_scheme)
        self._restyle()

    def dress(self) -> None:
        """Add the style sheet, if the first picture did without it."""
        if self._app is not None and self._bare:
            self._bare = False
            self._app.setStyleSheet(fill(self.tokens, self._zoom, self._images))

    def px(self, size: float) -> int:
        """A length of the unzoomed design in pixels of now."""
        return max(1, round(size * self._zoom)) if size else 0

    def font(self, size: float = BASE_PX, weight: Weight = "regular") -> QFont:
        """A font by its unzoomed pixel size."""
        font = QFont("Inter")
        font.setPixelSize(self.px(size))
        font.setWeight(_WEIGHTS[weight])
        return font

    def pixmap(self, name: str, role: str = "text", size: int = 20, dpr: float | None = None) -> QPixmap:
        """An icon in a token's colour (or `#RRGGBB`); `size` in unzoomed pixels."""
        ratio = dpr or self._dpr()
        colour = self.tokens.value(role)
        key = (name, colour, self.px(size), ratio)
        if key not in self._drawn:
            self._drawn[key] = icons.draw(*key)
        return self._drawn[key]

    def icon(self, name: str, role: str = "text", size: int = 20, *, gap: int = 0) -> QIcon:
        """An icon with its paler disabled form."""
        room = self.px(gap)
        icon = QIcon(icons.padded(self.pixmap(name, role, size), room))
        icon.addPixmap(icons.padded(self.pixmap(name, "line_strong", size), room), QIcon.Mode.Disabled)
        return icon

    def bind_icon(
        self, target: QWidget | QAction, name: str, role: str = "text", size: int = 18, *, gap: int = 0
    ) -> None:
        """Give a button, label or action its icon, and renew it whenever the look changes.

        `gap` keeps that much room free after it: style sheets cannot set an icon off from its words.
        """
        target.setProperty("avenraeIcon", [name, role, size, gap])
        self._renew(target)

    def _renew(self, target: QObject) -> None:
        bound = target.property("avenraeIcon")
        if not bound:
            return
        name, role, size, gap = bound
        if isinstance(target, QAction):
            target.setIcon(self.icon(name, role, size))
        elif isinstance(target, QAbstractButton):
            target.setIcon(self.icon(name, role, size, gap=gap))
            target.setIconSize(QSize(self.px(size) + self.px(gap), self.px(size)))
        elif hasattr(target, "setPixmap"):
            target.setPixmap(self.pixmap(name, role, size))

    def _restyle(self) -> None:
        if self._app is None:
            return
        self.tokens = DARK if self._wants_dark() else LIGHT
        self._drawn.clear()
        for widget in self._app.allWidgets():
            # What was never shown would keep the font of its birth.
            widget.ensurePolished()
        # Putting one sheet in the place of another takes Qt three times as long as taking it off before.
        self._app.setStyleSheet("")
        self._app.setPalette(palette(self.tokens))
        self._app.setFont(self.font())
        if not self._bare:
            self._app.setStyleSheet(fill(self.tokens, self._zoom, self._images))
        for widget in self._app.allWidgets():
            self._renew(widget)
            for action in widget.actions():
                self._renew(action)
        self.changed.emit()

    def _wants_dark(self) -> bool:
        if self._mode == "system":
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"

    def _on_system_scheme(self) -> None:
        if self._wants_dark() != self.dark:
            self._restyle()

    def _dpr(self) -> float:
        return self._app.devicePixelRatio() if self._app is not None else 1.0


def current_theme() -> Theme:
    """The program's theme, which belongs to the application object; a light one where none was applied."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("a QApplication comes first")
    found = app.findChild(Theme, "theme", Qt.FindChildOption.FindDirectChildrenOnly)
    if found is None:
        found = Theme("light")
        found.apply(app)
    return found


def zoom_for(system_font: QFont) -> float:
    """How large everything is beside that font: 1 beside a usual one, never less."""
    pixels = QFontInfo(system_font).pixelSize()
    return pixels / BASE_PX if pixels > _USUAL_PX else 1.0


def _within(zoom: float) -> float:
    return min(ZOOM_MAX, max(ZOOM_MIN, round(zoom, 2)))
