"""The one style sheet, filled from the tokens: `@name` is a colour, `12px` grows with the zoom."""

import contextlib
import re
import tempfile
from functools import cache
from pathlib import Path

from avenrae_desktop.qtkit.theme.icons import tinted
from avenrae_desktop.qtkit.theme.tokens import Tokens

_COLOUR = re.compile(r"@([a-z_]+(?:\.[a-z]+)?)")
_PIXELS = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)px")
_IMAGE = re.compile(r"icon\(([a-z0-9-]+), @([a-z_]+)\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PREFIX = "avenrae-theme-"
# Memory: there is room where the disk is full to the last block.
_IN_MEMORY = "/dev/shm"  # noqa: S108 - a folder of its own is made in it
_TONED = re.compile(r"/\* each tone \*/(.*?)/\* end \*/", re.DOTALL)


@cache
def _template() -> str:
    return Path(__file__).with_name("theme.qss").read_text(encoding="utf-8")


def image_folder() -> Path:
    """A new folder for the images of `fill`; one that is not there where nothing at all can be written."""
    for parent in (None, _IN_MEMORY):
        try:
            return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        except OSError:
            continue
    return Path(_IN_MEMORY) / "nothing-can-be-written"


def fill(tokens: Tokens, zoom: float, images: Path) -> str:
    """The style sheet's text; tinted images that it names are written into `images`, or left out."""

    def pixels(match: re.Match[str]) -> str:
        size = float(match[1])
        return f"{max(1, round(size * zoom)) if size else 0}px"

    def image(match: re.Match[str]) -> str:
        return _written(match[1], tokens.value(match[2]), images)

    def toned(match: re.Match[str]) -> str:
        return "".join(
            match[1].replace("@tone", name).replace("@fill", t.fill).replace("@bar", t.bar).replace("@ink", t.ink)
            for name, t in tokens.tones.items()
        )

    text = _COMMENT.sub("", _TONED.sub(toned, _template()))
    text = _IMAGE.sub(image, text)
    text = _COLOUR.sub(lambda m: tokens.value(m[1]), text)
    return _PIXELS.sub(pixels, text)


def _written(name: str, colour: str, folder: Path) -> str:
    file = folder / f"{name}-{colour[1:]}.svg"
    if not file.exists():
        try:
            file.write_bytes(tinted(name, colour))
        except OSError:
            # A box that is ticked has its own colour, and fields open without their arrows.
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
            return "none"
    return f'url("{file.as_posix()}")'
