"""The sample practice's ledger: payments, refunds, and entries that were taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from random import Random

from avenrae_desktop.bootstrap.sample import DAY, HOUR, dice_for
from avenrae_desktop.bootstrap.sample.coupons import CENT
from avenrae_desktop.bootstrap.sample.diary import Visit
from avenrae_desktop.bootstrap.sample.gatherings import Registration
from avenrae_desktop.bootstrap.sample.goods import Product
from avenrae_desktop.bootstrap.sample.sales import Sale
from avenrae_desktop.kernel.values import OrderChannel, Tender

BOOKING, ORDER, REGISTRATION = "booking", "order", "registration"
_TENDERS = (Tender.CARD, Tender.CASH, Tender.BANK_TRANSFER, Tender.VOUCHER)
_BRANDS = ("Visa", "Mastercard", "Maestro")


@dataclass(slots=True, eq=False)
class Entry:
    """One line; `thing` names what `number` is the key of. `group`: entries on one receipt."""

    tender: Tender
    amount: Decimal
    thing: str
    number: int
    client: int | None
    when: int
    group: int
    is_refund: bool = False
    reverses: "Entry | None" = None
    refund_of: "Entry | None" = None
    given: Decimal | None = None
    brand: str | None = None
    last4: str | None = None
    note: str | None = None


@dataclass
class Till:
    """Takes money for what was done, sold and registered."""

    dice: Random = field(default_factory=lambda: dice_for("till"))
    _groups: int = 0

    def entries(
        self,
        visits: Sequence[Visit],
        sales: Sequence[Sale],
        places: Sequence[Registration],
        shelf: Sequence[Product],
    ) -> list[Entry]:
        """All of them, by time; what is refunded or reversed stands before its refund."""
        found: list[Entry] = []
        for number, visit in enumerate(visits, 1):
            if visit.fate not in ("cancelled", "no_show"):
                found += self._of_visit(number, visit)
        for number, sale in enumerate(sales, 1):
            found += self._of_sale(number, sale, shelf)
        for number, place in enumerate(places, 1):
            found += self._of_place(number, place)
        return sorted(found, key=lambda e: (e.when, e.group))

    def _of_visit(self, number: int, visit: Visit) -> Iterator[Entry]:
        dice, chance = self.dice, self.dice.random()
        tender = dice.choices(_TENDERS, (56, 24, 15, 5))[0]
        when = visit.end if tender is not Tender.BANK_TRANSFER else self._by_bank(visit.end)
        if chance < 0.03 or not visit.total:
            return  # still open
        if chance < 0.05:
            half = (visit.total / 2).quantize(CENT, ROUND_HALF_UP)
            yield from self._pay(tender, half, BOOKING, number, visit.client, when)
            return
        if chance < 0.06:
            yield from self._mistyped(number, visit)
            return
        if chance < 0.08:
            cash = (visit.total / 2).quantize(Decimal(1), ROUND_HALF_UP)
            [first] = self._pay(Tender.CASH, cash, BOOKING, number, visit.client, visit.end)
            [rest] = self._pay(Tender.CARD, visit.total - cash, BOOKING, number, visit.client, visit.end)
            rest.group = first.group
            yield from (first, rest)
            return
        [paid] = self._pay(tender, visit.total, BOOKING, number, visit.client, when)
        yield paid
        if chance < 0.1:
            back = paid.amount if chance < 0.09 else (paid.amount / 2).quantize(CENT, ROUND_HALF_UP)
            yield self._refund(paid, back, when + dice.randrange(1, 12) * DAY, "Was not content")

    def _of_sale(self, number: int, sale: Sale, shelf: Sequence[Product]) -> Iterator[Entry]:
        tender = self.dice.choices(_TENDERS, (60, 36, 0, 4))[0]
        if sale.channel is OrderChannel.ONLINE:
            tender = Tender.CARD
        when = sale.completed if sale.channel is OrderChannel.PHONE else sale.when
        if when is None or not sale.total:
            return
        [paid] = self._pay(tender, sale.total, ORDER, number, sale.client, when)
        yield paid
        if sale.cancelled is not None:
            yield self._refund(paid, paid.amount, sale.cancelled, sale.reason or "")
        for item in sale.items:
            if item.returned_at is not None:
                yield self._refund(paid, shelf[item.product].price * item.returned, item.returned_at, "Came back")

    def _of_place(self, number: int, place: Registration) -> Iterator[Entry]:
        if place.fate == "waiting" or not place.total:
            return
        tender = self.dice.choices(_TENDERS, (70, 20, 10, 0))[0]
        [paid] = self._pay(tender, place.total, REGISTRATION, number, place.client, place.when)
        yield paid
        if place.cancelled is not None:
            yield self._refund(paid, paid.amount, place.cancelled, place.reason or "")

    def _mistyped(self, number: int, visit: Visit) -> Iterator[Entry]:
        """Taken as cash by mistake, taken back whole, and entered as it was."""
        [wrong] = self._pay(Tender.CASH, visit.total, BOOKING, number, visit.client, visit.end)
        yield wrong
        yield Entry(
            Tender.CASH,
            -wrong.amount,
            BOOKING,
            number,
            visit.client,
            wrong.when + 3,
            self._group(),
            reverses=wrong,
            note="It was paid by card",
        )
        yield from self._pay(Tender.CARD, visit.total, BOOKING, number, visit.client, wrong.when + 4)

    def _pay(
        self, tender: Tender, amount: Decimal, thing: str, number: int, client: int | None, when: int
    ) -> tuple[Entry]:
        entry = Entry(tender, amount, thing, number, client, when, self._group())
        if tender is Tender.CASH:
            entry.given = (amount / 10).to_integral_value(ROUND_CEILING) * 10
        if tender is Tender.CARD:
            entry.brand, entry.last4 = self.dice.choice(_BRANDS), f"{self.dice.randrange(10000):04}"
        return (entry,)

    def _refund(self, paid: Entry, amount: Decimal, when: int, why: str) -> Entry:
        return Entry(
            paid.tender,
            -amount,
            paid.thing,
            paid.number,
            paid.client,
            when,
            self._group(),
            is_refund=True,
            refund_of=paid,
            brand=paid.brand,
            last4=paid.last4,
            note=why,
        )

    def _by_bank(self, end: int) -> int:
        return end // DAY * DAY + self.dice.randrange(2, 15) * DAY + self.dice.randrange(9, 12) * HOUR

    def _group(self) -> int:
        self._groups += 1
        return self._groups
