"""Money: exact decimals in the practice's one currency."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop

# ISO 4217 currencies without a minor unit; those with three decimals are refused at set-up.
ZERO_DECIMALS = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())
THREE_DECIMALS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
LARGEST = Decimal("99999999.99")  # DECIMAL(10,2)

BAD_AMOUNT = Problem(
    "money.bad_amount",
    noop("This is not an amount"),
    noop("“{text}” cannot be read as an amount of money."),
    noop("Type a number such as 95 or 95.50."),
)
TOO_LARGE = Problem(
    "money.too_large",
    noop("This amount is too large"),
    noop("Amounts go from 0 up to 99,999,999.99."),
    noop("Check the number."),
)


def decimals(currency: str) -> int:
    """How many decimals the currency has: 0 or 2."""
    return 0 if currency in ZERO_DECIMALS else 2


def parse_amount(text: str, currency: str) -> Decimal:
    """Read what a person typed ("95", "95,50", "1'250.00"); raises RuleBroken."""
    bare = "".join(c for c in text if c not in " '\u00a0\u202f\u2019")
    if bare.count(",") == 1 and "." not in bare and len(bare.rsplit(",", 1)[1]) != 3:
        bare = bare.replace(",", ".")
    try:
        value = Decimal(bare.replace(",", ""))
    except InvalidOperation:
        raise RuleBroken(BAD_AMOUNT, text=text) from None
    return check_amount(value, currency, text)


def check_amount(value: Decimal, currency: str, text: str | None = None) -> Decimal:
    """The amount with the currency's decimals; raises RuleBroken if it is none that can be stored."""
    shown = text if text is not None else str(value)
    if not value.is_finite():
        raise RuleBroken(BAD_AMOUNT, text=shown)
    if not 0 <= value <= LARGEST:
        raise RuleBroken(TOO_LARGE)
    rounded = value.quantize(Decimal(1).scaleb(-decimals(currency)), ROUND_HALF_UP)
    if rounded != value:
        raise RuleBroken(BAD_AMOUNT, text=shown)
    return rounded.quantize(Decimal("0.01"))
