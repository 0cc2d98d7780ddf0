"""What is in the bundle: all of it named in the bill of materials, nothing that nobody needs, within its size."""

import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

MIB = 1024 * 1024
MOST_INSTALLED = 220 * MIB
NEWEST_GLIBC = (2, 36)  # Debian 12
UNWANTED = re.compile(
    r"gtk|qml|quick|designer|webengine|eglfs|virtualkeyboard|libqsqlite|_sqlite3\.cpython.*lib-dynload"
    r"|pytest|hypothesis|mypy|/tests?/|PySide6/.*\.qm$|tkinter|postgresql|oracle|mssql",
    re.IGNORECASE,
)
# What every desktop has, and what has to fit its graphics and its C library rather than ours.
OF_THE_SYSTEM = {
    *("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libresolv.so.2", "libutil.so.1"),
    *(
        "libGL.so.1",
        "libEGL.so.1",
        "libxcb.so.1",
        "libwayland-client.so.0",
        "libwayland-cursor.so.0",
        "libcups.so.2",
    ),
    "ld-linux-x86-64.so.2",
}


@pytest.fixture(scope="module")
def bill(bundle: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((bundle / "sbom.cdx.json").read_text())
    return found


def files(bundle: Path) -> set[str]:
    found = (each for each in bundle.rglob("*") if each.is_file() and not each.is_symlink())
    return {each.relative_to(bundle).as_posix() for each in found}


def told(bill: dict[str, Any]) -> dict[str, str]:
    """Each file of the bill with its hash."""
    return {
        file["name"]: file["hashes"][0]["content"] for part in bill["components"] for file in part["components"]
    }


def test_no_file_is_missing_from_the_bill(bundle: Path, bill: dict[str, Any]) -> None:
    known = told(bill)
    assert set(known) == files(bundle) - {"sbom.cdx.json"}
    for name, seal in known.items():
        assert hashlib.sha256((bundle / name).read_bytes()).hexdigest() == seal, name


def test_the_bill_is_a_cyclonedx_of_known_parts(bill: dict[str, Any]) -> None:
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    references = [part["bom-ref"] for part in bill["components"]]
    references += [file["bom-ref"] for part in bill["components"] for file in part["components"]]
    assert len(references) == len(set(references))
    names = {part["name"] for part in bill["components"]}
    assert {
        "pyside6-essentials",
        "sqlcipher3",
        "pymysql",
        "typst",
        "tzdata",
        "cpython",
        "inter",
        "lucide",
    } <= names
    for part in bill["components"]:
        assert part["version"] or part["name"] == "lucide", part["name"]
        assert part["licenses"], part["name"]


def test_every_part_of_the_system_has_its_licence(bundle: Path, bill: dict[str, Any]) -> None:
    of_debian = [part["name"] for part in bill["components"] if part.get("purl", "").startswith("pkg:deb/")]
    assert of_debian
    for name in of_debian:
        assert len((bundle / "licences" / "system" / f"{name}.txt").read_text()) > 200
    notices = (bundle / "licences" / "third-party.txt").read_text()
    for part in bill["components"]:
        if part.get("purl", "").startswith("pkg:pypi/") and part["name"] != "pyinstaller":
            assert f"\n{part['name']} - " in notices, part["name"]


def test_nothing_unwanted_is_in_it(bundle: Path) -> None:
    assert [name for name in files(bundle) if UNWANTED.search(name)] == []
    zones = bundle / "_internal" / "tzdata" / "zoneinfo" / "Europe" / "Zurich"
    assert zones.is_file()


def test_it_is_small_enough(bundle: Path) -> None:
    size = sum(-(-(bundle / name).stat().st_size // 4096) * 4096 for name in files(bundle))
    assert size <= MOST_INSTALLED, f"{size / MIB:.1f} MiB"


def test_every_library_that_is_needed_is_there(bundle: Path) -> None:
    libraries = [each for each in bundle.rglob("*.so*") if each.is_file() and not each.is_symlink()]
    there = {each.name for each in bundle.rglob("*.so*")}
    lacking: dict[str, str] = {}
    newest = (0, 0)
    for library in libraries:
        read = subprocess.run(["objdump", "-p", library], capture_output=True, text=True, check=True).stdout
        for needed in re.findall(r"NEEDED\s+(\S+)", read):
            if needed not in there and needed not in OF_THE_SYSTEM:
                lacking[needed] = library.name
        for major, minor in re.findall(r"GLIBC_(\d+)\.(\d+)", read):
            newest = max(newest, (int(major), int(minor)))
    assert lacking == {}
    assert newest <= NEWEST_GLIBC
