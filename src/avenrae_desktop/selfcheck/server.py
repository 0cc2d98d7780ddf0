"""A practice server of the asker's own: found, verified, signed in to and asked one question."""

import getpass
from pathlib import Path

import sqlalchemy as sa

from avenrae_desktop.db.server.connect import host_of, practice_engine
from avenrae_desktop.db.server.enrolment import read_enrolment
from avenrae_desktop.db.server.tls import context_for
from avenrae_desktop.selfcheck.finding import Found, expect


def check(enrolment: Path, user: str | None, password_file: Path | None) -> Found:
    """Which server it is and how the connection is encrypted. Raises AppError in words."""
    expect(user, "--user is missing: your sign-in name on that server")
    address = read_enrolment(enrolment).address
    if password_file is None:
        password = getpass.getpass("Your password: ")
    else:
        password = password_file.read_text(encoding="utf-8").split("\n")[0].rstrip("\r")
    context = context_for(address)
    engine = practice_engine(address, str(user), password, context)
    try:
        with engine.connect() as connection:
            version = connection.execute(sa.text("SELECT VERSION()")).scalar_one()
            cipher = connection.execute(sa.text("SHOW SESSION STATUS LIKE 'Ssl_cipher'")).one()[1]
        return {"host": host_of(engine), "version": version, "trust": address.trust.value, "cipher": cipher}
    finally:
        engine.dispose()
