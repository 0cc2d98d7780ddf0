"""Two people, two programs, one practice on a server: each sees what the other does; one gets the last time."""

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import pytest

from avenrae_desktop.db.server.enrolment import write_enrolment
from avenrae_desktop.kernel.identity import Role
from tests.acceptance import flows
from tests.acceptance.conftest import somebody
from tests.acceptance.person import Person, Thing
from tests.network.own_server import OwnServer
from tests.support.places import ROOT, ServerKind
from tests.support.server_practice import ServerPractice, made_practice

Start = Callable[[Person], None]
CLIENT = "Client N0"  # booked at night, where a week that is worked round the clock begins on screen
AWAY = r"^Practice server: (Reconnecting|Server away)"
EITHER = {"front_desk": (Role.FRONT_DESK,), "healer": (Role.HEALER,)}


@pytest.fixture(params=[ServerKind.MYSQL, pytest.param(ServerKind.MARIADB, marks=pytest.mark.long)])
def practice(request: pytest.FixtureRequest, run_folder: Path) -> Iterator[ServerPractice]:
    with made_practice(request.param, run_folder, who=EITHER, clients=1) as made:
        yield made


@pytest.fixture
def both(practice: ServerPractice, start: Start, tmp_path: Path) -> Iterator[tuple[Person, Person]]:
    with two_people(practice, start, tmp_path) as people:
        yield people


@contextmanager
def two_people(practice: ServerPractice, start: Start, folder: Path) -> Iterator[tuple[Person, Person]]:
    """The front desk and the healer, each at a computer of their own, signed in, with the next week on screen."""
    with ExitStack() as stack:
        people = []
        for who in EITHER:
            own = folder / who
            own.mkdir()
            person = stack.enter_context(somebody(own / "home", own))
            start(person)
            join(person, practice, who)
            person.key("Next")
            people.append(person)
        yield people[0], people[1]


def join(person: Person, practice: ServerPractice, who: str) -> None:
    """From the first page, by the enrolment file that the owner gave, to the week."""
    file = person.screen.home / "practice.avenrae"
    write_enrolment(file, practice.enrolment)
    person.press("Join a practice server")
    person.fill("Enrolment file", str(file))
    person.press("Continue")
    person.see("Join this practice?")
    person.press("Join")
    account = practice.people[who]
    person.fill("Sign-in name", account.sign_in_name)
    person.fill("Password", account.password)
    person.key("Return")
    flows.signed_in(person)


def fill_booking(person: Person, begins: str) -> None:
    flows.begin_booking(person, "n0", CLIENT)
    for field, text in (("Day", flows.next_tuesday().isoformat()), ("Start", begins)):
        person.fill(field, text)
        person.key("Tab")


def book(person: Person, begins: str) -> None:
    fill_booking(person, begins)
    person.key("ctrl+Return")
    person.gone("New booking", "dialog")


class Delays:
    """From the command's own time in the database (one machine, one clock) until the other's screen shows it."""

    def __init__(self, practice: ServerPractice) -> None:
        self._practice = practice
        self.seconds: list[float] = []

    def until_seen(self, other: Person, *words: str) -> Thing:
        seen = flows.card(other, *words)
        now = datetime.now(UTC)
        [(sent,)] = self._practice.execute("SELECT created_at FROM commands ORDER BY id DESC LIMIT 1")
        assert isinstance(sent, datetime)
        self.seconds.append((now - sent.replace(tzinfo=UTC)) / timedelta(seconds=1))
        return seen

    def keep(self) -> None:
        figures = {
            "changes": len(self.seconds),
            "median_s": round(median(self.seconds), 2),
            "most_s": round(max(self.seconds), 2),
            "load": round(os.getloadavg()[0], 1),
        }
        folder = ROOT / "build" / "network"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self._practice.kind}-two-windows.json").write_text(json.dumps(figures) + "\n")
        sys.stdout.write(f"two windows: {figures}\n")


def test_each_sees_what_the_other_does(both: tuple[Person, Person], practice: ServerPractice) -> None:
    desk, healer = both
    delays = Delays(practice)
    book(desk, "02:00")
    delays.until_seen(healer, CLIENT, "02:00 – 03:00")
    book(healer, "05:00")
    delays.until_seen(desk, CLIENT, "05:00 – 06:00")
    # By keyboard on the card: a quarter of an hour later, each time.
    for mover, other, hour in ((desk, healer, 2), (healer, desk, 5)):
        mover.click_at(*flows.card(mover, CLIENT, f"{hour:02}:00 – ").centre)
        for minute in (15, 30, 45):
            mover.key("alt+Down")
            delays.until_seen(other, CLIENT, f"{hour:02}:{minute} – {hour + 1:02}:{minute}")
    desk.shot("front-desk")
    healer.shot("healer")
    delays.keep()
    assert median(delays.seconds) < 2


def test_both_want_the_same_time(both: tuple[Person, Person], practice: ServerPractice) -> None:
    for person in both:
        fill_booking(person, "04:00")
    at_once(*(lambda p=person: p.key("ctrl+Return") for person in both))
    refused = both[0].wait(lambda: [p for p in both if p.all("Free nearby")], "one of the two to be refused")
    [loser] = refused
    [winner] = [p for p in both if p is not loser]
    winner.gone("New booking", "dialog")
    loser.read("This time is taken")
    loser.read(f"already has {CLIENT} from 04:00 to 05:00")
    offers = loser.all(r"\d\d:\d\d$", ["push button", "button"], regex=True)
    assert len(offers) == 3, offers
    loser.shot("taken")
    loser.press(offers[0].name)
    loser.key("ctrl+Return")
    loser.gone("New booking", "dialog")
    for person in both:
        person.wait(lambda p=person: len(cards(p)) == 2, "both bookings")
    [(bookings,)] = practice.execute("SELECT COUNT(*) FROM bookings")
    assert bookings == 2


def test_the_server_is_killed_under_their_hands(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, run = ServerKind.MARIADB, tmp_path / "run"
    monkeypatch.delenv(kind.own_server_variable, raising=False)
    with (
        OwnServer(kind, run) as server,
        made_practice(kind, run, who=EITHER, clients=1) as practice,
        two_people(practice, start, tmp_path) as people,
    ):
        desk, healer = people
        book(desk, "02:00")
        flows.card(healer, CLIENT, "02:00 – 03:00")
        fill_booking(desk, "05:00")
        server.kill()
        desk.key("ctrl+Return")
        for person in people:
            person.see(AWAY, regex=True)
        desk.shot("away")
        server.start()
        # Nobody does anything: what was sent goes on by itself, once.
        desk.gone("New booking", "dialog", seconds=30)
        for person in people:
            flows.card(person, CLIENT, "05:00 – 06:00")
            flows.card(person, CLIENT, "02:00 – 03:00")
            person.see("Practice server: Connected")
        assert practice.execute("SELECT COUNT(*) FROM bookings") == [(2,)]


def cards(person: Person) -> list[Thing]:
    return [t for t in person.all(role="list item") if CLIENT in t.name]


def at_once(*calls: Callable[[], None]) -> None:
    """All at the same moment, as far as a machine can."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], None]) -> None:
        barrier.wait()
        call()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
