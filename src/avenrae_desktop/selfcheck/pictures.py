"""Our fonts are the ones that text is drawn with, and every icon can be drawn."""

from pathlib import Path

from PySide6.QtGui import QFontInfo, QImage, QImageReader, QRawFont

from avenrae_desktop.qtkit.assets import root
from avenrae_desktop.qtkit.theme.icons import draw
from avenrae_desktop.selfcheck.finding import Found, expect
from avenrae_desktop.selfcheck.screen import application, theme

_NAMES_ARE_WRITTEN_WITH = "AÄÁČĐŁŞŽßøþ€–“”…"


def check(_folder: Path) -> Found:
    """The font, how many icons there are, and the kinds of pictures that can be read."""
    font = theme(application()).font()
    family = QFontInfo(font).family()
    expect(family.startswith("Inter"), f"text is drawn with {family}")
    glyphs = QRawFont.fromFont(font)
    lacking = [each for each in _NAMES_ARE_WRITTEN_WITH if not glyphs.supportsCharacter(ord(each))]
    expect(not lacking, f"the font lacks {''.join(lacking)}")
    icons = sorted(each.stem for each in (root() / "icons").glob("*.svg"))
    empty = [name for name in icons if not _has_ink(draw(name, "#000000", 24, 1.0).toImage())]
    expect(icons, "no icon is there")
    expect(not empty, f"these icons are empty: {', '.join(empty)}")
    kinds = sorted(bytes(each.data()).decode() for each in QImageReader.supportedImageFormats())
    expect({"svg", "jpeg", "png"} <= set(kinds), f"only {', '.join(kinds)} pictures can be read")
    return {"font": family, "icons": len(icons), "pictures": kinds}


def _has_ink(picture: QImage) -> bool:
    return any(picture.pixelColor(x, y).alpha() for x in range(picture.width()) for y in range(picture.height()))
