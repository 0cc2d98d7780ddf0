"""The pages for practices on a server as pictures, with made-up data: no server is needed to look at them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from avenrae_desktop.kernel.errors import Problem, RuleBroken, Unavailable, noop
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.shell.entry.fault import FaultPage
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.server.certificate import Answer, CertificatePage
from avenrae_desktop.shell.entry.server.choose_password import ChoosePasswordPage
from avenrae_desktop.shell.entry.server.enrolled import EnrolledPage
from avenrae_desktop.shell.entry.server.join import BY_ADDRESS, JoinPage
from avenrae_desktop.shell.entry.server.local import LocalServerPage
from avenrae_desktop.shell.entry.server.place_words import hosts_words
from avenrae_desktop.shell.entry.server.set_up.account import AccountPage
from avenrae_desktop.shell.entry.server.set_up.checks import ChecksPage
from avenrae_desktop.shell.entry.server.set_up.make_certificate import CertificateMadePage, MakeCertificatePage
from avenrae_desktop.shell.entry.server.set_up.plan import PlanPage
from avenrae_desktop.shell.entry.server.set_up.practice import ServerPracticePage
from avenrae_desktop.shell.entry.server.set_up.ready import ReadyPage
from avenrae_desktop.shell.entry.server.sign_in import ServerSignInPage

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import Practices

_FINGERPRINT = ":".join(f"{(n * 37 + 11) % 256:02X}" for n in range(32))
_PRACTICE = "Lindenhof Practice"
_HOSTS = "db1.lindenhof.example, db2.lindenhof.example:3307"
_PASSWORD = "four calm words here"  # noqa: S105 - of nobody
_NO_ANSWER = Problem(
    "server.not_reached",
    noop("The server does not answer"),
    noop("“{host}” could not be reached in time."),
    noop("Check that this computer is connected to the network, and that the server is switched on."),
)
_WRONG = Problem(
    "server.wrong_password",
    noop("Name or password is wrong"),
    noop("The server does not know this sign-in name with this password."),
    noop("Type both again. Mind the Caps Lock key."),
)
_PLAN = (
    "Make the database avenrae_db on server.lindenhof.example.",
    "Make the locked account avenrae_owner, which owns the triggers and routines; nobody can sign in with it.",
    "Make the tables, and the triggers and routines that keep bookings from being lost or doubled.",
    "Make four roles with their rights.",
    "Make the practice “Lindenhof Practice” and its first administrator, who gets an own account.",
    "Forget the password of “root”: Avenrae Desktop stores it nowhere and does not need it again.",
)


_MADE: Any = SimpleNamespace(
    folder="/home/mira/certificate",
    files=("ca.pem", "server-cert.pem", "server-key.pem"),
    fingerprint=_FINGERPRINT,
    config_lines="[mysqld]\nssl_ca=ca.pem\nssl_cert=server-cert.pem\nssl_key=server-key.pem",
)


class _Verdict(StrEnum):
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True)
class _Check:
    key: str
    title: str
    verdict: _Verdict
    found: str
    advice: str = ""
    line: str = ""


@dataclass(frozen=True)
class _Shown:
    fingerprint: str
    subject: str
    names: tuple[str, ...]
    not_before: datetime
    not_after: datetime
    pem: str = ""


@dataclass(frozen=True)
class _Place:
    file: Path
    practice_name: str
    address: Any
    last_name: str
    is_demo: bool = False


_GOOD = tuple(
    _Check(title, title, _Verdict.GOOD, found)
    for title, found in (
        ("Version of the server", "MySQL 9.7.0"),
        ("Encrypted connections (TLS)", "This connection uses TLSv1.3."),
        ("Rights of this account", "It may make the database, the accounts and their rights."),
        ("Takes changes", "Yes."),
        ("The server's clock", "It agrees with this computer's."),
        ("Wrong passwords", "Five wrong passwords lock a person's account for a day."),
    )
)
_WARNINGS = (
    _Check(
        "connections",
        "Connections at once",
        _Verdict.WARNING,
        "Only 20.",
        "A window takes up to six. 60 are enough for ten desks.",
        "SET PERSIST max_connections = 151;",
    ),
)
_BAD = (
    _Check(
        "durable",
        "Saved means on the disk",
        _Verdict.BAD,
        "innodb_flush_log_at_trx_commit is 2; sync_binlog is 0.",
        "After a power cut the server would have forgotten bookings that it had confirmed as saved.",
        "SET PERSIST innodb_flush_log_at_trx_commit = 1;\nSET PERSIST sync_binlog = 1;",
    ),
)


def server_pages(practices: "Practices", runner: Runner) -> Iterator[tuple[str, EntryPage]]:
    """(name of the picture, the page to show) of each; the next is made when the one before was taken."""
    servers = practices.servers
    address = servers.address(servers.hosts(_HOSTS), "avenrae_db", (_FINGERPRINT,))
    enrolment = servers.enrolment(_PRACTICE, address)
    yield "server-join", JoinPage(runner)
    by_address = JoinPage(runner)
    by_address.way.segment(BY_ADDRESS).click()
    by_address.host.setText(_HOSTS)
    yield "server-join-address", by_address
    yield "server-enrolled", EnrolledPage(enrolment, (_FINGERPRINT,))
    yield "server-certificate", _certificate()
    yield "server-local", LocalServerPage("localhost", encrypted=False)
    place: Any = _Place(Path("lindenhof.avenrae"), _PRACTICE, address, "mira")
    yield "server-sign-in", ServerSignInPage(place, ())
    refused = ServerSignInPage(place, (place,), "mira")
    refused.password.setText(_PASSWORD)
    refused.show_error(RuleBroken(_WRONG, field="password"))
    yield "server-sign-in-refused", refused
    waiting = ServerSignInPage(place, ())
    waiting.password.setText(_PASSWORD)
    waiting.set_busy(
        waiting.tr("Connecting to {server}…").format(server=hosts_words(address.hosts)), may_stop=True
    )
    yield "server-connecting", waiting
    away = Unavailable(_NO_ANSWER, host="db1.lindenhof.example")
    yield "server-away", FaultPage(away, tried=hosts_words(address.hosts))
    choose = ChoosePasswordPage(_PRACTICE, "mira")
    choose.password.setText(_PASSWORD)
    yield "server-choose-password", choose
    yield from _set_up_pages(practices, runner)


def _certificate() -> CertificatePage:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    shown: Any = _Shown(
        _FINGERPRINT, "CN=lindenhof", ("server.lindenhof.example", "192.168.1.20"), now, now + timedelta(days=1825)
    )
    return CertificatePage((Answer("server.lindenhof.example", shown),), (), now + timedelta(days=1))


def _set_up_pages(practices: "Practices", runner: Runner) -> Iterator[tuple[str, EntryPage]]:
    account = AccountPage()
    account.host.setText("server.lindenhof.example")
    account.user.setText("root")
    account.password.setText(_PASSWORD)
    yield "server-set-up", account
    yield "server-make-certificate", MakeCertificatePage("server.lindenhof.example, 192.168.1.20", runner)
    yield "server-certificate-made", CertificateMadePage(_MADE)
    bad: Any = (*_BAD, *_WARNINGS, *_GOOD)
    yield "server-checks-bad", ChecksPage(bad, "server.lindenhof.example")
    usable: Any = (*_WARNINGS, *_GOOD)
    checks = ChecksPage(usable, "server.lindenhof.example")
    checks.more.click()
    yield "server-checks", checks
    practice = ServerPracticePage()
    practice.practice_name.setText(_PRACTICE)
    practice.first_name.setText("Mira")
    practice.last_name.setText("Voss")
    practice.sign_in_name.setText("mira")
    yield "server-practice", practice
    yield "server-plan", PlanPage(_PLAN)
    stopped = PlanPage(_PLAN)
    stopped.show_stop(Unavailable(_NO_ANSWER, host="server.lindenhof.example"))
    yield "server-plan-stopped", stopped
    servers = practices.servers
    address = servers.address(servers.hosts("localhost"), "avenrae_db", (_FINGERPRINT,))
    yield "server-ready", ReadyPage(servers.enrolment(_PRACTICE, address), servers, runner)
