"""Making part of a screen anew without pulling keyboard focus or scroll position away from the person."""

import contextlib
from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget


@contextlib.contextmanager
def kept_focus(within: QWidget) -> Iterator[None]:
    """The button that had the focus has it again afterwards, if there is one of the same name."""
    focused = QApplication.focusWidget()
    had = focused.accessibleName() if focused is not None and within.isAncestorOf(focused) else ""
    yield
    if not had:
        return
    for button in within.findChildren(QAbstractButton):
        if button.accessibleName() == had and not _put_away(button):
            # A new one is shown with the next layout only; what is not shown cannot have the focus.
            button.show()
            button.setFocus(Qt.FocusReason.OtherFocusReason)
            return


def _put_away(widget: QWidget) -> bool:
    """Hidden on purpose, as opposed to not shown yet."""
    return widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


@contextlib.contextmanager
def kept_scroll(area: QScrollArea) -> Iterator[None]:
    """The area stays scrolled to where it was, although its contents are laid out again."""
    bar = area.verticalScrollBar()
    before = bar.value()
    yield
    if before:
        # Not before the contents have their new height.
        QTimer.singleShot(0, bar, lambda: bar.setValue(before))
