"""The whole story of the sample practice, told once: everything that its tables hold, without keys."""

from dataclasses import dataclass

from avenrae_desktop.bootstrap.demo.staff import Offer
from avenrae_desktop.bootstrap.sample import DAY, OPENED, dice_for
from avenrae_desktop.bootstrap.sample.coupons import Coupon, Purse
from avenrae_desktop.bootstrap.sample.diary import Diary, Off, Visit
from avenrae_desktop.bootstrap.sample.gatherings import Gathering, Guests, Registration
from avenrae_desktop.bootstrap.sample.goods import Product
from avenrae_desktop.bootstrap.sample.people import Colleague, SampleClient
from avenrae_desktop.bootstrap.sample.reviews import Review, reviews
from avenrae_desktop.bootstrap.sample.sales import Sale, Shop
from avenrae_desktop.bootstrap.sample.takings import Entry, Till
from avenrae_desktop.kernel.values import CouponScope


@dataclass(frozen=True, slots=True)
class Liked:
    """A healer that a client keeps in mind (a favourite), or a product (a wish)."""

    client: int
    what: int
    when: int
    removed: int | None


@dataclass(frozen=True, slots=True)
class Story:
    """Each list in the order of its keys, which begin with 1; numbers of other lists begin with 0."""

    people: tuple[Colleague, ...]
    clients: tuple[SampleClient, ...]
    offers: tuple[Offer, ...]
    off: tuple[Off, ...]
    visits: list[Visit]
    shelf: tuple[Product, ...]
    first_stock: list[int]
    coupons: tuple[Coupon, ...]
    sales: list[Sale]
    events: tuple[Gathering, ...]
    places: list[Registration]
    entries: list[Entry]
    reviews: list[Review]
    favourites: list[Liked]
    wishes: list[Liked]


def tell() -> Story:
    """The same story each time."""
    diary, purse = Diary(), Purse()
    visits = diary.visits()
    _use_coupons(visits, purse)
    guests, shop = Guests(diary.clients, purse), Shop(diary.clients, purse)
    places, sales = guests.registrations(), shop.sales()
    return Story(
        people=diary.people,
        clients=diary.clients,
        offers=diary.offers,
        off=diary.off,
        visits=visits,
        shelf=shop.shelf,
        first_stock=[shop.first_stock(n) for n in range(len(shop.shelf))],
        coupons=purse.known,
        sales=sales,
        events=guests.events,
        places=places,
        entries=Till().entries(visits, sales, places, shop.shelf),
        reviews=reviews(visits, diary.offers),
        favourites=_liked(diary.clients, "favourites", 130, len(diary.people)),
        wishes=_liked(diary.clients, "wishes", 70, len(shop.shelf)),
    )


def _use_coupons(visits: list[Visit], purse: Purse) -> None:
    dice = dice_for("coupons of visits")
    been: set[int] = set()
    for visit in visits:
        is_first = visit.client not in been and visit.created > OPENED + 60 * DAY
        been.add(visit.client)
        if visit.fate == "done" and (is_first or dice.random() < 0.05):
            number = 0 if is_first else dice.choice((2, 5, 6))
            visit.coupon, visit.discount = purse.use(number, visit.price, visit.created, CouponScope.SERVICES)


def _liked(clients: tuple[SampleClient, ...], what: str, many: int, choices: int) -> list[Liked]:
    dice = dice_for(what)
    found: dict[tuple[int, int], Liked] = {}
    while len(found) < many:
        client, thing = dice.randrange(len(clients)), dice.randrange(choices)
        start = max(clients[client].joined, OPENED) // DAY
        day = dice.randrange(start + 1, -1) if start < -3 else start
        when = day * DAY + dice.randrange(540, 1200)
        found[client, thing] = Liked(client, thing, when, when + 10 * DAY if dice.random() < 0.1 else None)
    return sorted(found.values(), key=lambda x: (x.when, x.client, x.what))
