"""The real program in a process of its own, with somebody inside who does what a test says.

    python -m tests.shell.driven NAME ARGUMENT...

runs the program from its command line on and, once its first page is there, the function NAME of this file.
What that says on a line of its own is read by the test.
"""

import asyncio
import json
import sys
from typing import Any, TypeVar

import sqlalchemy as sa
from PySide6.QtWidgets import QApplication, QDialog

from avenrae_desktop.__main__ import main
from avenrae_desktop.areas.calendar.dialogs import BookingDialog
from avenrae_desktop.areas.clients.domain import AddClient
from avenrae_desktop.bootstrap import App
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.qtkit.dialogs import ReportDialog
from avenrae_desktop.shell.drafts.dialog import DraftsDialog
from avenrae_desktop.shell.program import Program
from tests.support.qt import until

D = TypeVar("D", bound=QDialog)
FOREVER = {
    "file": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT COUNT(*) FROM n",
    "server": "SELECT SLEEP(120)",
}


def say(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


async def demo(program: Program) -> App:
    app: App = await program._runner.ask(program._practices.open_demo)
    program.enter(app)
    return app


async def on_server(program: Program, name: str, password: str) -> App:
    servers = program._practices.servers
    app: App = await program._runner.ask(servers.sign_in, servers.known()[0], name, password)
    program.enter(app)
    return app


async def shown(kind: type[D]) -> D:
    def there() -> list[D]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]

    await until(there)
    return there()[0]


def forever(app: App, writes: bool) -> None:
    statement = FOREVER["file" if app.server is None else "server"]
    with app._engine.connect() as connection:
        if writes:
            connection.exec_driver_sql("CREATE TEMPORARY TABLE held (x INTEGER)")
        say(asked=True)
        connection.execute(sa.text(statement)).all()


# --- what somebody does -----------------------------------------------------------------------------


async def nothing(_program: Program) -> None:
    """Looks at the first page."""


async def long_read(program: Program, *who: str) -> None:
    app = await (on_server(program, *who) if who else demo(program))
    program._runner.start(program._runner.ask(forever, app, False), program)


async def long_write(program: Program, *who: str) -> None:
    """On the lane of changes, where a command would be."""
    app = await (on_server(program, *who) if who else demo(program))
    program._runner.use(lambda _command: forever(app, app.server is None))
    program._runner.start(program._runner.do(None), program)


async def add_clients(program: Program) -> None:
    """One after the other, told as soon as each is saved."""
    await demo(program)
    for number in range(100_000):
        client = new_uuid()
        outcome = await program._runner.do(AddClient(client=client, last_name=f"Kill{number}"))
        assert outcome.changes.touched
        say(saved=str(client))


async def find_clients(program: Program) -> None:
    """Those that were added, and whether the file is whole."""
    app = await demo(program)

    def look() -> tuple[list[str], str]:
        with app._engine.connect() as c:
            names = sa.text(
                "SELECT c.uuid FROM clients c JOIN users u ON u.id = c.user_id WHERE last_name LIKE 'Kill%'"
            )
            found = [bytes(row[0]).hex() for row in c.execute(names)]
            whole = str(c.exec_driver_sql("PRAGMA integrity_check").scalar())
        return found, whole

    found, whole = await program._runner.ask(look)
    say(found=found, whole=whole, told=program.window.bar.text())


async def half_a_booking(program: Program, note: str) -> None:
    app = await demo(program)
    assert program.workspace is not None
    program.workspace.new_booking()
    form = await shown(BookingDialog)
    hit = app.clients.find("Marco Rossi")[0]
    form.client.set_hit(hit)
    form.client.picked.emit(hit)
    form.note.setPlainText(note)
    say(typed=True)


async def what_is_offered(program: Program) -> None:
    await demo(program)
    found = await shown(DraftsDialog)
    say(offered=found.typed.toPlainText(), told=program.window.bar.text())


async def broken(program: Program) -> None:
    """A fault of the interpreter, in the middle of a client's form."""
    import faulthandler

    await half_a_booking(program, "nobody reads this")
    faulthandler._sigsegv()


async def no_loop(program: Program) -> None:
    """A fault of our own at the worst place: the program ends by an exception."""
    await half_a_booking(program, "nobody reads this")
    asyncio.get_running_loop().stop()


async def what_is_told(program: Program) -> None:
    """How the last run ended, and the report behind the button."""
    told = program.window.bar.text()
    program.window.bar.act()
    found = await shown(ReportDialog)
    found.copy.click()
    say(told=told, copied=QApplication.clipboard().text())


def run(name: str, *arguments: str) -> int:
    begin, act = Program.begin, globals()[name]

    def begin_and_act(program: Program) -> None:
        begin(program)
        program._runner.start(act(program, *arguments), program)

    Program.begin = begin_and_act  # type: ignore[method-assign]
    return main([])


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
