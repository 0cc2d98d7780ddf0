"""PySide6's own Python modules, compiled: its library holds them as text, and would compile them at every start.

It takes them from a folder `files.dir` where there is one ("incarnated", in the words of its signature_bootstrap),
which saves a tenth of the processor's time until the first picture.
"""

import py_compile
import shutil
import subprocess
import sys
from pathlib import Path

INSIDE = "shiboken6/files.dir"
_WRITE = """
import sys
import PySide6.QtCore
from pathlib import Path
held = sys.modules["shibokensupport"].__loader__.zfile
held.extractall(sys.argv[1], [name for name in held.namelist() if name.startswith("shibokensupport/")])
"""


def compiled_support(folder: Path) -> list[tuple[str, str]]:
    """Each file with the folder of the bundle that it goes to; they are made in `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-c", _WRITE, str(folder)], check=True)
    made: list[tuple[str, str]] = []
    for source in sorted(folder.rglob("*.py")):
        inside = source.relative_to(folder)
        compiled = py_compile.compile(
            str(source),
            cfile=str(source.with_suffix(".pyc")),
            dfile=inside.as_posix(),
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
        made.append((str(compiled), f"{INSIDE}/{inside.parent.as_posix()}"))
    return made
