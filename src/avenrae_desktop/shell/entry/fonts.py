"""A system without fonts: our own has Latin, Greek and Cyrillic letters; others need one of the system's."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontDatabase

# What fontconfig answers even where it has nothing.
_STAND_INS = {"Monospace", "Sans Serif", "Serif"}
_OURS = "Inter"


def lacks_fonts() -> bool:
    """Whether there is no font but ours."""
    return all(each in _STAND_INS or each.startswith(_OURS) for each in QFontDatabase.families())


def fonts_note() -> str:
    """What that means, and what to do."""
    return QCoreApplication.translate(
        "Entrance",
        "This computer has no fonts of its own. Arabic, Hebrew, Chinese or Japanese names are kept as typed, "
        "but show as empty boxes until fonts are installed (such as the package fonts-noto).",
    )
