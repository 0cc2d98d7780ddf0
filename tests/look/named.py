"""What a screen reader is told of one screen: names of all controls, and no two of one name side by side."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

Role = QAccessible.Role
TOLD_APART = {
    Role.Button, Role.CheckBox, Role.RadioButton, Role.EditableText, Role.ComboBox, Role.MenuItem, Role.Link,
}  # fmt: skip
ACTED_ON = {
    *TOLD_APART, Role.List, Role.Table, Role.Tree, Role.Slider, Role.SpinBox, Role.PageTab, Role.ButtonMenu,
    Role.ProgressBar, Role.ListItem,
}  # fmt: skip


def faults(window: QWidget) -> list[str]:
    """One line for each control without a name, and for each that cannot be told from another in its group."""
    root = QAccessible.queryAccessibleInterface(window)
    found: list[str] = []
    for above, children in _families(root):
        names: dict[tuple[Role, str], int] = {}
        for child in children:
            role, name = child.role(), _name(child)
            if role in ACTED_ON and not name:
                found.append(f"no name: {_told(child)} in {_told(above)}")
            if role in TOLD_APART and name:
                names[role, name] = names.get((role, name), 0) + 1
        found += [
            f"{n} times “{name}” ({role.name}) in {_told(above)}" for (role, name), n in names.items() if n > 1
        ]
    return found


def _families(root: QAccessibleInterface) -> Iterator[tuple[QAccessibleInterface, list[QAccessibleInterface]]]:
    """Each thing that shows, with the children of it that show."""
    open_ = [root]
    while open_:
        above = open_.pop()
        children = [c for i in range(above.childCount()) if (c := above.child(i)) is not None and _shows(c)]
        if children:
            yield above, children
        open_ += children


def _shows(thing: QAccessibleInterface) -> bool:
    state = thing.state()
    return thing.isValid() and not state.invisible and not state.offscreen


def _name(thing: QAccessibleInterface) -> str:
    name = thing.text(QAccessible.Text.Name).strip()
    if thing.role() == Role.ComboBox:
        # It is named by its value; only its label says what it is for.
        labels = [r[0] for r in thing.relations() if r[1] & QAccessible.RelationFlag.Label]
        name = next((label.text(QAccessible.Text.Name) for label in labels if label is not None), "")
    return name


def _told(thing: QAccessibleInterface) -> str:
    made = thing.object()
    kind = type(made).__name__ if made is not None else "?"
    return f"{kind} ({thing.role().name}) “{thing.text(QAccessible.Text.Name)}”"
