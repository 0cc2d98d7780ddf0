"""Making part of a screen anew without pulling keyboard focus or scroll position away from the person."""

import contextlib
from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget


@contextlib.contextmanager
def kept_focus(within: QWidget) -> Iterator[None]:
    """The button that had the focus has it again afterwards, if there is one of the same name."""
    # A window that is not in front just now keeps its focus too.
    focused = within.window().focusWidget()
    had = focused.accessibleName() if focused is not None and within.isAncestorOf(focused) else ""
    yield
    if not had:
        return
    for button in within.findChildren(QAbstractButton):
        line = _line_up(button, within)
        if button.accessibleName() == had and not any(map(_put_away, line)):
            # A new one is shown with the next layout only; what is not shown cannot have the focus.
            for each in line:
                each.show()
            button.setFocus(Qt.FocusReason.OtherFocusReason)
            return


def _line_up(widget: QWidget, within: QWidget) -> list[QWidget]:
    """The widget and what it stands in, up to `within`."""
    line: list[QWidget] = []
    at: QWidget | None = widget
    while at is not None and at is not within:
        line.append(at)
        at = at.parentWidget()
    return line


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
