"""What clients of the sample practice said of their visits."""

from collections.abc import Sequence
from dataclasses import dataclass

from avenrae_desktop.bootstrap.demo.staff import Offer
from avenrae_desktop.bootstrap.sample import DAY, HOUR, dice_for
from avenrae_desktop.bootstrap.sample.diary import Visit
from avenrae_desktop.kernel.values import ReviewStatus, ServiceCategory

_GOOD = {
    ServiceCategory.THERAPY: (
        "For the first time somebody asked the right question.",
        "I sleep again. Not every night, but most of them.",
        "Clear, warm, and never in a hurry.",
        "We argue less since, and when we do, we listen.",
        "It took me a year to call. I should have called sooner.",
    ),
    ServiceCategory.REIKI: (
        "I do not know how it works, but I walked home lighter.",
        "So quiet that I heard the brook.",
        "After the operation this was the best hour of my week.",
        "Fell asleep in the middle. She says that is fine.",
    ),
    ServiceCategory.ACUPUNCTURE: (
        "Migraine down from twice a week to once a month.",
        "Explained each needle before it came.",
        "My shoulder moves as it did ten years ago.",
        "Hardly felt a thing, and the back is better since.",
    ),
    ServiceCategory.YOGA: (
        "He and she who sit all day: go there.",
        "Exercises that I really do at home.",
        "Never in a hurry with somebody as stiff as I am.",
        "The studio smells of wood and nobody looks at you.",
    ),
    ServiceCategory.MASSAGE: (
        "Strong hands, finds every knot.",
        "Came in bent, went out straight.",
        "Just right before the marathon.",
        "The best hour of the month.",
    ),
    ServiceCategory.NUTRITION: (
        "A plan that fits into a working week.",
        "My stomach is quiet for the first time in years.",
        "The tea tastes awful and helps.",
        "Took two hours for my story and remembered all of it.",
    ),
    ServiceCategory.COACHING: (
        "Left with three sentences on a card. I still carry it.",
        "We walked, and halfway along the brook I knew.",
        "Asks plainly and waits for the answer.",
        "I changed jobs after the second hour.",
    ),
    ServiceCategory.OTHER: (
        "The gong goes through you like weather.",
        "Strange, and then very calming.",
        "My phone was off for an hour and I did not miss it.",
    ),
}
_FAIR = (
    "Good, though we started ten minutes late.",
    "Helped for some days. I will try once more.",
    "Friendly; the room was a little cold.",
    "All right, but dear for half an hour.",
)
_POOR = (
    "Not for me. I had expected something else.",
    "Had to wait, and then it felt rushed.",
    "No change at all after three visits.",
)
_ANSWERS = {
    "good": ("Thank you, that is good to read.", "Thank you! See you in spring.", "That makes my day."),
    "poor": (
        "I am sorry. Please call me, we will find out what went wrong.",
        "Thank you for being open. The next visit is on me.",
    ),
}


@dataclass(frozen=True, slots=True)
class Review:
    """A review of the visit number `visit` (keys begin with 1)."""

    visit: int
    client: int
    healer: int
    offer: int
    rating: int
    text: str
    status: ReviewStatus
    when: int
    response: str | None
    responded: int | None
    hidden: int | None


def reviews(visits: Sequence[Visit], offers: Sequence[Offer]) -> list[Review]:
    """Of half of the visits that were rated, by time."""
    dice = dice_for("reviews")
    found = []
    for number, visit in enumerate(visits, 1):
        if visit.rating is None or dice.random() < 0.5 or visit.start > 0:
            continue
        when = (
            visit.end // DAY * DAY + dice.randrange(1, 6) * DAY + dice.randrange(8, 22) * HOUR + dice.randrange(60)
        )
        answer = _ANSWERS["good" if visit.rating > 3 else "poor"]
        has_answer = dice.random() < (0.25 if visit.rating > 3 else 0.5)
        is_hidden = visit.rating < 4 and dice.random() < 0.06
        # The last ones were not looked at yet.
        is_new = when > -4 * DAY
        status = ReviewStatus.HIDDEN if is_hidden else ReviewStatus.PENDING if is_new else ReviewStatus.PUBLISHED
        found.append(
            Review(
                number,
                visit.client,
                visit.healer,
                visit.offer,
                visit.rating,
                "" if dice.random() < 0.2 else dice.choice(_words(visit.rating, offers[visit.offer])),
                status,
                when,
                dice.choice(answer) if has_answer and not is_new else None,
                when + dice.randrange(3, 40) * HOUR if has_answer and not is_new else None,
                when + 20 * HOUR if is_hidden else None,
            )
        )
    return sorted(found, key=lambda r: (r.when, r.visit))


def _words(rating: int, offer: Offer) -> tuple[str, ...]:
    if rating > 3:
        return _GOOD[offer.category]
    return _FAIR if rating == 3 else _POOR
