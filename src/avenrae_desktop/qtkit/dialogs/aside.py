"""Forms that are open but may be out of sight: behind the lock, or waiting for an answer to their save."""

from PySide6.QtWidgets import QApplication

from avenrae_desktop.qtkit.dialogs.form import FormDialog


def forms_aside() -> list[FormDialog]:
    """The forms that wait out of sight for an answer to their save."""
    return [form for form in _forms() if form.aside]


def come_back() -> None:
    """Show the forms again that wait out of sight."""
    for form in forms_aside():
        form.come_back()


def forms_unsaved() -> list[FormDialog]:
    """The forms that would lose something, in sight or not."""
    return [form for form in _forms() if form.unsaved]


def _forms() -> list[FormDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, FormDialog)]
