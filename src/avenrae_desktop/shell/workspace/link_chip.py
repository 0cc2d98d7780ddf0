"""The chip in the status line: how the link to the practice server stands, at a glance."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from avenrae_desktop.qtkit.link import Link
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import announce, plain_tip, restyle
from avenrae_desktop.shell.workspace.link_popover import LinkPopover
from avenrae_desktop.shell.workspace.link_words import state_look


class LinkChip(QPushButton):
    """A press says more: since when, what still works, what waits. Hidden where there is no server."""

    def __init__(self, link: Link, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._said = ""
        self.setProperty("role", "state")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.popover = LinkPopover(link, self)
        self.clicked.connect(self.explain)
        link.changed.connect(self._show)
        current_theme().changed.connect(self._show)
        self._show()

    def explain(self) -> None:
        """Open the words about it, above the chip."""
        if self._link.state is None:
            return
        self.popover.refresh()
        at = self.mapToGlobal(QPoint(0, -self.popover.height() - current_theme().px(6)))
        right = self.screen().availableGeometry().right() - self.popover.width()
        self.popover.move(min(at.x(), right), at.y())
        self.popover.show()
        self.popover.focus_first()

    def _show(self) -> None:
        state = self._link.state
        self.setVisible(state is not None)
        if state is None:
            self.popover.close()
            return
        look = state_look(state)
        theme = current_theme()
        self.setText(look.text)
        self.setIcon(theme.icon(look.icon, theme.tokens.tone(look.tone).ink, 14, gap=3))
        if self.property("tone") != look.tone:
            self.setProperty("tone", look.tone)
            restyle(self)
        title = look.title.format(host=self._link.host)
        self.setToolTip(plain_tip(title))
        self.setAccessibleName(self.tr("Practice server: {state}").format(state=look.text))
        self.setAccessibleDescription(self._link.host)
        if self._said and look.text != self._said:
            announce(self, title)
        self._said = look.text
