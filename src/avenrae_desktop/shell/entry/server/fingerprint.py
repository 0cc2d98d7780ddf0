"""A certificate's fingerprint, so that two people can read it to each other."""

from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.widgets import PlainLabel

_PAIRS_A_LINE = 8


class FingerprintLabel(PlainLabel):
    """Lines of eight pairs; can be selected and copied."""

    def __init__(self, fingerprint: str, parent: QWidget | None = None) -> None:
        super().__init__(_lines(fingerprint), "pairs", selectable=True, parent=parent)
        self.setAccessibleName(self.tr("Fingerprint") + ": " + fingerprint.replace(":", " "))


def _lines(fingerprint: str) -> str:
    pairs = fingerprint.split(":")
    lines = (pairs[i : i + _PAIRS_A_LINE] for i in range(0, len(pairs), _PAIRS_A_LINE))
    return "\n".join("  ".join(line) for line in lines)
