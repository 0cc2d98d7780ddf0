"""Backups in words: what is being done, how large a file is, since when there is a good one."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from avenrae_desktop.shell.preferences.person_words import when_text


def step_text(step: str, done: int, of: int) -> str:
    """What is being done at the moment, with its share where it is known."""
    tr = QCoreApplication.translate
    words = {
        "copy": tr("Backups", "Copying the practice"),
        "count": tr("Backups", "Counting what is in it"),
        "seal": tr("Backups", "Encrypting the copy"),
        "check": tr("Backups", "Reading the backup back"),
        "restore": tr("Backups", "Restoring"),
        "compare": tr("Backups", "Comparing row by row"),
    }
    text = words.get(step, step)
    return f"{text} … {done * 100 // of} %" if of else f"{text} …"


def size_text(size: int) -> str:
    """Such as "12.4 MB"."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def last_good_text(last_good: datetime | None, now: datetime) -> str:
    """When the last good one was made."""
    if last_good is None:
        return QCoreApplication.translate("Backups", "There is no backup yet")
    text = QCoreApplication.translate("Backups", "Last good backup: {when}")
    return text.format(when=when_text(last_good, now))


def age_text(last_good: datetime, now: datetime) -> str:
    """How old the last good one is, in days."""
    days = (now - last_good).days
    return QCoreApplication.translate("Backups", "{days} days old").format(days=days)
