"""A server of a test's own, which keeps what it acknowledged, and which the test may kill and start again."""

import subprocess
from pathlib import Path
from typing import Self

from sqlalchemy import URL

from tests.support.keeper import prepared
from tests.support.places import ServerKind


class OwnServer:
    """Runs inside the `with` block; its address stands in `run` where tests.support.servers looks for a server."""

    def __init__(self, kind: ServerKind, run: Path) -> None:
        self.kind, self.run = kind, run
        self._prepared = prepared(kind, run / kind.value)
        self._address = run / f"{kind}.url"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> URL:
        return self._prepared.url

    def __enter__(self) -> Self:
        self.start()
        self._address.write_text(self.url.render_as_string(hide_password=False))
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Returns when it answers."""
        self._process = self._prepared.start(durable=True)

    def kill(self) -> None:
        """SIGKILL: nothing is written any more, and nobody is told."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
