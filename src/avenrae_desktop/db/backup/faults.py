"""What a driver raises outside of the engine, in words."""

import contextlib
from collections.abc import Iterator

import pymysql
import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from avenrae_desktop.db.backup.problems import (
    CANNOT_FREEZE,
    CHANGED_MEANWHILE,
    NO_RIGHT,
    NO_ROOM,
)
from avenrae_desktop.db.faults import DISK_FULL, translate
from avenrae_desktop.kernel.errors import NotAllowed, TryAgain, Unavailable

_NO_RIGHT = {1044, 1045, 1142, 1143, 1227, 1370, 1419}
_LOCKED = {1205, 1213}
_CHANGED = {1146, 1412}


@contextlib.contextmanager
def telling_driver(folder: object = "") -> Iterator[None]:
    """Turn what SQLCipher or PyMySQL raise into errors for people; bugs pass unchanged."""
    try:
        yield
    except pymysql.err.Error as error:
        code, text = (*error.args, "", "")[:2]
        if code in _NO_RIGHT:
            raise NotAllowed(NO_RIGHT, detail=text) from error
        if code in _LOCKED:
            raise TryAgain(CANNOT_FREEZE) from error
        if code in _CHANGED:
            raise TryAgain(CHANGED_MEANWHILE) from error
        told = translate(sa.exc.DBAPIError("", {}, error))
        if told is None:
            raise
        raise told from error
    except sqlcipher.Error as error:
        told = translate(sa.exc.DBAPIError("", {}, error))
        if told is None:
            raise
        if told.problem is DISK_FULL:
            raise Unavailable(NO_ROOM, folder=str(folder)) from error
        raise told from error
