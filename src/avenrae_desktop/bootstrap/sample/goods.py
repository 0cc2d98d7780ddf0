"""The eighty products of the sample practice's shelf."""

from dataclasses import dataclass
from decimal import Decimal

from avenrae_desktop.kernel.values import ProductType

_PREFIX = {"crystal": "CRY", "book": "BOO", "tool": "TOO", "supplement": "SUP", "other": "OTH"}
_TAX = {"book": Decimal("2.60"), "supplement": Decimal("2.60")}
_USUAL_TAX = Decimal("8.10")


@dataclass(frozen=True, slots=True)
class Product:
    """`left` is what the shelf holds today when everything was sold that the story tells of."""

    name: str
    product_type: ProductType
    category: str
    sku: str
    price: Decimal
    tax_rate: Decimal
    left: int
    reorder_level: int
    is_active: bool


# type, category: name price left reorder level [-: no longer sold]; ...
_SHELF = """
crystal, Quartz: Amethyst point 24.00 18 10; Rose quartz heart 16.50 31 10; Clear quartz cluster 48.00 6 5; Smoky quartz 21.00 12 8; Citrine, polished 27.50 0 6; Rutilated quartz 64.00 3 3
crystal, Tumbled stones: Tiger's eye 4.50 64 20; Black tourmaline 6.00 42 20; Green aventurine 4.50 7 20; Carnelian 4.50 55 20; Moonstone 7.50 9 15; Red jasper 4.00 71 20; Sodalite 5.00 38 20
crystal, Pieces: Selenite lamp 59.00 4 3; Amethyst geode, small 89.00 2 2; Lapis lazuli pyramid 42.00 5 3; Fluorite sphere 75.00 1 2; Malachite bowl 110.00 2 1; Labradorite palm stone 19.50 14 8
crystal, Sets: Seven chakra stones 29.00 16 10; Stones for sleep 24.50 11 8; First crystal box 39.00 0 6
book, Yoga: Yoga for stiff people 24.90 9 5; The breath, page by page 19.90 6 5; Yin at home 27.00 4 4; Sun salutation for children 16.00 8 4
book, Mind: Sleep without counting 22.50 13 6; Letters to a worried friend 18.00 7 5; Burnout: the way back 26.00 3 5; Grief has no calendar 21.00 5 4; Ten minutes of silence 14.90 19 8
book, Healing: Reiki, the first degree 28.00 6 4; Points and meridians, an atlas 68.00 2 2; Cupping explained 23.00 4 3; The kitchen pharmacy 32.00 10 5; Teas of the garden 25.00 12 5; Hands that listen 20.00 0 4
book, Calendars: Moon calendar 12.50 26 15; Moon calendar of last year 6.00 8 0 -; Practice diary 17.50 11 6
tool, Yoga: Yoga mat, cork 79.00 7 4; Yoga mat, light 39.00 12 6; Yoga block 14.00 23 10; Yoga belt 11.00 17 8; Bolster, buckwheat 58.00 5 4; Eye pillow, lavender 18.00 9 8
tool, Sound: Singing bowl, 12 cm 65.00 4 3; Singing bowl, 18 cm 120.00 2 2; Tingsha cymbals 34.00 6 3; Tuning fork 528 Hz 42.00 3 3; Small gong 240.00 1 1
tool, Meditation: Meditation cushion 49.00 8 5; Meditation bench 69.00 3 3; Mala of 108 beads 32.00 13 6; Incense holder 12.00 18 8; Timer with a soft bell 36.00 0 4
tool, Massage: Massage ball 9.50 28 12; Fascia roller 29.00 9 6; Acupressure mat 45.00 6 5; Cupping set, silicone 33.00 5 4; Wooden foot roller 19.00 11 6; Gua sha, jade 22.00 8 6
supplement, Teas: Sleep well tea 9.80 34 20; Clear head tea 9.80 22 20; Belly tea 9.80 8 20; Women's tea 10.50 15 12; Winter tea 10.50 6 0 -
supplement, Minerals: Magnesium, 60 capsules 24.00 19 15; Zinc, 90 tablets 18.50 14 10; Iron and vitamin C 21.00 4 10
supplement, Plants: Lavender drops 16.00 12 10; Valerian, 50 ml 17.50 9 8; St. John's wort oil 19.00 7 6; Turmeric capsules 26.00 11 8; Ashwagandha, 60 capsules 29.00 0 8; Bitter drops 15.50 16 10; Rescue spray 13.90 21 12
other, Gifts: Gift box, small 35.00 6 5; Beeswax candle 11.50 27 12; Linen bag 15.00 14 6
"""  # noqa: E501 - a table


def products() -> tuple[Product, ...]:
    """In the order of their keys."""
    found: list[Product] = []
    for line in _SHELF.strip().split("\n"):
        kind_and_category, entries = line.split(": ", 1)
        kind, category = kind_and_category.split(", ")
        found += [_product(kind, category, entry, len(found) + n) for n, entry in enumerate(entries.split("; "))]
    return tuple(found)


def _product(kind: str, category: str, entry: str, number: int) -> Product:
    is_active = not entry.endswith(" -")
    name, price, left, level = entry.removesuffix(" -").rsplit(" ", 3)
    sku = f"{_PREFIX[kind]}-{number + 1:03}"
    tax = _TAX.get(kind, _USUAL_TAX)
    return Product(name, ProductType(kind), category, sku, Decimal(price), tax, int(left), int(level), is_active)
