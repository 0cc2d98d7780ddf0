"""Reads text back from a PDF that typst wrote: enough to see that it is there, and no more.

Text is drawn as numbers of glyphs; each font has a table (ToUnicode) of the characters that they stand for.
"""

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_FONT_USES = re.compile(rb"/(f\d+) (\d+) 0 R")
_PAIR = re.compile(rb"<([0-9A-F]+)>\s*<([0-9A-F]+)>", re.IGNORECASE)
_RANGE = re.compile(rb"<([0-9A-F]+)>\s*<([0-9A-F]+)>\s*<([0-9A-F]+)>", re.IGNORECASE)
# A font is chosen, or glyphs are drawn: in (bytes) or in <hexadecimal>.
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\)|<([0-9A-Fa-f]+)>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_SHORT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def fonts_in(pdf: bytes) -> set[str]:
    """The names of the fonts that are used."""
    return {each.decode() for each in re.findall(rb"/FontName/(?:[A-Z]{6}\+)?([^/<>\s]+)", pdf)}


def text_in(pdf: bytes) -> str:
    """All text, in the order in which it is drawn."""
    objects: dict[bytes, bytes] = dict(_OBJECT.findall(pdf))
    fonts = {name: _characters(objects, number) for body in objects.values() for name, number in _fonts(body)}
    pages = re.findall(rb"/Contents (\d+) 0 R", pdf)
    return "".join("".join(_shown(_content(objects[page]), fonts)) for page in pages)


def _fonts(body: bytes) -> list[tuple[bytes, bytes]]:
    return _FONT_USES.findall(body) if b"/Font<<" in body else []


def _content(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if found is None:
        return b""
    packed = found[1]
    return zlib.decompressobj().decompress(packed) if b"/FlateDecode" in body[: found.start()] else packed


def _characters(objects: dict[bytes, bytes], font: bytes) -> dict[int, str]:
    """What each glyph of a font stands for."""
    table = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    if table is None:
        return {}
    text = _content(objects[table[1]])
    known: dict[int, str] = {}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        known |= {int(glyph, 16): _spelled(codes) for glyph, codes in _PAIR.findall(part)}
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, code in _RANGE.findall(part):
            span = range(int(first, 16), int(last, 16) + 1)
            known |= {glyph: chr(int(code, 16) + glyph - span.start) for glyph in span}
    return known


def _spelled(codes: bytes) -> str:
    return bytes.fromhex(codes.decode()).decode("utf-16-be")


def _shown(content: bytes, fonts: dict[bytes, dict[int, str]]) -> Iterator[str]:
    font: dict[int, str] = {}
    for name, literal, hexadecimal in _SHOWN.findall(content):
        if name:
            font = fonts.get(name, {})
            continue
        glyphs = bytes.fromhex(hexadecimal.decode()) if hexadecimal else _unescaped(literal)
        for at in range(0, len(glyphs) - 1, 2):
            yield font.get(int.from_bytes(glyphs[at : at + 2], "big"), "")


def _unescaped(literal: bytes) -> bytes:
    def plain(found: "re.Match[bytes]") -> bytes:
        said = found[1]
        return bytes([int(said, 8) & 255]) if said.isdigit() else _SHORT.get(said, said)

    return _ESCAPE.sub(plain, literal)
