"""Who works in the sample practice, and its clients: those of the demo practice, and others."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from avenrae_desktop.areas.clients.domain import ClientFields
from avenrae_desktop.bootstrap.demo.clients import demo_clients
from avenrae_desktop.bootstrap.demo.staff import FRONT_DESK, HEALERS, Healer
from avenrae_desktop.bootstrap.sample import DAY, OPENED, WEEK
from avenrae_desktop.kernel.text import search_key
from avenrae_desktop.kernel.values import AvailabilityStatus, Gender, HealerType

CLIENTS = 150
OWNER = ("Iris", "Sandoz", "iris")
DESK = FRONT_DESK
_EARLY, _LATE = ("9:00", "16:30"), ("12:00", "19:00")


@dataclass(frozen=True, slots=True)
class Colleague:
    """A healer; `since` is the week of their first day, `days` their week, `shift` from when until when."""

    first_name: str
    last_name: str
    healer_type: HealerType
    hue: str
    rate: Decimal
    status: AvailabilityStatus
    is_verified: bool
    since: int
    days: str
    shift: tuple[str, str]
    qualifications: str
    bio: str
    model: Healer | None = None

    @property
    def sign_in_name(self) -> str:
        return search_key(self.first_name)


# The four of the demo practice: rate, status, qualifications, what they say of themselves.
# ruff: noqa: E501 - tables
_KNOWN = (
    (
        110,
        "available",
        "MSc Psychology, federally recognised psychotherapist",
        "Listens first. Works with adults on sleep, fear and hard decisions.",
    ),
    (85, "available", "Usui Reiki master, 2011", "Quiet sessions in the quiet room; tea before and after."),
    (
        95,
        "busy",
        "Diploma in acupuncture, Kyoto; member of the Swiss association",
        "Thin needles, short explanations, no hurry.",
    ),
    (
        75,
        "available",
        "Yoga teacher, 500 hours; yoga therapy certificate",
        "Early mornings and evenings, for backs that sit all day.",
    ),
)
# name | type | hue | rate | status | verified | first week | days | shift | qualifications | of themselves
_OTHERS = """
Jakob Steiner|massage|rose|80|available|y|-65|0124|e|Certified medical massage therapist|Former runner; knows most of what can hurt in a leg.
Salome Frei|naturopath|teal|90|available|y|-65|123|e|Federal diploma of higher education, naturopathy|Grows half of what she prescribes behind the house.
Ronan Byrne|psychologist|slate|105|available|y|-65|0234|l|MSc Psychology; EMDR Europe practitioner|Works in English and German, evenings too.
Ling Zhao|acupuncturist|sand|90|available|y|-58|135|e|Bachelor of Chinese medicine, Chengdu|Second generation; her mother taught her the points.
Marta Oliveira|massage|blue|80|offline|y|-65|024|l|Certified massage therapist; lymphatic drainage after Vodder|On leave until the summer; her clients go to Jakob.
Anouk Meyer|yoga|violet|75|available|y|-40|135|l|Yoga teacher, 300 hours; pregnancy and yin|Came in the second year, with the studio.
Idris Koné|reiki|green|70|available|n|-14|14|e|Reiki second degree; papers handed in|The newest of us, a nurse for twenty years before.
Vera Lorenz|other|amber|95|available|y|-65|023|l|Coach (ICF); sound therapist|Gongs, bowls and plain questions.
"""


def colleagues() -> tuple[Colleague, ...]:
    """The healers in the order of their keys."""
    known = (
        Colleague(
            h.first_name,
            h.last_name,
            h.healer_type,
            h.hue,
            Decimal(rate),
            AvailabilityStatus(status),
            True,
            -65,
            "",
            _EARLY,
            papers,
            bio,
            h,
        )
        for h, (rate, status, papers, bio) in zip(HEALERS, _KNOWN, strict=True)
    )
    return (*known, *(_colleague(line) for line in _OTHERS.strip().split("\n")))


def _colleague(line: str) -> Colleague:
    name, kind, hue, rate, status, verified, since, days, shift, papers, bio = line.split("|")
    first, last = name.split(" ")
    return Colleague(
        first,
        last,
        HealerType(kind),
        hue,
        Decimal(rate),
        AvailabilityStatus(status),
        verified == "y",
        int(since),
        days,
        _EARLY if shift == "e" else _LATE,
        papers,
        bio,
    )


# Born in the year given by the dice.
_CLIENTS = """
Agnes Bühler f|Ahmed Saleh m|Aino Virtanen f|Albert Moser m|Alina Popescu f|Anders Holm m|Andrea Conti f|Antoine Girard m
Astrid Berglund f|Aylin Demir f|Barbara Wyss f|Bastian Vogt m|Bea Tanner f|Benedikt Huber m|Bianca Serra f|Brigitte Amann f
Camille Perrin f|Carla Neves f|Carsten Lang m|Catherine Blanc f|Christa Rüegg f|Cyril Favre m|Dagmar Pohl f|Daria Sokolova f
David Ammann m|Deborah Kunz f|Denis Marchand m|Dora Benedek f|Edith Hofer f|Eirik Nilsen m|Elif Kaya f|Emil Wenger m
Enrico Galli m|Esther Gerber f|Eva Kovács f|Fabienne Rey f|Farid Nouri m|Flavia Monti f|Franziska Lehner f|Fritz Oberholzer m
Gabriela Ruiz f|Georg Pfister m|Gisela Ott f|Hakan Aydın m|Heidi Stucki f|Helena Marković f|Ilse Brandt f|Imani Otieno f
Ingrid Solberg f|Jana Dvořák f|Jean-Luc Morel m|Joana Ribeiro f|Johanna Lutz f|Julien Caron m|Kaspar Zingg m|Kemal Arslan m
Kirsten Dahl f|Klara Winter f|Leo Baumgartner m|Lidia Ferrari f|Linus Eriksson m|Loredana Russo f|Lukas Hess m|Magda Nowak f
Manuel Ortega m|Margrit Schmid f|Marie-Claire Dupont f|Mirjam Stalder f|Mohamed Amrani m|Nadine Kessler f|Niklas Voigt m|Olga Ivanova f
Oskar Lund m|Pascal Jenni m|Petra Wagner f|Philippe Renard m|Rahel Zwahlen f|Reto Caduff m|Rosa Delgado f|Sabine Frank f
Sandro Melis m|Selma Hodžić f|Silvan Aeby m|Sophie Laurent f|Susanne Roth f|Theo Papas m|Ursula Kälin f|Valentin Pop m
Wanda Król f|Yannick Steiner m
"""
_NOTES = (
    "Speaks French; German is fine on the phone.",
    "Allergic to lavender oil.",
    "Needs the ground floor: bad knee.",
    "Comes with the dog, which waits in the garden.",
    "Wants receipts for the insurance at the end of the quarter.",
    "Please no calls during school hours.",
)
_PAIRS = {"f": Gender.FEMALE, "m": Gender.MALE}


@dataclass(frozen=True, slots=True)
class SampleClient:
    """A client; `joined` is the minute at which they were entered, `healer` the number of their first choice."""

    fields: ClientFields
    joined: int
    healer: int


def clients() -> tuple[SampleClient, ...]:
    """In the order of their keys, which is that of their coming."""
    everybody = (*_of_the_demo(), *_others())
    many = len(colleagues())
    found = []
    for number, fields in enumerate(everybody):
        late = max(0, number - 59)  # the first sixty were there when the practice opened
        day = (-64 * WEEK + late * (63 * WEEK // 91)) // DAY
        joined = day * DAY + 9 * 60 + number * 37 % 480 if late else OPENED + number * 7
        found.append(SampleClient(fields, joined, number % many))
    return tuple(found)


def _of_the_demo() -> list[ClientFields]:
    return [
        ClientFields(
            first_name=c.first_name,
            last_name=c.last_name,
            date_of_birth=c.born,
            gender=c.gender,
            phone=c.phone,
            email=c.email,
            note=c.note,
        )
        for c in demo_clients()
    ]


def _others() -> list[ClientFields]:
    entries = [entry for line in _CLIENTS.strip().split("\n") for entry in line.split("|")]
    return [_other(number, entry, entries) for number, entry in enumerate(entries)]


def _other(number: int, entry: str, entries: list[str]) -> ClientFields:
    first, last, gender = entry.split(" ")
    born = date(1948 + (number * 29) % 58, 1 + number % 12, 1 + (number * 11) % 28)
    letters = "".join(c for c in search_key(f"{first}.{last}") if c.isascii() and (c.isalnum() or c == "."))
    partner = entries[(number + 7) % len(entries)].split(" ")
    in_need = number % 3 == 0
    return ClientFields(
        first_name=first,
        last_name=last,
        date_of_birth=born if number % 9 else None,
        gender=_PAIRS[gender] if number % 13 else Gender.UNDISCLOSED,
        phone=f"+41 79 556 {10 + number:02} {(number * 53 + 7) % 100:02}" if number % 17 else "",
        email=f"{letters}@example.org" if number % 11 else "",
        emergency_contact_name=f"{partner[0]} {last}" if in_need else "",
        emergency_contact_phone=f"+41 44 555 {10 + number:02} {(number * 31) % 100:02}" if in_need else "",
        note=_NOTES[number // 15 % len(_NOTES)] if number % 15 == 4 else "",
    )
