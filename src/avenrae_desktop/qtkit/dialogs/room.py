"""Room for wrapped words: a window counts their lines at another width than it gets in the end."""

from PySide6.QtWidgets import QDialog


def give_room(dialog: QDialog) -> None:
    """Make a dialog as tall as its words are at its width, as far as the screen goes; call it once it is shown."""
    layout = dialog.layout()
    if layout is None:
        return
    screen = dialog.screen().availableGeometry()
    frame = dialog.frameGeometry().height() - dialog.height()
    width = min(max(dialog.width(), layout.totalMinimumSize().width()), screen.width())
    wanted = min(layout.totalHeightForWidth(width), screen.height() - frame)
    if width > dialog.width() or wanted > dialog.height():
        dialog.resize(width, max(wanted, dialog.height()))
