"""The practice's zone and currency as a command sees them."""

from zoneinfo import ZoneInfo

import sqlalchemy as sa

from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.time import zone_of


def _setting(connection: sa.Connection, name: str) -> str:
    query = sa.select(t.settings.c.setting_value).where(t.settings.c.setting_name == name)
    return str(connection.execute(query).scalar_one())


def practice_zone(connection: sa.Connection) -> ZoneInfo:
    """The zone that wall times of the practice are in."""
    return zone_of(_setting(connection, "time_zone"))


def practice_currency(connection: sa.Connection) -> str:
    """The ISO code of the practice's one currency."""
    return _setting(connection, "currency")
