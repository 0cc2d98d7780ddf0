"""Where the icons, fonts and the mark are: beside the source tree, or inside the installed package."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def root() -> Path:
    """The folder `resources`."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "resources"


def resource(*parts: str) -> Path:
    """A file under `resources`."""
    return root().joinpath(*parts)


def icon_path(name: str) -> Path:
    """The SVG of a Lucide icon."""
    return resource("icons", f"{name}.svg")


def font_paths() -> tuple[Path, ...]:
    """The static Inter fonts; Qt ignores the weights of the variable one."""
    return tuple(sorted(resource("fonts").glob("*.ttf")))


def licence_paths() -> tuple[Path, ...]:
    """Licence texts of what lies in `resources`."""
    return tuple(sorted(resource("licences").glob("*.txt")))
