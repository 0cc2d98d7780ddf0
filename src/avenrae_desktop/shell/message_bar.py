"""The window's message bar, which holds its tongue while the window is locked."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.widgets import MessageBar


class WindowBar(MessageBar):
    """While it is quiet it keeps the newest message, which may name a client, for later."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._quiet = False
        self._kept: Callable[[], None] | None = None

    def set_quiet(self, quiet: bool) -> None:
        """Say nothing from now on, or say what came meanwhile."""
        self._quiet = quiet
        kept, self._kept = self._kept, None
        if quiet:
            self.clear()
        elif kept is not None:
            kept()

    def tell(
        self,
        text: str,
        action_text: str | None = None,
        on_action: Callable[[], object] | None = None,
        key_hint: str | None = None,
        tone: str = "neutral",
        *,
        seconds: float = 6,
        title: str = "",
    ) -> None:
        say = partial(super().tell, text, action_text, on_action, key_hint, tone, seconds=seconds, title=title)
        if self._quiet:
            self._kept = say
        else:
            say()
