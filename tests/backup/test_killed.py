"""SIGKILL of the server in the middle of a restore: no half practice, and the same call goes on.

MySQL, whose server takes longest to be made, is in the long form.
"""

from pathlib import Path

import pytest

from avenrae_desktop.bootstrap.server.backups.restore import restore_server
from avenrae_desktop.bootstrap.server.found import FOREIGN_TABLES
from avenrae_desktop.bootstrap.server.setup import plan
from avenrae_desktop.db.backup.container import Opener
from avenrae_desktop.db.backup.server_load import MARKER
from avenrae_desktop.db.backup.watch import Step, Watch
from avenrae_desktop.kernel.errors import RuleBroken, Unavailable
from tests.backup.desk import rows_in, set_up_desk
from tests.network.own_server import OwnServer
from tests.support.places import ServerKind
from tests.support.server_practice import made_practice, remove
from tests.support.servers import execute


@pytest.mark.parametrize(
    "kind", [pytest.param(ServerKind.MYSQL, marks=pytest.mark.long, id="mysql"), ServerKind.MARIADB]
)
def test_server_killed_in_mid_restore(
    kind: ServerKind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long_form: bool
) -> None:
    """Nothing that looks like a practice is left, and the same call goes on when the server is back."""
    monkeypatch.delenv(kind.own_server_variable, raising=False)
    with OwnServer(kind, tmp_path) as server, made_practice(kind, tmp_path, who={}) as practice:
        desk = set_up_desk(practice, tmp_path / "desk")
        kept, key, before = desk.back_up(own_dump=True), desk.keys().key, rows_in(practice.root)
        remove(server.url, practice.database)
        admin = desk.admin_of("restored")
        for moment in (Step.RESTORE, Step.COMPARE) if long_form else (Step.RESTORE,):
            watch = Watch(lambda at, _done, _of, moment=moment: server.kill() if at is moment else None)
            with pytest.raises(Unavailable):
                restore_server(Opener(kept.path), key, admin, "", watch)
            server.start()
            assert execute(server.url, f"SHOW TABLES IN restored LIKE '{MARKER}'")
            with pytest.raises(RuleBroken) as told:
                plan(admin, "Praxis am Fluss")
            assert told.value.problem is FOREIGN_TABLES
        restored = restore_server(Opener(kept.path), key, admin, "", Watch())
        assert rows_in(server.url.set(database="restored"))["clients"] == before["clients"]
        assert restored.code
