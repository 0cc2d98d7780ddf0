"""The third-party notices name every package that the program runs on."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_notices_are_complete_and_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "notices"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
