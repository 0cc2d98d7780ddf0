"""Asking servers for their certificates, and a person whether to trust them. Nothing secret is sent for that."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from avenrae_desktop.kernel.errors import AppError, Unavailable
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.server.certificate import Answer, CertificatePage
from avenrae_desktop.shell.entry.server.local import LocalServerPage
from avenrae_desktop.shell.entry.server.waiting import waited

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.server.servers import Servers
    from avenrae_desktop.db.server.address import Host

NO_TLS = "server.no_tls"
"""What a server is told by that offers no encryption."""
WRONG_PASSWORD = "server.wrong_password"  # noqa: S105 - a problem's code


@dataclass(frozen=True, slots=True)
class Seen:
    """What several servers showed; `silent` are those that did not answer."""

    answers: tuple[Answer, ...]
    silent: tuple[str, ...]
    local: bool

    @property
    def pems(self) -> tuple[str, ...]:
        """The certificates to trust, each once."""
        found = (answer.shown.pem for answer in self.answers if answer.shown is not None)
        return tuple(dict.fromkeys(found))


def look_at(servers: "Servers", hosts: "Sequence[Host]") -> Seen:
    """Blocking. Raises what is wrong with the first host where none answers, or one would not encrypt."""
    local = servers.is_local(hosts)
    answers, silent = [], []
    wrong: AppError | None = None
    for host in hosts:
        if host.is_socket:
            answers.append(Answer(str(host), None))
            continue
        try:
            answers.append(Answer(str(host), servers.shown_certificate(host)))
        except Unavailable as error:
            if error.code == NO_TLS:
                if not local:
                    raise
                answers.append(Answer(str(host), None))
            else:
                wrong = wrong or error
                silent.append(str(host))
    if wrong is not None and not answers:
        raise wrong
    return Seen(tuple(answers), tuple(silent), local)


async def ask_certificates(page: EntryPage, runner: Runner, servers: "Servers", hosts: "Sequence[Host]") -> Seen:
    """What the servers show, behind a page that says so. Raises Stopped, and as `look_at` does."""
    words = page.tr("Asking {servers} who they are…") if len(hosts) > 1 else page.tr("Asking {servers} who it is…")
    text = words.format(servers=", ".join(map(str, hosts)))
    return await waited(page, runner, text, look_at, servers, hosts)


def question(
    seen: Seen,
    trusted: Callable[[], object],
    back: Callable[[], object],
    made_here: frozenset[str] = frozenset(),
) -> EntryPage:
    """The page that asks whether to trust what was seen; `made_here`: fingerprints of certificates made here."""
    page: CertificatePage | LocalServerPage
    if seen.local:
        page = LocalServerPage(seen.answers[0].host, encrypted=bool(seen.pems))
    else:
        page = CertificatePage(seen.answers, seen.silent, datetime.now(UTC), made_here)
    page.trusted.connect(trusted)
    page.cancelled.connect(back)
    return page


def at_field(error: AppError, field: str) -> AppError:
    """The error at the field that was typed, where it names none itself."""
    return error if error.field is not None else type(error)(error.problem, field=field, **error.params)
