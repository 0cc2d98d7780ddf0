"""Theme and zoom: changed at once, remembered on this computer."""

from typing import TypeVar, cast

from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.qtkit.theme.theme import Mode
from avenrae_desktop.settings.machine import THEME, ZOOM, MachineSettings, Option

T = TypeVar("T")
STEPS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class LookControl:
    def __init__(self, theme: Theme, machine: MachineSettings) -> None:
        self.theme = theme
        self._machine = machine

    def set_mode(self, mode: str) -> None:
        """One of "system", "light" and "dark"."""
        self.theme.mode = cast("Mode", mode)
        self._keep(THEME, self.theme.mode)

    def toggle(self) -> None:
        """The other of light and dark."""
        self.set_mode("light" if self.theme.dark else "dark")

    def set_zoom(self, zoom: float) -> None:
        self.theme.zoom = zoom
        self._keep(ZOOM, self.theme.zoom)

    def larger(self) -> None:
        self.set_zoom(next((z for z in STEPS if z > self.theme.zoom), STEPS[-1]))

    def smaller(self) -> None:
        self.set_zoom(next((z for z in reversed(STEPS) if z < self.theme.zoom), STEPS[0]))

    def normal(self) -> None:
        self.set_zoom(1.0)

    def _keep(self, option: Option[T], value: T) -> None:
        try:
            self._machine.set(option, value)
        except Unavailable:
            # The look is right for now; it is only not remembered.
            return
