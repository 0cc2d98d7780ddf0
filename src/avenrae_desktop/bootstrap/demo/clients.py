"""The sixty clients of the demo practice. All are invented; their addresses and numbers lead nowhere."""

from dataclasses import dataclass
from datetime import date

from avenrae_desktop.kernel.text import search_key
from avenrae_desktop.kernel.values import Gender

_PEOPLE = """
Anna Keller f 1984-03-12|Marco Rossi m 1979-11-02|Priya Nair f 1991-07-23|Omar Haddad m 1988-01-30
Lena Fischer f 1995-09-08|Yuki Tanaka f 1990-04-17|Jonas Weber m 1982-12-05|Clara Dubois f 1976-06-21
Sofia Almeida f 1998-02-14|Tom Becker m 1969-08-27|Zoë van_den_Berg f 1987-05-03|Łukasz Wójcik m 1981-10-19
Renée Lefèvre f 1972-03-29|José Núñez m 1993-12-11|Åsa Lindström f 1978-07-07|Göran Ek m 1965-01-16
Chloé Martin f 1999-11-25|Siobhán O'Neill f 1986-02-28|דוד כהן m 1974-09-14|Amina Diallo f 1992-06-30
Henrik Sørensen m 1983-04-22|Élodie Garnier f 1989-08-13|Mateo García m 1996-10-01|Thảo Nguyễn f 1994-01-09
Ivana Horvat f 1980-05-26|Björn Jónsson m 1971-12-20|Hanna Schäfer f 1997-03-06|Karim Benali m 1985-07-31
Ruth Zimmermann f 1958-10-10|Felix Brunner m 1990-02-02|Noah Meier m 2001-06-18|Emilia Graf f 1993-09-27
Daan de_Vries m 1977-11-15|Beatriz Sousa f 1988-12-24|Oluwaseun Adeyemi m 1984-08-05|Mei Chen f 1995-05-12
Pavel Novák m 1968-04-01|Katarzyna Zielińska f 1991-03-19|Sven Hofmann m 1973-01-23|Isabelle Roux f 1982-09-02
Dimitra Papadaki f 1979-06-11|Tariq Rahman m 1994-10-28|Greta Baumann f 2000-12-08|Luca Bianchi m 1986-07-16
Ines Ferreira f 1975-02-20|Arjun Mehta m 1989-11-03|Maja Petrović f 1992-04-25|Viktor Lindqvist m 1963-08-30
Nora Aebischer f 1998-01-21|Samuel Okoye m 1987-10-07|Paula Krüger f 1970-05-17|Rafael Moreno m 1983-03-24
Ayşe Yıldız f 1990-09-13|Matthias Egger m 1966-12-29|Leïla Mansouri f 1996-02-06|Hugo Lambert m 1978-06-04
Fiona Campbell f 1985-11-22|Stefan Ionescu m 1981-08-18|Ella Lindner f 2002-04-10|Robin Sutter x 1997-07-01
"""
_GENDERS = {"f": Gender.FEMALE, "m": Gender.MALE, "x": Gender.DIVERSE}
# The two of a couple read the same mailbox; one client has none; names in other letters need an address given.
_EMAILS = {
    "Isabelle Roux": "roux.lambert@example.org",
    "Hugo Lambert": "roux.lambert@example.org",
    "Ruth Zimmermann": "",
    "דוד כהן": "d.cohen@example.org",
}
_NO_PHONE = {"Noah Meier", "Mei Chen"}
_NOTES = {
    "Marco Rossi": "Prefers the quiet room. Sleep diary to review at the start of the session.",
    "Anna Keller": "Comes by train from Baden; cannot be here before 9:30.",
    "Ruth Zimmermann": "No e-mail: call her about changes, best before noon.",
    "Priya Nair": "Afraid of needles. Explain each step.",
    "Göran Ek": "Hard of hearing on the left side.",
    "Greta Baumann": "Pays at the desk, in cash.",
    "Samuel Okoye": "Works nights; afternoons only.",
}


@dataclass(frozen=True, slots=True)
class DemoClient:
    first_name: str
    last_name: str
    gender: Gender
    born: date
    email: str
    phone: str
    note: str


def demo_clients() -> tuple[DemoClient, ...]:
    """In the order of the list above."""
    lines = [entry for line in _PEOPLE.split("\n") for entry in line.split("|") if entry]
    return tuple(_client(number, entry) for number, entry in enumerate(lines))


def _client(number: int, entry: str) -> DemoClient:
    first, last, gender, born = entry.split(" ")
    last = last.replace("_", " ")
    name = f"{first} {last}"
    letters = "".join(c for c in search_key(f"{first}.{last}") if c.isalnum() or c == ".")
    phone = "" if name in _NO_PHONE else f"+41 79 555 {10 + number // 7:02} {(number * 37 + 11) % 100:02}"
    return DemoClient(
        first,
        last,
        _GENDERS[gender],
        date.fromisoformat(born),
        _EMAILS.get(name, f"{letters}@example.org"),
        phone,
        _NOTES.get(name, ""),
    )
