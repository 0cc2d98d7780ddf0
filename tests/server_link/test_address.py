"""What people type as the address of a server, and the file that tells it to another desk."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avenrae_desktop.db.server import problems as p
from avenrae_desktop.db.server.address import (
    PORT,
    Host,
    ServerAddress,
    Trust,
    checked_database,
    is_local,
    parse_hosts,
)
from avenrae_desktop.db.server.certificates import Issued
from avenrae_desktop.db.server.enrolment import LARGEST, Enrolment, read_enrolment, write_enrolment
from avenrae_desktop.kernel.errors import AppError, Problem, RuleBroken, Unavailable


@pytest.mark.parametrize(
    ("typed", "hosts"),
    [
        ("db", (Host("db"),)),
        (" DB.Example.org ", (Host("db.example.org"),)),
        ("a, b:3307,,c", (Host("a"), Host("b", 3307), Host("c"))),
        ("a, A, a:3306", (Host("a"),)),
        ("192.168.1.20:3310", (Host("192.168.1.20", 3310),)),
        ("::1", (Host("::1"),)),
        ("[fe80::1]:3310", (Host("fe80::1", 3310),)),
        ("[::1]", (Host("::1"),)),
        ("/run/mysqld/mysqld.sock", (Host("/run/mysqld/mysqld.sock"),)),
        ("praxis-müller.local", (Host("praxis-müller.local"),)),
        ("my_host", (Host("my_host"),)),
    ],
)
def test_hosts_as_they_are_typed(typed: str, hosts: tuple[Host, ...]) -> None:
    assert parse_hosts(typed) == hosts


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", p.NO_HOST),
        (" , ", p.NO_HOST),
        ("https://db.example.org", p.BAD_PORT),
        ("mysql://a:b@c/d", p.BAD_PORT),
        ("a b", p.BAD_HOST),
        ("-x", p.BAD_HOST),
        ("a;b", p.BAD_HOST),
        ("user@host", p.BAD_HOST),
        ("[nonsense]:3306", p.BAD_HOST),
        ("a:", p.BAD_PORT),
        ("a:0", p.BAD_PORT),
        ("a:65536", p.BAD_PORT),
        ("a:3306x", p.BAD_PORT),
        ("a:٣٣", p.BAD_PORT),
        (", ".join("abcdefghij"), p.TOO_MANY_HOSTS),
    ],
)
def test_what_cannot_be_a_host(typed: str, problem: Problem) -> None:
    with pytest.raises(RuleBroken) as refused:
        parse_hosts(typed)
    assert (refused.value.problem, refused.value.field) == (problem, "host")
    assert all(refused.value.texts())


@given(st.text(max_size=60))
def test_whatever_is_typed_ends_in_hosts_or_in_words(typed: str) -> None:
    try:
        hosts = parse_hosts(typed)
    except RuleBroken:
        return
    assert parse_hosts(", ".join(map(str, hosts))) == hosts
    assert all(0 < host.port < 65536 for host in hosts)


def test_what_is_on_this_computer() -> None:
    local = ["localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "::1", "/run/mysqld.sock"]
    away = ["localhost.example.org", "192.168.1.1", "0.0.0.0", "::", "example.org", "127.0.0.1.example.org"]
    assert [is_local(Host(name)) for name in (*local, *away)] == [True] * 6 + [False] * 6


def test_the_usual_port_is_not_shown() -> None:
    assert str(Host("db", PORT)) == "db"
    assert str(Host("db", 3307)) == "db:3307"
    assert str(Host("fe80::1", 3307)) == "[fe80::1]:3307"


@pytest.mark.parametrize("name", ["a", "avenrae", "praxis_1", "a" * 20])
def test_a_database_may_be_called(name: str) -> None:
    assert checked_database(name) == name


@pytest.mark.parametrize("name", ["", "1a", "_a", "Praxis", "a-b", "a b", "a`b", "ä", "a" * 21, "a\n"])
def test_a_database_may_not_be_called(name: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        checked_database(name)
    assert (refused.value.problem, refused.value.field) == (p.BAD_DATABASE, "database")


@pytest.fixture
def enrolment(issued: Issued) -> Enrolment:
    hosts = (Host("db1.example.org"), Host("db2.example.org", 3310), Host("fe80::1", 3311))
    return Enrolment("Praxis Grün & Söhne", ServerAddress(hosts, "avenrae", Trust.NAMES, issued.ca.read_text()))


def test_an_enrolment_file_says_what_was_written(tmp_path: Path, enrolment: Enrolment) -> None:
    file = tmp_path / "praxis.avenrae"
    write_enrolment(file, enrolment)
    assert read_enrolment(file) == enrolment
    local = Enrolment("Here", ServerAddress((Host("/run/s"), Host("127.0.0.1", 3310)), "a", Trust.NONE))
    write_enrolment(file, local)
    assert read_enrolment(file) == local


def test_no_key_travels_in_it(tmp_path: Path, issued: Issued) -> None:
    """Whoever pins a file may choose one that holds more than the certificate."""
    pem = issued.key.read_text() + issued.ca.read_text()
    file = tmp_path / "praxis.avenrae"
    write_enrolment(file, Enrolment("P", ServerAddress((Host("db"),), "a", Trust.PINNED, pem)))
    assert "PRIVATE" not in file.read_text()
    assert read_enrolment(file).address.pem == issued.ca.read_text()


def plain(**changes: object) -> str:
    content = {"format": 1, "practice": "P", "hosts": "db", "database": "a", "trust": "names", "certificates": ""}
    return json.dumps({**content, **changes})


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", p.NOT_ENROLMENT),
        ("not json", p.NOT_ENROLMENT),
        ("[]", p.NOT_ENROLMENT),
        ("[" * 100_000, p.NOT_ENROLMENT),
        ("\udcff\udcfe", p.NOT_ENROLMENT),
        (" " * (LARGEST + 1), p.NOT_ENROLMENT),
        (plain(format="1"), p.NOT_ENROLMENT),
        (plain(format=True), p.NOT_ENROLMENT),
        (plain(format=2), p.ENROLMENT_TOO_NEW),
        (plain(practice=None), p.NOT_ENROLMENT),
        (plain(hosts=["db"]), p.NOT_ENROLMENT),
        (plain(hosts="a b"), p.BAD_HOST),
        (plain(hosts=""), p.NO_HOST),
        (plain(database="a; DROP DATABASE a"), p.BAD_DATABASE),
        (plain(trust="everybody"), p.NOT_ENROLMENT),
        (plain(trust=["names"]), p.NOT_ENROLMENT),
        (plain(trust="none"), p.TLS_NEEDED),
        (plain(trust="pinned"), p.PIN_MISSING),
        (plain(certificates="nonsense"), p.BAD_CERTIFICATE),
        (
            plain(certificates="-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"),
            p.BAD_CERTIFICATE,
        ),
    ],
)
def test_what_is_no_enrolment_file(tmp_path: Path, content: str, problem: Problem) -> None:
    file = tmp_path / "praxis.avenrae"
    file.write_text(content, errors="surrogateescape")
    with pytest.raises(RuleBroken) as refused:
        read_enrolment(file)
    assert refused.value.problem is problem
    assert all(refused.value.texts())


def test_a_file_that_cannot_be_read_or_written(tmp_path: Path, enrolment: Enrolment) -> None:
    for file in (tmp_path / "gone", tmp_path):
        with pytest.raises(Unavailable) as refused:
            read_enrolment(file)
        assert refused.value.problem is p.ENROLMENT_UNREADABLE
    with pytest.raises(Unavailable) as refused:
        write_enrolment(tmp_path / "gone" / "praxis.avenrae", enrolment)
    assert refused.value.problem is p.ENROLMENT_NOT_WRITTEN


def test_a_name_that_would_upset_a_screen(tmp_path: Path) -> None:
    file = tmp_path / "praxis.avenrae"
    file.write_text(plain(practice="A\n\u202eB\x00" + "x" * 500))
    name = read_enrolment(file).practice_name
    assert name.startswith("A B ")
    assert len(name) == 200


KEYS = st.sampled_from(["format", "practice", "hosts", "database", "trust", "certificates"])


@given(st.dictionaries(KEYS, st.integers() | st.text()))
def test_whatever_is_in_the_file_ends_in_words(
    tmp_path_factory: pytest.TempPathFactory, changes: dict[str, object]
) -> None:
    file = tmp_path_factory.mktemp("any") / "praxis.avenrae"
    file.write_text(plain(**changes))
    try:
        read = read_enrolment(file)
    except AppError:
        return
    assert read.address.hosts
