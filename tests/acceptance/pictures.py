"""Looks at pictures with ImageMagick: how much is in them, and how bright they are."""

import subprocess
from pathlib import Path


def _measured(picture: Path, what: str) -> float:
    done = subprocess.run(
        ["convert", str(picture), "-colorspace", "Gray", "-format", f"%[fx:{what}]", "info:"],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def contrast(picture: Path) -> float:
    """Standard deviation of the brightness, 0 for a blank picture, at most 0.5."""
    return _measured(picture, "standard_deviation")


def brightness(picture: Path) -> float:
    """Mean brightness, 0 black to 1 white."""
    return _measured(picture, "mean")
