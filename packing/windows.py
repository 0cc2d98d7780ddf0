"""The version data that Windows shows in a program's properties."""

from typing import Any


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

    numbers = (*(int(each) for each in version.split(".")), 0)
    words = {
        "FileDescription": "Avenrae Desktop: practice management for healers",
        "FileVersion": version,
        "InternalName": "avenrae",
        "OriginalFilename": "avenrae.exe",
        "ProductName": "Avenrae Desktop",
        "ProductVersion": version,
    }
    table = StringTable("040904B0", [StringStruct(name, value) for name, value in words.items()])
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[StringFileInfo([table]), VarFileInfo([VarStruct("Translation", [0x0409, 1200])])],
    )
