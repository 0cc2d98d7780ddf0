"""Coupons, bookings and the ledger, as facts and as rows."""

from avenrae_desktop.bootstrap.sample import CURRENCY, OPENED, ZONE
from avenrae_desktop.bootstrap.sample.script.sql import Facts, Value, insert, literal, passed, utc, wall
from avenrae_desktop.bootstrap.sample.script.staff import DESK_ID, OWNER_ID, room_id
from avenrae_desktop.bootstrap.sample.story import Story
from avenrae_desktop.bootstrap.sample.takings import BOOKING, ORDER, REGISTRATION

_NAME, _MONEY, _WORD = "VARCHAR(255)", "DECIMAL(10,2)", "VARCHAR(20)"
_DESK, _OWNER = str(DESK_ID), str(OWNER_ID)
_ZONE, _CURRENCY = literal(ZONE), literal(CURRENCY)
_BRAND_AND_NUMBER = ("card_brand", "card_last4")


def facts(story: Story) -> list[Facts]:
    return [_coupons(story), _bookings(story), _ledger(story)]


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _coupons(story: Story) -> Facts:
    columns = {
        "id": "INT",
        "code": _NAME,
        "coupon_name": _NAME,
        "scope": _WORD,
        "percent_off": "INT",
        "amount_off": _MONEY,
        "minimum_amount": _MONEY,
        "starts": "INT",
        "ends": "INT",
        "max_uses": "INT",
        "is_active": "INT",
        "created": "INT",
    }
    rows = [
        (
            n,
            c.code,
            c.name,
            c.scope,
            c.percent,
            c.amount,
            c.minimum,
            c.start,
            c.end,
            c.most,
            int(c.is_active),
            OPENED,
        )
        for n, c in enumerate(story.coupons, 1)
    ]
    return Facts("coupons", columns, rows)


def coupons() -> str:
    same = _same(
        "id",
        "code",
        "coupon_name",
        "scope",
        "percent_off",
        "amount_off",
        "minimum_amount",
        "max_uses",
        "is_active",
    )
    more = {
        "valid_from": utc("starts"),
        "valid_until": f"IF(ends IS NULL, NULL, {utc('ends')})",
        "created_by": _OWNER,
    }
    return insert("coupons", "seed_coupons", same | more)


def _bookings(story: Story) -> Facts:
    columns = dict.fromkeys(
        (
            "id",
            "client_id",
            "healer_id",
            "service_id",
            "room_id",
            "starts",
            "ends",
            "before_it",
            "after_it",
            "created",
            "confirmed",
            "cancelled",
            "coupon_id",
            "rating",
        ),
        "INT",
    )
    columns |= {"fate": _WORD, "price": _MONEY, "discount": _MONEY, "reason": _NAME, "note": _NAME}
    rows: list[tuple[Value, ...]] = [
        (
            n,
            v.client + 1,
            v.healer + 1,
            v.offer + 1,
            None if v.room is None else room_id(story, v.room),
            v.start,
            v.end,
            v.before,
            v.after,
            v.created,
            v.confirmed,
            v.cancelled,
            v.coupon,
            v.rating,
            v.fate,
            v.price,
            v.discount,
            v.reason,
            v.note,
        )
        for n, v in enumerate(story.visits, 1)
    ]
    return Facts("bookings", columns, rows)


def bookings() -> str:
    cancelled = "fate = 'cancelled' AND cancelled <= @now"
    missed = "fate = 'no_show' AND ends <= @now"
    done = "ends <= @now AND fate NOT IN ('cancelled', 'no_show')"
    here = "starts <= @now + 10 AND ends > @now AND fate NOT IN ('cancelled', 'no_show')"
    agreed = "(starts <= @now + 10 OR fate NOT IN ('open', 'asked'))"
    columns = _same("id", "client_id", "healer_id", "service_id", "room_id", "coupon_id", "note") | {
        "booking_date": utc("starts"),
        "ends_at": utc("ends"),
        "local_start": wall("starts"),
        "time_zone": _ZONE,
        "buffer_before_minutes": "before_it",
        "buffer_after_minutes": "after_it",
        "status": (
            f"CASE WHEN {cancelled} THEN 'cancelled' WHEN {missed} THEN 'no_show' WHEN {done} THEN 'completed'\n"
            f"            WHEN {here} THEN IF(starts <= @now, 'in_session', 'arrived')\n"
            f"            WHEN {agreed} THEN 'confirmed' WHEN fate = 'asked' THEN 'requested' ELSE 'pending' END"
        ),
        "total_price": "price - discount",
        "discount_amount": "discount",
        "client_rating": f"IF({done}, rating, NULL)",
        "created_by": _DESK,
        "confirmed_at": f"IF({agreed}, {passed('confirmed')}, NULL)",
        "arrived_at": f"IF({done} OR {here}, {utc('(LEAST(starts, @now) - 4)')}, NULL)",
        "completed_at": f"IF({done}, {utc('ends')}, NULL)",
        "cancelled_at": f"IF({cancelled}, {utc('cancelled')}, NULL)",
        "cancellation_reason": f"IF({cancelled}, reason, NULL)",
        "no_show_at": f"IF({missed}, {utc('(starts + 20)')}, NULL)",
    }
    return insert("bookings", "seed_bookings", columns, where="created <= @now")


def _ledger(story: Story) -> Facts:
    columns = {"id": "INT", "kind": _WORD, "tender": _WORD, "amount": _MONEY}
    columns |= dict.fromkeys(
        ("booking_id", "order_id", "event_registration_id", "client_id", "reverses_id", "refund_of_id"), "INT"
    )
    columns |= {"receipt_number": _WORD, "amount_given": _MONEY} | dict.fromkeys(_BRAND_AND_NUMBER, _WORD)
    columns |= {"note": _NAME, "created": "INT"}
    keys = {id(entry): n for n, entry in enumerate(story.entries, 1)}
    receipts: dict[int, int] = {}
    rows: list[tuple[Value, ...]] = []
    for n, e in enumerate(story.entries, 1):
        receipt = receipts.setdefault(e.group, len(receipts) + 1)
        things = [e.number if e.thing == thing else None for thing in (BOOKING, ORDER, REGISTRATION)]
        rows.append(
            (
                n,
                "refund" if e.is_refund else "payment",
                e.tender,
                e.amount,
                *things,
                None if e.client is None else e.client + 1,
                keys[id(e.reverses)] if e.reverses else None,
                keys[id(e.refund_of)] if e.refund_of else None,
                f"R-{receipt:06}",
                e.given,
                e.brand,
                e.last4,
                e.note,
                e.when,
            )
        )
    return Facts("transactions", columns, rows)


def ledger() -> str:
    same = _same(
        "id",
        "kind",
        "tender",
        "amount",
        "booking_id",
        "order_id",
        "event_registration_id",
        "client_id",
        "reverses_id",
        "refund_of_id",
        "receipt_number",
        "amount_given",
        *_BRAND_AND_NUMBER,
        "note",
    )
    more = {"currency": _CURRENCY, "created_by": _DESK, "taken_at": utc("created")}
    return insert("transactions", "seed_transactions", same | more, where="created <= @now")
