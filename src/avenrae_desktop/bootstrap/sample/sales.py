"""What the sample practice sold from its shelf: orders at the desk, on the phone, online."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from avenrae_desktop.bootstrap.sample import DAY, HOUR, WEEK, WEEKS_BACK, dice_for
from avenrae_desktop.bootstrap.sample.coupons import CENT, Purse
from avenrae_desktop.bootstrap.sample.diary import busyness
from avenrae_desktop.bootstrap.sample.goods import Product, products
from avenrae_desktop.bootstrap.sample.people import SampleClient
from avenrae_desktop.kernel.values import CouponScope, OrderChannel

_USUAL = 9  # orders in a week of the first year
_SHIPPING = Decimal("7.50")
_WHY = ("Ordered twice by mistake", "Changed their mind", "Found it elsewhere", "Wanted another size")


@dataclass(slots=True)
class Item:
    """`returned` of them came back at the minute `returned_at`, `restocked` of these to the shelf."""

    product: int
    quantity: int
    returned: int = 0
    restocked: int = 0
    returned_at: int | None = None


@dataclass(slots=True)
class Sale:
    """An order; the times of its steps are minutes, where there were such steps."""

    client: int | None
    when: int
    channel: OrderChannel
    items: list[Item]
    subtotal: Decimal
    tax: Decimal
    shipping: Decimal = Decimal(0)
    coupon: int | None = None
    discount: Decimal = Decimal(0)
    ready: int | None = None
    shipped: int | None = None
    completed: int | None = None
    cancelled: int | None = None
    reason: str | None = None

    @property
    def total(self) -> Decimal:
        return self.subtotal - self.discount + self.shipping


@dataclass
class Shop:
    """Sells; remembers how much of each product went."""

    clients: tuple[SampleClient, ...]
    purse: Purse
    shelf: tuple[Product, ...] = field(default_factory=products)
    sold: Counter[int] = field(default_factory=Counter)
    dice: Random = field(default_factory=lambda: dice_for("shop"))

    def sales(self) -> list[Sale]:
        """All orders up to the end of this week, by time."""
        found: list[Sale] = []
        for week in range(-WEEKS_BACK, 1):
            many = int(_USUAL * busyness(week) * self.dice.uniform(0.7, 1.3))
            found += [self._sale(week) for _ in range(many)]
        return sorted(found, key=lambda s: s.when)

    def first_stock(self, product: int) -> int:
        """What must have been on the shelf, for `left` to be there after all sales."""
        return self.shelf[product].left + self.sold[product]

    def _sale(self, week: int) -> Sale:
        dice = self.dice
        when = week * WEEK + dice.randrange(6) * DAY + dice.randrange(9 * HOUR, 18 * HOUR)
        channel = dice.choices(tuple(OrderChannel), (72, 8, 20))[0]
        known = [n for n, c in enumerate(self.clients) if c.joined < when]
        is_walk_in = channel is OrderChannel.DESK and dice.random() < 0.25
        items = self._items(week)
        sale = Sale(
            None if is_walk_in else dice.choice(known),
            when,
            channel,
            items,
            sum((self.shelf[i.product].price * i.quantity for i in items), Decimal(0)),
            sum((self._tax(i) for i in items), Decimal(0)),
        )
        if channel is OrderChannel.ONLINE and sale.subtotal < 60:
            sale.shipping = _SHIPPING
        self._steps(sale)
        if sale.cancelled is None and dice.random() < 0.16:
            number = dice.choice((1, 1, 2, 4, 4, 5, 7))
            sale.coupon, sale.discount = self.purse.use(number, sale.subtotal, when, CouponScope.PRODUCTS)
        self._count(sale)
        return sale

    def _items(self, week: int) -> list[Item]:
        """One to four things; what is sold out today was not sold this week."""
        fit = [
            n
            for n, p in enumerate(self.shelf)
            if (p.left > 0 or week < 0) and (p.is_active or week < -WEEKS_BACK // 2)
        ]
        cheap = [1 / float(self.shelf[n].price) ** 0.5 for n in fit]
        chosen = dict.fromkeys(self.dice.choices(fit, cheap, k=self.dice.choice((1, 1, 1, 2, 2, 3, 4))))
        return [Item(n, self.dice.choice((1, 1, 1, 1, 2, 3)) if self.shelf[n].price < 30 else 1) for n in chosen]

    def _tax(self, item: Item) -> Decimal:
        """The tax that the price holds."""
        p = self.shelf[item.product]
        return (p.price * item.quantity * p.tax_rate / (100 + p.tax_rate)).quantize(CENT, ROUND_HALF_UP)

    def _steps(self, sale: Sale) -> None:
        dice = self.dice
        if sale.channel is OrderChannel.DESK:
            sale.completed = sale.when
            return
        if dice.random() < 0.08:
            sale.cancelled, sale.reason = sale.when + dice.randrange(2, 30) * HOUR, dice.choice(_WHY)
            return
        sale.ready = sale.when + dice.randrange(1, 20) * HOUR
        if sale.channel is OrderChannel.ONLINE:
            sale.shipped = sale.ready + dice.randrange(2, 24) * HOUR
        sale.completed = (sale.shipped or sale.ready) + dice.randrange(1, 5) * DAY

    def _count(self, sale: Sale) -> None:
        """What is gone from the shelf; now and then something comes back."""
        if sale.cancelled is not None:
            return
        first = sale.items[0]
        if sale.coupon is None and sale.completed is not None and self.dice.random() < 0.03:
            first.returned, first.restocked = 1, int(self.dice.random() < 0.7)
            first.returned_at = sale.completed + self.dice.randrange(1, 9) * DAY
        for item in sale.items:
            self.sold[item.product] += item.quantity - item.restocked
