"""The sample practice's coupons, and how often each was used."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from avenrae_desktop.bootstrap.sample import WEEK
from avenrae_desktop.kernel.values import CouponScope

CENT = Decimal("0.01")
# code | name | good for | percent or amount off | least amount | from week | until week | most uses | active
_COUPONS = """
WELCOME10|First visit|services|10%||-65|||y
SPRING15|Spring on the shelf|products|15%||-40|-34|60|y
FRIENDS20|Bring a friend|everything|20%||-30|20|45|y
CIRCLE5|Five off an evening|events|5.00||-52|26||y
TEA3|Tea for the season|products|3.00|25.00|-20|4|40|y
FIRST12|The first twelve|everything|12%||-26|6|12|y
OLDFLYER|From the old flyer|services|10%||-65|-50||n
STAFF30|For us|products|30%||-65|||y
"""


@dataclass(frozen=True, slots=True)
class Coupon:
    """Good from and until the minute; open where there is none."""

    code: str
    name: str
    scope: CouponScope
    percent: int | None
    amount: Decimal | None
    minimum: Decimal | None
    start: int
    end: int | None
    most: int | None
    is_active: bool

    def off(self, price: Decimal) -> Decimal:
        """What it takes off the price."""
        if self.percent is not None:
            return (price * self.percent / 100).quantize(CENT, ROUND_HALF_UP)
        return min(self.amount or Decimal(0), price)


def coupons() -> tuple[Coupon, ...]:
    """In the order of their keys."""
    return tuple(_coupon(line) for line in _COUPONS.strip().split("\n"))


def _coupon(line: str) -> Coupon:
    code, name, scope, off, minimum, start, end, most, active = line.split("|")
    percent = int(off[:-1]) if off.endswith("%") else None
    return Coupon(
        code,
        name,
        CouponScope(scope),
        percent,
        None if percent else Decimal(off),
        Decimal(minimum) if minimum else None,
        int(start) * WEEK,
        int(end) * WEEK if end else None,
        int(most) if most else None,
        active == "y",
    )


@dataclass
class Purse:
    """Hands out coupons until they are used up."""

    known: tuple[Coupon, ...] = field(default_factory=coupons)
    used: Counter[int] = field(default_factory=Counter)

    def use(self, number: int, price: Decimal, when: int, scope: CouponScope) -> tuple[int | None, Decimal]:
        """The coupon's key and what it takes off; none and nothing where it cannot be used."""
        coupon = self.known[number]
        fits = (
            coupon.scope in (CouponScope.EVERYTHING, scope)
            and coupon.start <= when
            and (coupon.end is None or when < coupon.end)
            and (coupon.most is None or self.used[number] < coupon.most)
            and price >= (coupon.minimum or CENT)
        )
        if not fits:
            return None, Decimal(0)
        self.used[number] += 1
        return number + 1, coupon.off(price)
