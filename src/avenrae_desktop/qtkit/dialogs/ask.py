"""Opening dialogs without `exec()`, which would freeze every task that is under way."""

import asyncio

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.qtkit.problems import problem_texts
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Button, IconLabel, PlainLabel, column, row

_LARGE = 40
"""Widgets, of which a plain question has a dozen and the form of a booking a hundred."""


async def ask(dialog: QDialog) -> bool:
    """Open the dialog over its window and wait until it is closed; True when it was accepted.

    Its fields can still be read afterwards; focus goes back to where it was.
    """
    closed: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def finish(accepted: bool) -> None:
        if not closed.done():
            closed.set_result(accepted)

    before = _focused(dialog.parentWidget())
    dialog.finished.connect(lambda code: finish(code == QDialog.DialogCode.Accepted))
    # Its window may go while it is open (the program locks or ends): then nothing was accepted.
    gone = dialog.destroyed.connect(lambda: finish(False))
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    try:
        await _made_ready(dialog)
        if not closed.done():
            dialog.show()
        accepted = await closed
    except asyncio.CancelledError:
        _dismiss(dialog)
        raise
    _let_go(dialog, gone)
    _focus(before)
    return accepted


async def _made_ready(dialog: QDialog) -> None:
    """Making a large form is as much as the screen may do in one piece; so is dressing it, and showing it."""
    if len(dialog.findChildren(QWidget)) < _LARGE:
        return
    await asyncio.sleep(0)
    try:
        for widget in dialog.findChildren(QWidget):
            widget.ensurePolished()
        dialog.sizeHint()
    except RuntimeError:
        # Its window took it along.
        return
    await asyncio.sleep(0)


def _dismiss(dialog: QDialog) -> None:
    try:
        dialog.hide()
        dialog.deleteLater()
    except RuntimeError:
        # Its window took it along.
        return


def _let_go(dialog: QDialog, gone: object) -> None:
    """Without a parent it lives as long as its caller holds it, and no longer."""
    try:
        dialog.disconnect(gone)  # type: ignore[call-overload]
        dialog.setParent(None)
    except RuntimeError:
        return


def _focused(opener: QWidget | None) -> QWidget | None:
    # A window that is not in front just now remembers where its focus was.
    return QApplication.focusWidget() or (None if opener is None else opener.window().focusWidget())


def _focus(widget: QWidget | None) -> None:
    try:
        if widget is not None and widget.isVisible():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
    except RuntimeError:
        return


class Notice(QDialog):
    """A question or message with one or two buttons. Esc is the careful answer."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        action_text: str,
        *,
        cancel_text: str | None = None,
        danger: bool = False,
        icon: str = "info",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        px = current_theme().px
        self.setMinimumWidth(px(400))
        self.setMaximumWidth(px(520))
        self.action = Button(action_text, "danger" if danger else "primary")
        self.action.clicked.connect(self.accept)
        buttons = row(None, spacing=8)
        if cancel_text is not None:
            self.cancel = Button(cancel_text)
            self.cancel.clicked.connect(self.reject)
            buttons.addWidget(self.cancel)
        buttons.addWidget(self.action)
        # What cannot be taken back is not one careless Return away.
        (self.cancel if danger and cancel_text is not None else self.action).setDefault(True)
        words = column(PlainLabel(title, "heading", wrap=True), spacing=6)
        words.addWidget(PlainLabel(text, wrap=True, selectable=True))
        mark = column(IconLabel(icon, "danger" if danger else "accent", 22), None)
        body = row(mark, words, spacing=14)
        body.setStretch(1, 1)
        self.setLayout(column(body, buttons, spacing=20, margins=20))
        self.setAccessibleDescription(text)
        (self.cancel if danger and cancel_text is not None else self.action).setFocus()


async def confirm(
    parent: QWidget | None,
    title: str,
    text: str,
    action_text: str,
    *,
    danger: bool = False,
    cancel_text: str | None = None,
) -> bool:
    """Ask whether to go on; True for yes. `danger` is for what cannot be taken back."""
    cancel = QCoreApplication.translate("Notice", "Cancel") if cancel_text is None else cancel_text
    icon = "triangle-alert" if danger else "circle-help"
    return await ask(Notice(parent, title, text, action_text, cancel_text=cancel, danger=danger, icon=icon))


async def message(parent: QWidget | None, error: AppError) -> None:
    """Tell what went wrong, over the window."""
    title, what, advice = problem_texts(error)
    text = "\n\n".join(filter(None, (what, advice)))
    await ask(Notice(parent, title, text, QCoreApplication.translate("Notice", "OK"), icon="circle-alert"))
