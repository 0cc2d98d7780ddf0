"""The version data that Windows shows in a program's properties."""

from typing import Any


def numbers(version: str) -> tuple[int, ...]:
    """Four of them, as Windows compares versions."""
    return (*(int(each) for each in version.split(".")), 0)


def words(version: str) -> dict[str, str]:
    """What the tab "Details" shows."""
    return {
        "FileDescription": "Avenrae Desktop: practice management for healers",
        "FileVersion": version,
        "InternalName": "avenrae",
        "OriginalFilename": "avenrae.exe",
        "ProductName": "Avenrae Desktop",
        "ProductVersion": version,
    }


def version_info(version: str) -> Any:
    """What PyInstaller writes into the executable."""
    from PyInstaller.utils.win32.versioninfo import (
        FixedFileInfo,
        StringFileInfo,
        StringStruct,
        StringTable,
        VarFileInfo,
        VarStruct,
        VSVersionInfo,
    )

    told = [StringStruct(name, value) for name, value in words(version).items()]
    table = StringTable("040904B0", told)
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=numbers(version), prodvers=numbers(version)),
        kids=[StringFileInfo([table]), VarFileInfo([VarStruct("Translation", [0x0409, 1200])])],
    )
