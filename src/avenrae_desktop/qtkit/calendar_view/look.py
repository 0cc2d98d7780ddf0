"""Colours, fonts and sizes of the calendar, filled from the theme and read at every paint."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from PySide6.QtGui import QColor, QFont, QPixmap

from avenrae_desktop.qtkit.theme import Hue, Theme

Weight = Literal["regular", "medium", "semibold"]
Icons = Callable[[str, str, int, float], QPixmap]
"""Icon name, colour as "#RRGGBB", size in real (zoomed) pixels, device pixel ratio -> picture."""


@dataclass(frozen=True, slots=True)
class CalendarColours:
    """`closed` is the ground of time outside the opening hours."""

    surface: QColor
    closed: QColor
    line: QColor
    fine_line: QColor
    text: QColor
    muted: QColor
    accent: QColor
    on_accent: QColor
    accent_soft: QColor
    accent_ink: QColor
    now: QColor
    on_now: QColor
    focus: QColor


@dataclass(frozen=True)
class CalendarLook:
    """One look; pictures made with another are of no use, so that a new theme or zoom means a new look."""

    colours: CalendarColours
    hue: Callable[[str], Hue]
    icons: Icons
    font: Callable[[float, Weight], QFont]
    zoom: float
    is_dark: bool

    def px(self, length: float) -> int:
        return round(length * self.zoom)

    @cached_property
    def title_font(self) -> QFont:
        return self.font(12, "semibold")

    @cached_property
    def small_font(self) -> QFont:
        return self.font(11, "regular")

    @cached_property
    def small_strong_font(self) -> QFont:
        return self.font(11, "semibold")

    @cached_property
    def day_font(self) -> QFont:
        return self.font(17, "semibold")

    @cached_property
    def name_font(self) -> QFont:
        return self.font(13, "semibold")


def look_of(theme: Theme) -> CalendarLook:
    """The calendar's look under the theme as it is now."""
    tokens = theme.tokens
    return CalendarLook(
        colours=CalendarColours(
            surface=QColor(tokens.surface),
            closed=QColor(tokens.off_hours),
            line=QColor(tokens.line),
            fine_line=QColor(tokens.line_fine),
            text=QColor(tokens.text),
            muted=QColor(tokens.muted),
            accent=QColor(tokens.accent),
            on_accent=QColor(tokens.on_accent),
            accent_soft=QColor(tokens.accent_soft),
            accent_ink=QColor(tokens.accent_ink),
            now=QColor(tokens.now),
            on_now=QColor(tokens.surface),
            focus=QColor(tokens.focus),
        ),
        hue=tokens.hue,
        icons=lambda name, colour, size, dpr: theme.pixmap(name, colour, round(size / theme.zoom), dpr),
        font=theme.font,
        zoom=theme.zoom,
        is_dark=theme.dark,
    )
