"""The one style sheet, filled from the tokens: `@name` is a colour, `12px` grows with the zoom."""

import re
from functools import cache
from pathlib import Path

from avenrae_desktop.qtkit.theme.icons import tinted
from avenrae_desktop.qtkit.theme.tokens import Tokens

_COLOUR = re.compile(r"@([a-z_]+(?:\.[a-z]+)?)")
_PIXELS = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)px")
_IMAGE = re.compile(r"icon\(([a-z0-9-]+), @([a-z_]+)\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_TONED = re.compile(r"/\* each tone \*/(.*?)/\* end \*/", re.DOTALL)


@cache
def _template() -> str:
    return Path(__file__).with_name("theme.qss").read_text(encoding="utf-8")


def fill(tokens: Tokens, zoom: float, images: Path) -> str:
    """The style sheet's text; tinted images that it names are written into `images`."""

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
        file.write_bytes(tinted(name, colour))
    return f'url("{file.as_posix()}")'
