"""Short ways to write layouts, labelled fields and frames."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets.labels import PlainLabel

Item = QWidget | QLayout | None


def column(*items: Item, spacing: int = 8, margins: int = 0) -> QVBoxLayout:
    """Items from top to bottom; None stretches. Sizes in unzoomed pixels."""
    layout = QVBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def row(*items: Item, spacing: int = 8, margins: int = 0) -> QHBoxLayout:
    """Items from left to right; None stretches."""
    layout = QHBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def _fill(layout: QBoxLayout, items: Iterable[Item], spacing: int, margins: int) -> None:
    px = current_theme().px
    layout.setSpacing(px(spacing))
    layout.setContentsMargins(px(margins), px(margins), px(margins), px(margins))
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)


def labelled(label_text: str, widget: QWidget, hint: str = "") -> QWidget:
    """The field under its label: the label is its buddy (Alt+letter, and a combo box's only way to a
    name for screen readers); other fields get the name too, without the `&`.
    """
    holder = QWidget()
    label = PlainLabel(label_text, "field")
    # What stands for the whole where a field has several parts: a combo box only hears its own label.
    label.setBuddy(widget.focusProxy() or widget)
    name(widget, label_text)
    typed = widget.lineEdit() if isinstance(widget, QComboBox) else None
    if typed is not None:
        name(typed, label_text)
    box = column(label, widget, spacing=4)
    if hint:
        box.addWidget(PlainLabel(hint, "small", wrap=True))
        widget.setAccessibleDescription(hint)
    holder.setLayout(box)
    return holder


def name(widget: QWidget, text: str) -> None:
    """Name a control that has no label of its own for screen readers."""
    widget.setAccessibleName(text.replace("&", ""))


def show_if(widget: QWidget, wanted: bool) -> None:
    """Show or hide a part of a screen; unlike setVisible, a part without a parent yet opens no window."""
    if not wanted:
        widget.hide()
    elif widget.parentWidget() is not None:
        widget.show()
    else:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)


class Card(QFrame):
    """A white ground with a fine border; fill `box`."""

    def __init__(self, parent: QWidget | None = None, *, margins: int = 16, spacing: int = 10) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.box = column(spacing=spacing, margins=margins)
        self.setLayout(self.box)


class Section(QWidget):
    """A small heading in capitals over its contents; fill `box`."""

    def __init__(self, title: str, parent: QWidget | None = None, *, spacing: int = 6) -> None:
        super().__init__(parent)
        self.heading = PlainLabel(title, "caption")
        self.box = column(spacing=spacing)
        self.setLayout(column(self.heading, self.box, spacing=8))


class Divider(QFrame):
    """A fine line across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "divider")
