"""Writing a small file so that it is there whole or not at all, whatever happens meanwhile."""

import contextlib
import os
from pathlib import Path

ENROLMENT_SUFFIX = ".avenrae"
"""How the files are named with which another desk joins a practice on a server."""


def write_whole(path: Path, content: bytes) -> None:
    """Replace the file by `content`, readable by its owner only, and on the disk when this returns.

    Written beside, flushed, then renamed: a power cut leaves the old file or the new one. Raises OSError;
    then the old file is as it was.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(handle, "wb") as file:  # noqa: PTH123 - opened by descriptor for its mode
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put names made or changed in the folder on the disk (Windows does so by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
