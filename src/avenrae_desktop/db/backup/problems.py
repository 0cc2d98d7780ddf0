"""What keeps a backup, a restore or an export from being done, in words."""

import errno

from avenrae_desktop.kernel.errors import AppError, Problem, RuleBroken, Unavailable, noop

NOT_A_BACKUP = Problem(
    "backup.not_a_backup",
    noop("This is not a backup of Avenrae Desktop"),
    noop("“{name}” was made by another program, or is another kind of file. Nothing was changed."),
    noop("Choose a file that ends in .avbackup. How a plain dump is restored stands in docs/backup.md."),
)
DAMAGED = Problem(
    "backup.damaged",
    noop("This backup is damaged"),
    noop(
        "“{name}” was cut off or altered since it was made, so nothing of it can be trusted. Nothing was changed."
    ),
    noop("Choose another backup, and copy this one anew from where it came."),
)
TOO_NEW = Problem(
    "backup.too_new",
    noop("This backup needs a newer program"),
    noop("It was made by a newer version of Avenrae Desktop (format {found}, this is {known})."),
    noop("Install the newest version of the program, then restore again. Nothing was changed."),
)
OTHER_VERSION = Problem(
    "backup.other_version",
    noop("This backup is of another version"),
    noop("It holds a practice of format {found}; this program restores format {known} to a server."),
    noop("Restore it with the version of the program that made it, then update. Nothing was changed."),
)
UNREADABLE = Problem(
    "backup.unreadable",
    noop("The backup could not be read"),
    noop("The system refused to read “{name}”: {detail}"),
    noop("Check that the disk or stick is connected, then try again."),
)
NOT_WRITTEN = Problem(
    "backup.not_written",
    noop("The file could not be written"),
    noop("The system refused to write in “{folder}”: {detail} Nothing half done was left there."),
    noop("Choose a folder that you may write to, or connect the disk, then try again."),
)
NO_ROOM = Problem(
    "backup.no_room",
    noop("There is no room left on the disk"),
    noop("“{folder}” is full. What was begun was taken away again; older backups are untouched."),
    noop("Free some space or choose a folder on another disk, then try again."),
)
DIFFERS = Problem(
    "backup.differs",
    noop("The backup did not pass its test"),
    noop(
        "Read back, it is not the same as the practice: {detail}. It was thrown away; older backups are untouched."
    ),
    noop("Make it again. If it fails again, check the disk, and send us the message."),
)
STOPPED = Problem(
    "backup.stopped",
    noop("Stopped"),
    noop("You stopped it. Nothing half done was left."),
    noop("Begin again when you like."),
)
BUSY = Problem(
    "backup.busy",
    noop("A backup is under way already"),
    noop("Another window or command is making one in “{folder}”."),
    noop("Wait until it has ended."),
)
ALREADY_THERE = Problem(
    "backup.already_there",
    noop("Nothing is overwritten"),
    noop("“{name}” is there already."),
    noop("Name a folder, file or database that is not there yet."),
)
CANNOT_FREEZE = Problem(
    "backup.cannot_freeze",
    noop("The server was too busy for a backup"),
    noop("For a moment all tables have to stand still, and somebody was writing for a long time."),
    noop("Try again in a minute. Nothing was changed."),
)
NO_RIGHT = Problem(
    "backup.no_right",
    noop("The account may not make backups"),
    noop("The server said: {detail}"),
    noop("Set backups up again on this computer, with the account of the server's administrator."),
)
DUMP_FAILED = Problem(
    "backup.dump_failed",
    noop("The server's dump program failed"),
    noop("“{program}” ended in the middle: {detail}"),
    noop("Try again. Older backups are untouched."),
)
CHANGED_MEANWHILE = Problem(
    "backup.changed_meanwhile",
    noop("The tables were changed during the backup"),
    noop("Somebody updated the structure of the database at this moment."),
    noop("Try again when the update is done."),
)
UNKNOWN_TABLE = Problem(
    "export.unknown_table",
    noop("There is no such table"),
    noop("“{name}” is none of the practice's tables."),
    noop("Choose one of: {tables}."),
)
TOO_LONG_FOR_XLSX = Problem(
    "export.too_long",
    noop("A text is too long for a spreadsheet"),
    noop("Cells of XLSX hold 32,767 characters; in “{column}” there is a longer text. Nothing was written."),
    noop("Export the table as CSV or SQL instead."),
)

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def refused_by_system(error: OSError, folder: object) -> AppError:
    """What the system said when a file was to be written."""
    if error.errno in _FULL:
        return Unavailable(NO_ROOM, folder=str(folder))
    return Unavailable(NOT_WRITTEN, folder=str(folder), detail=f"{error.strerror or error}.")


def stopped() -> AppError:
    return RuleBroken(STOPPED)
