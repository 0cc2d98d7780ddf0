"""The sixty services of the sample practice: the demo's fifteen and those of the other colleagues."""

from decimal import Decimal

from avenrae_desktop.bootstrap.demo.staff import OFFERS, ROOMS, Offer
from avenrae_desktop.kernel.values import ServiceCategory

SAMPLE_ROOMS = (*ROOMS, "Massage room", "Garden room", "Studio")
_ROOM = {"-": None, "q": 0, "t": 1, "m": 2, "g": 3, "s": 4}
# name | category | minutes before, of it, after | price | healers | room | how often | description
_OTHERS = """
Classic massage|massage|0 60 15|95|4 8|m|10|
Classic massage, short|massage|0 30 15|55|4 8|m|6|Shoulders and neck, or legs.
Hot stone massage|massage|10 75 15|130|8|m|3|Stones from the brook, warmed to 50 degrees.
Sports massage|massage|0 45 15|85|4|m|5|
Lymphatic drainage|massage|0 60 10|100|8|m|4|With a prescription, insurers usually pay.
Foot reflexology|massage|0 45 10|75|4|g|4|
Massage in pregnancy|massage|0 50 10|95|8|m|2|From the fourth month.
Lomi Lomi|massage|5 90 15|150|8|m|1|
Back and neck check|massage|0 20 10|45|4|g|2|
Naturopathy, first visit|nutrition|0 90 15|160|5|g|4|Bring your list of medicines.
Naturopathy, follow-up|nutrition|0 45 10|85|5|g|8|
Nutrition plan|nutrition|0 60 15|110|5|g|4|A plan for four weeks, with recipes.
Gut health talk|nutrition|0 45 10|85|5|g|3|
Herbal blend of your own|nutrition|0 30 10|55|5|g|3|The tea is made while you wait.
Bach flower consultation|nutrition|0 50 10|85|5|g|2|
Fasting week, check-in|nutrition|0 20 5|35|5|g|2|
Hay fever: before the season|nutrition|0 40 10|75|5|g|1|
Cognitive behavioural therapy|therapy|0 50 10|105|6|-|10|
Fear of flying, three talks: one|therapy|0 50 10|105|6|-|2|
EMDR session|therapy|0 80 20|160|6|-|3|
Burnout counselling|therapy|0 50 10|105|6|-|5|
Supervision for colleagues|therapy|0 60 0|120|6|-|1|
Grief counselling|therapy|0 50 10|95|6|-|2|
Acupuncture, classical|acupuncture|0 50 10|90|7|t|10|
Cosmetic acupuncture|acupuncture|0 60 15|120|7|t|3|
Moxibustion|acupuncture|0 40 15|75|7|t|4|It smells of mugwort for a day.
Acupuncture for fertility|acupuncture|0 60 10|110|7|t|3|
Electroacupuncture|acupuncture|0 40 10|95|7|t|2|
Acupuncture for migraine|acupuncture|0 45 15|90|7|t|5|
Yin yoga 1:1|yoga|0 75 15|90|9|s|6|
Yoga in pregnancy|yoga|0 60 15|80|9|s|5|
Yoga for the back|yoga|0 60 15|80|9 3|s|6|
Meditation lesson|yoga|0 40 10|55|9|s|3|
Yoga nidra|yoga|0 45 15|60|9|s|2|
Reiki with Idris|reiki|0 60 15|70|10|q|8|
Reiki for children|reiki|0 30 10|40|10|q|3|A parent stays in the room.
Reiki after an operation|reiki|0 45 15|65|10|q|3|
Hands and feet|reiki|0 30 10|40|10|q|2|
Sound bath for one|other|10 60 10|95|11|s|5|
Gong session|other|10 45 15|85|11|s|3|
Life coaching|coaching|0 60 10|120|11|-|8|
Career coaching|coaching|0 75 15|150|11|-|3|
Walk and talk|coaching|0 60 10|110|11|-|4|Along the brook, in any weather.
Breathwork|coaching|0 60 15|95|11|s|3|Not in pregnancy or with a weak heart.
Decision in an hour|coaching|0 60 0|130|11|-|2|
"""


def sample_offers() -> tuple[Offer, ...]:
    """In the order of their keys."""
    return (*OFFERS, *(_offer(line) for line in _OTHERS.strip().split("\n")))


def _offer(line: str) -> Offer:
    name, category, minutes, price, healers, room, often, description = line.split("|")
    before, length, after = (int(part) for part in minutes.split(" "))
    offered_by = tuple(int(healer) for healer in healers.split(" "))
    return Offer(
        name,
        ServiceCategory(category),
        length,
        before,
        after,
        Decimal(price),
        offered_by,
        _ROOM[room],
        int(often),
        description,
    )
