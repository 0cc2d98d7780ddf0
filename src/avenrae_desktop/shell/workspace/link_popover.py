"""What the chip of the status line says when it is pressed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from avenrae_desktop.kernel.link import LinkState
from avenrae_desktop.qtkit.dialogs import FormDialog, forms_aside
from avenrae_desktop.qtkit.link import Link
from avenrae_desktop.qtkit.moments import time_text
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Button, FactRow, IconLabel, PlainLabel, Section, column, row, show_if
from avenrae_desktop.shell.workspace.link_words import state_look

_WIDTH = 340


class LinkPopover(QFrame):
    """Stays true while it is open. Esc or a press beside it closes it."""

    def __init__(self, link: Link, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._link = link
        self.setProperty("role", "popup")
        self.setAccessibleName(self.tr("Connection to the practice server"))
        self._icon = IconLabel("circle-check", size=20)
        self.title = PlainLabel("", "strong", wrap=True)
        self.since = PlainLabel("", "small")
        self.works, self.waits = FactRow("check"), FactRow("hourglass")
        self.forms = Section(self.tr("Waiting to be saved"), spacing=2)
        self.tried = PlainLabel("", "small", wrap=True)
        self.again = Button(self.tr("Try now"), "primary", icon="refresh-cw")
        self.again.clicked.connect(self._try)
        head = row(column(self._icon, None), column(self.title, self.since, spacing=1), spacing=10)
        head.setStretch(1, 1)
        foot = row(self.tried, None, self.again, spacing=8)
        foot.setStretch(0, 1)
        self.setLayout(column(head, self.works, self.waits, self.forms, foot, spacing=12, margins=16))
        self._trying = False
        link.changed.connect(self.refresh)
        link.answered.connect(self._on_answered)

    def refresh(self) -> None:
        """Say how it stands now."""
        state = self._link.state
        if state is None:
            return
        look = state_look(state)
        self.setFixedWidth(current_theme().px(_WIDTH))
        self._icon.set_icon(look.icon, current_theme().tokens.tone(look.tone).bar)
        self.title.setText(look.title.format(host=self._link.host))
        if self._link.since is not None:
            self.since.setText(self.tr("since {time}").format(time=time_text(self._link.since.astimezone())))
        connected = state is LinkState.CONNECTED
        if connected:
            self.works.set(self.tr("What you save is on the server. What colleagues change appears by itself."))
            self.waits.set("")
        else:
            self.works.set(self.tr("Still works"), self.tr("Looking at what is on screen, and typing into forms."))
            self.waits.set(
                self.tr("Waits"),
                self.tr(
                    "Saving: it is sent again until the server answers. Searching and lists that are not open."
                ),
            )
        self._show_forms()
        show_if(self.again, not connected)
        show_if(self.tried, not connected and bool(self.tried.text()))
        self._fit()

    def _fit(self) -> None:
        """As tall as its wrapped texts; adjustSize counts their lines at their narrowest."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))

    def focus_first(self) -> None:
        """Put the keyboard on what can be done."""
        (self.again if not self.again.isHidden() else self).setFocus(Qt.FocusReason.PopupFocusReason)

    def _show_forms(self) -> None:
        while (item := self.forms.box.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.hide()
                line.deleteLater()
        found = forms_aside()
        for form in found:
            what = " · ".join(filter(None, (form.windowTitle(), form.about)))
            show = Button(self.tr("Show: {form}").format(form=what), "link")
            show.clicked.connect(lambda _=False, form=form: self._come_back(form))
            self.forms.box.addWidget(show, alignment=Qt.AlignmentFlag.AlignLeft)
        show_if(self.forms, bool(found))

    def _come_back(self, form: FormDialog) -> None:
        self.close()
        form.come_back()

    def _try(self) -> None:
        self._trying = True
        self.again.setEnabled(False)
        self.again.setText(self.tr("Trying…"))
        self._link.try_asked.emit()

    def _on_answered(self) -> None:
        if not self._trying:
            return
        self._trying = False
        self.again.setEnabled(True)
        self.again.setText(self.tr("Try now"))
        self.tried.setText("" if self._link.state is LinkState.CONNECTED else self.tr("No answer just now."))
        self.refresh()
        if self.isVisible():
            self.focus_first()
