"""Where the packaged program is: AVENRAE_BUNDLE, or what scripts/build makes of the sources as they are."""

import os
import platform
import subprocess
from pathlib import Path

from tests.support.places import ROOT

PACK = ROOT / "build" / "pack"


def found_bundle() -> Path:
    """The unpacked folder; packing takes about a minute, and nothing where the sources did not change."""
    given = os.environ.get("AVENRAE_BUNDLE")
    if given:
        return Path(given)
    subprocess.run([ROOT / "scripts" / "build", "--no-archive"], check=True)
    [found] = PACK.glob(f"avenrae-desktop-*-linux-{platform.machine()}")
    return found
