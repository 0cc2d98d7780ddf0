"""Where the packaged program is: AVENRAE_BUNDLE, or what scripts/build last made."""

import os
import platform
import subprocess
from pathlib import Path

from tests.support.places import ROOT

PACK = ROOT / "build" / "pack"


def found_bundle() -> Path:
    """The unpacked folder; it is built if it is not there."""
    given = os.environ.get("AVENRAE_BUNDLE")
    if given:
        return Path(given)
    if not list(_built()):
        subprocess.run([ROOT / "scripts" / "build", "--no-archive"], check=True)
    [found] = _built()
    return found


def _built() -> list[Path]:
    return [each for each in PACK.glob(f"avenrae-desktop-*-linux-{platform.machine()}") if each.is_dir()]
