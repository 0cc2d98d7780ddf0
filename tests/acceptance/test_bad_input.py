"""Bad and unusual input, typed through the window: the words on the screen, and nothing typed is lost."""

from collections.abc import Callable

from tests.acceptance import flows
from tests.acceptance.person import Person

Start = Callable[[Person], None]


def come_in(person: Person, start: Start) -> None:
    start(person)
    flows.come_in(person)


def text_of(person: Person, field: str) -> str:
    return person.see(field, flows.FIELDS).text


def test_names_that_try_something(owner: Person, start: Start) -> None:
    come_in(owner, start)
    evil = "<img src=x>"
    flows.add_client(owner, "Bold", evil)
    flows.add_client(owner, "🌿", "سلام")
    flows.add_client(owner, "No", "Mail")
    flows.add_client(owner, "100%", "Under_score")
    for typed, seen, hidden in (("%", "", evil), ("under_", "Under_score", evil), ("<img", evil, "Mail, No")):
        owner.fill("Search by name, phone or e-mail", typed)
        if seen:
            owner.read(seen)
        owner.gone(hidden, "table cell")
    owner.fill("Search by name, phone or e-mail", "سل", paste=True)
    owner.read("سلام")


def test_a_name_of_three_hundred_letters_is_refused_and_kept(owner: Person, start: Start) -> None:
    come_in(owner, start)
    owner.key("ctrl+2", "ctrl+n")
    long = "x" * 300
    flows.fill_client(owner, "Ana", long)
    owner.key("ctrl+Return")
    owner.read("too long")
    owner.read("100")
    owner.read("300")
    assert text_of(owner, "Last name") == long
    assert text_of(owner, "First name") == "Ana"
    owner.fill("Last name", "Short")
    owner.key("ctrl+Return")
    owner.read("Short, Ana")


def test_two_clients_with_one_e_mail_are_asked_about_once(owner: Person, start: Start) -> None:
    come_in(owner, start)
    flows.add_client(owner, "Mia", "Weber", **{"E-mail": "family@example.org"})
    owner.key("ctrl+n")
    flows.fill_client(owner, "Jonas", "Weber", **{"E-mail": "family@example.org"})
    owner.key("ctrl+Return")
    owner.read("Mia Weber")
    owner.press("Save anyway")
    owner.read("Weber, Jonas")
    owner.read("Weber, Mia")


def open_booking(owner: Person, start: Start) -> None:
    come_in(owner, start)
    flows.begin_booking(owner)


def when(owner: Person, day: str, begins: str, ends: str = "") -> None:
    for field, text in (("Day", day), ("Start", begins), ("End", ends)):
        if text:
            owner.fill(field, text)
            owner.key("Tab")
    owner.key("ctrl+Return")


def test_an_end_before_the_start(owner: Person, start: Start) -> None:
    open_booking(owner, start)
    when(owner, "2027-02-02", "10:00", "09:00")
    owner.read("The end is not after the start")
    owner.read("Choose an end after the start.")
    assert text_of(owner, "Client") == "Priya Nair"
    owner.fill("End", "11:00")
    owner.key("ctrl+Return")
    owner.gone("New booking", "dialog")


def test_outside_hours_is_allowed_with_a_reason(owner: Person, start: Start) -> None:
    open_booking(owner, start)
    when(owner, "2027-02-02", "20:00")
    owner.read("Outside working hours")
    owner.read("Choose another time, or give a reason to book it anyway.")
    owner.fill("Reason to book outside working hours", "House call")
    owner.key("ctrl+Return")
    owner.gone("New booking", "dialog")
    owner.read("House call")


def test_a_time_that_does_not_exist(owner: Person, start: Start) -> None:
    open_booking(owner, start)
    when(owner, "2027-03-28", "02:30")
    owner.read("This time does not exist")
    owner.read("Choose a time before or after the change.")
    assert text_of(owner, "Client") == "Priya Nair"


def test_a_time_that_exists_twice(owner: Person, start: Start) -> None:
    open_booking(owner, start)
    when(owner, "2027-10-31", "02:30")
    owner.read("This time exists twice")
    owner.read("Say whether you mean the first or the second one.")


def test_a_taken_time_names_what_takes_it_and_offers_three(owner: Person, start: Start) -> None:
    open_booking(owner, start)
    when(owner, "2027-02-02", "10:00")
    owner.gone("New booking", "dialog")
    owner.key("ctrl+b")
    owner.see("Client", "text", states=("focused",))
    owner.type("nair")
    owner.read("Priya Nair")
    owner.key("Return")
    when(owner, "2027-02-02", "10:30")
    owner.read("This time is taken")
    owner.read("Mira Voss already has Priya Nair from 10:00 to 11:00.")
    owner.shot("taken")
