"""The program's icon where SVG will not do: PNG, ICO (Windows), ICNS (macOS); drawn by Qt itself."""

import os
import struct
from pathlib import Path

ICON = Path(__file__).resolve().parent.parent / "resources" / "mark" / "app.svg"
ICO_SIZES = (16, 24, 32, 48, 64, 256)
ICNS_KINDS = {b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}
PNG_SIZES = (48, 128, 256)


def png(size: int) -> bytes:
    """The icon as a PNG of that many pixels each way."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    picture = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(ICON)).render(painter)
    painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(held, "PNG")
    return bytes(held.data().data())


def write_ico(file: Path) -> Path:
    """A Windows icon; its pictures are PNGs, as Windows takes them since Vista."""
    pictures = [png(size) for size in ICO_SIZES]
    at = 6 + 16 * len(pictures)
    head, body = struct.pack("<HHH", 0, 1, len(pictures)), b""
    for size, picture in zip(ICO_SIZES, pictures, strict=True):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at + len(body))
        body += picture
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(head + body)
    return file


def write_icns(file: Path) -> Path:
    """A macOS icon."""
    body = b""
    for kind, size in ICNS_KINDS.items():
        picture = png(size)
        body += kind + struct.pack(">I", len(picture) + 8) + picture
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"icns" + struct.pack(">I", len(body) + 8) + body)
    return file
