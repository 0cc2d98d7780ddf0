"""Where the icons, fonts and the mark are: beside the source tree, or inside the installed package."""

from functools import cache
from pathlib import Path

from avenrae_desktop.kernel.shipped import shipped


@cache
def root() -> Path:
    """The folder `resources`."""
    return shipped("resources")


def resource(*parts: str) -> Path:
    """A file under `resources`."""
    return root().joinpath(*parts)


def icon_path(name: str) -> Path:
    """The SVG of a Lucide icon."""
    return resource("icons", f"{name}.svg")


def mark_path() -> Path:
    """The program's mark: an SVG drawn in `currentColor`."""
    return resource("mark", "mark.svg")


def app_icon_path() -> Path:
    """The mark on its own ground, for task bars and window lists."""
    return resource("mark", "app.svg")


def font_paths() -> tuple[Path, ...]:
    """The static Inter fonts; Qt ignores the weights of the variable one."""
    return tuple(sorted(resource("fonts").glob("*.ttf")))


def licence_paths() -> tuple[Path, ...]:
    """Licence texts of what lies in `resources`."""
    return tuple(sorted(resource("licences").glob("*.txt")))
