"""Makes the download for Linux: packs the program, adds what belongs beside it, writes its bill, compresses.

Started by scripts/build inside an environment that holds the program's packages and PyInstaller, nothing else.
A folder that was made from the very same sources is not packed again.
"""

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import distribution
from pathlib import Path

from icons import ICON, PNG_SIZES, png
from parts import ROOT, VERSION, sources
from sbom import Part, write_sbom

PACK = ROOT / "build" / "pack"
LINUX = ROOT / "packing" / "linux"
ID = "com.avenrae.Desktop"
MIB = 1024 * 1024
MOST_DOWNLOAD, MOST_INSTALLED = 80 * MIB, 220 * MIB


def main() -> int:
    """Returns 1 if the result is larger than it may be."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--no-archive", action="store_true", help="only the folder in build/pack, to try it out")
    no_archive = asked.parse_args().no_archive
    folder = PACK / f"avenrae-desktop-{VERSION}-linux-{platform.machine()}"
    made = _made_at()
    # A download also says when it was made; a folder to try out need not.
    stamp, to_try, to_give = PACK / "made-from", _state(""), _state(made.isoformat())
    wanted = to_try if no_archive else to_give
    if folder.is_dir() and stamp.exists() and wanted in stamp.read_text().split():
        print(f"{folder.relative_to(ROOT)} is made from these sources already")
    else:
        stamp.unlink(missing_ok=True)
        _make(folder, made)
        stamp.write_text(f"{to_try} {to_give}\n")
    sizes = [("installed", _size(folder), MOST_INSTALLED)]
    if not no_archive:
        sizes.append(("download", _compress(folder, made), MOST_DOWNLOAD))
    for name, size, most in sizes:
        print(f"{name}: {size / MIB:.1f} MiB of {most / MIB:.0f}")
    return int(any(size > most for _, size, most in sizes))


def _state(told: str) -> str:
    """Changes whenever the bundle would."""
    seal = hashlib.sha256(f"{sys.version} {told}".encode())
    for each in sources():
        seal.update(each.relative_to(ROOT).as_posix().encode() + b"\0" + each.read_bytes() + b"\0")
    return seal.hexdigest()


def _make(folder: Path, made: datetime) -> None:
    for old in PACK.glob("avenrae-desktop-*"):  # also those of other versions: there is one that counts
        shutil.rmtree(old)
    _pack()
    shutil.move(PACK / "dist" / "avenrae", folder)
    _add_beside(folder, made)
    parts = write_sbom(folder, PACK / "origins.json", made.isoformat())
    # Licences of the system's libraries come after: which they are is known only now.
    if _add_system_licences(folder, parts):
        write_sbom(folder, PACK / "origins.json", made.isoformat())


def _made_at() -> datetime:
    """The time of the last commit, so that the same sources give the same archive."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        given = subprocess.run(
            ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    return datetime.fromtimestamp(int(given), UTC)


def _pack() -> None:
    shutil.rmtree(PACK / "dist", ignore_errors=True)
    subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", "build.spec", "--noconfirm", "--log-level", "WARN"),
            *("--distpath", str(PACK / "dist"), "--workpath", str(PACK / "work")),
        ],
        cwd=ROOT,
        check=True,
    )


def _add_beside(folder: Path, made: datetime) -> None:
    share = folder / "share"
    icons = share / "icons" / "hicolor"
    _copy(ICON, icons / "scalable" / "apps" / f"{ID}.svg")
    for size in PNG_SIZES:
        target = icons / f"{size}x{size}" / "apps" / f"{ID}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(png(size))
    _copy(LINUX / f"{ID}.desktop", share / "applications" / f"{ID}.desktop")
    _fill_in(LINUX / f"{ID}.metainfo.xml", share / "metainfo" / f"{ID}.metainfo.xml", made)
    _fill_in(LINUX / "README.txt", folder / "README.txt", made)
    shutil.copy2(LINUX / "add-to-menu", folder / "add-to-menu")
    licences = folder / "licences"
    shutil.copytree(ROOT / "resources" / "licences", licences)
    python = Path(sys.base_prefix) / "lib" / f"python3.{sys.version_info.minor}"
    _copy(python / "LICENSE.txt", licences / "python.txt")
    loaders = (each for each in distribution("pyinstaller").files or [] if each.name.upper().startswith("COPYING"))
    _copy(Path(str(next(loaders).locate())), licences / "pyinstaller.txt")


def _add_system_licences(folder: Path, parts: list[Part]) -> int:
    names = [each.name for each in parts if each.purl.startswith("pkg:deb/")]
    for name in names:
        _copy(Path("/usr/share/doc") / name / "copyright", folder / "licences" / "system" / f"{name}.txt")
    return len(names)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _fill_in(source: Path, target: Path, made: datetime) -> None:
    text = source.read_text(encoding="utf-8")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text.replace("@VERSION@", VERSION).replace("@DATE@", f"{made:%Y-%m-%d}"), encoding="utf-8")


def _size(folder: Path) -> int:
    """What it takes on a disk of 4 KiB blocks."""
    files = (each for each in folder.rglob("*") if not each.is_symlink())
    return sum(-(-each.lstat().st_size // 4096) * 4096 for each in files)


def _compress(folder: Path, made: datetime) -> int:
    target = ROOT / "dist" / f"{folder.name}.tar.xz"
    target.parent.mkdir(exist_ok=True)
    subprocess.run(
        [
            *(
                "tar",
                "--create",
                f"--file={target}",
                "--use-compress-program=xz -6 -T0",
                "--sort=name",
                "--format=gnu",
            ),
            *(f"--mtime=@{int(made.timestamp())}", "--owner=0", "--group=0", "--numeric-owner"),
            *("--mode=u+rwX,go+rX,go-w", f"--directory={folder.parent}", folder.name),
        ],
        check=True,
    )
    print(target.relative_to(ROOT))
    return target.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
