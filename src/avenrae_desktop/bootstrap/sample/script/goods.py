"""The shelf, orders, events and registrations, as facts and as rows."""

from avenrae_desktop.bootstrap.sample import CURRENCY, OPENED, ZONE
from avenrae_desktop.bootstrap.sample.offers import SAMPLE_ROOMS
from avenrae_desktop.bootstrap.sample.script.sql import Facts, Value, insert, literal, passed, utc, wall
from avenrae_desktop.bootstrap.sample.script.staff import DESK_ID, OWNER_ID, room_id
from avenrae_desktop.bootstrap.sample.story import Story

_NAME, _MONEY, _WORD = "VARCHAR(255)", "DECIMAL(10,2)", "VARCHAR(20)"
_DESK, _OWNER = str(DESK_ID), str(OWNER_ID)
_ZONE, _CURRENCY = literal(ZONE), literal(CURRENCY)


def facts(story: Story) -> list[Facts]:
    return [_products(story), *_orders(story), _events(story), _places(story)]


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _products(story: Story) -> Facts:
    columns = {
        "id": "INT",
        "product_name": _NAME,
        "product_type": _WORD,
        "product_category": _NAME,
        "sku": _NAME,
        "price": _MONEY,
        "tax_rate": _MONEY,
        "stock_quantity": "INT",
        "reorder_level": "INT",
        "is_active": "INT",
        "created": "INT",
    }
    rows = [
        (
            n,
            p.name,
            p.product_type,
            p.category,
            p.sku,
            p.price,
            p.tax_rate,
            first,
            p.reorder_level,
            int(p.is_active),
            OPENED,
        )
        for n, (p, first) in enumerate(zip(story.shelf, story.first_stock, strict=True), 1)
    ]
    return Facts("products", columns, rows)


def products() -> str:
    return insert(
        "products",
        "seed_products",
        _same(
            "id",
            "product_name",
            "product_type",
            "product_category",
            "sku",
            "price",
            "tax_rate",
            "stock_quantity",
            "reorder_level",
            "is_active",
        ),
    )


def _orders(story: Story) -> list[Facts]:
    columns = dict.fromkeys(
        ("id", "client_id", "created", "ready", "shipped", "completed", "cancelled", "coupon_id"), "INT"
    )
    columns |= {"order_number": _WORD, "channel": _WORD, "reason": _NAME}
    columns |= dict.fromkeys(("discount", "subtotal", "shipping", "tax"), _MONEY)
    items = dict.fromkeys(
        (
            "id",
            "order_id",
            "product_id",
            "created",
            "cancelled",
            "quantity",
            "returned",
            "restocked",
            "returned_at",
        ),
        "INT",
    )
    items |= {"product_name": _NAME, "sku": _NAME, "unit_price": _MONEY, "tax_rate": _MONEY}
    rows: list[tuple[Value, ...]] = []
    lines: list[tuple[Value, ...]] = []
    for n, s in enumerate(story.sales, 1):
        client = None if s.client is None else s.client + 1
        rows.append(
            (
                n,
                client,
                s.when,
                s.ready,
                s.shipped,
                s.completed,
                s.cancelled,
                s.coupon,
                f"A-{n:06}",
                s.channel,
                s.reason,
                s.discount,
                s.subtotal,
                s.shipping,
                s.tax,
            )
        )
        for i in s.items:
            p = story.shelf[i.product]
            lines.append(
                (
                    len(lines) + 1,
                    n,
                    i.product + 1,
                    s.when,
                    s.cancelled,
                    i.quantity,
                    i.returned,
                    i.restocked,
                    i.returned_at,
                    p.name,
                    p.sku,
                    p.price,
                    p.tax_rate,
                )
            )
    return [Facts("orders", columns, rows), Facts("items", items, lines)]


def orders() -> list[str]:
    columns = _same("id", "client_id", "order_number", "channel", "coupon_id", "subtotal") | {
        "order_date": utc("created"),
        "status": (
            "CASE WHEN cancelled <= @now THEN 'cancelled' WHEN completed <= @now THEN 'completed'\n"
            "            WHEN shipped <= @now THEN 'shipped' WHEN ready <= @now THEN 'ready' ELSE 'pending' END"
        ),
        "discount_amount": "discount",
        "shipping_amount": "shipping",
        "tax_amount": "tax",
        "total_amount": "subtotal - discount + shipping",
        "currency": _CURRENCY,
        "created_by": _DESK,
        "ready_at": passed("ready"),
        "shipped_at": passed("shipped"),
        "completed_at": passed("completed"),
        "cancelled_at": passed("cancelled"),
        "cancellation_reason": "IF(cancelled <= @now, reason, NULL)",
    }
    items = _same("id", "order_id", "product_id", "product_name", "sku", "unit_price", "tax_rate", "quantity") | {
        "line_total": "unit_price * quantity",
        "returned_quantity": "IF(returned_at <= @now, returned, 0)",
        "restocked_quantity": "IF(returned_at <= @now, restocked, 0)",
        "holds_stock": "IF(cancelled <= @now, FALSE, TRUE)",
    }
    return [
        insert("orders", "seed_orders", columns, where="created <= @now"),
        insert("order_items", "seed_items", items, where="created <= @now"),
    ]


def _events(story: Story) -> Facts:
    columns = dict.fromkeys(
        ("id", "starts", "ends", "healer_id", "room_id", "max_capacity", "is_draft", "cancelled", "created"), "INT"
    )
    columns |= {"event_name": _NAME, "event_type": _WORD, "description": _NAME, "location": _NAME, "price": _MONEY}
    rooms = {n: room_id(story, n) for n in range(len(SAMPLE_ROOMS))}
    rows: list[tuple[Value, ...]] = [
        (
            n,
            e.start,
            e.end,
            e.healer + 1,
            None if e.room is None else rooms[e.room],
            e.seats,
            int(e.is_draft),
            e.cancelled,
            e.created,
            e.name,
            e.event_type,
            e.text or None,
            e.location,
            e.price,
        )
        for n, e in enumerate(story.events, 1)
    ]
    return Facts("events", columns, rows)


def events() -> str:
    same = _same("id", "event_name", "event_type", "description", "room_id", "location", "max_capacity", "price")
    return insert(
        "events",
        "seed_events",
        same
        | {
            "event_date": utc("starts"),
            "ends_at": utc("ends"),
            "local_start": wall("starts"),
            "time_zone": _ZONE,
            "organizer_healer_id": "healer_id",
            "status": (
                "CASE WHEN is_draft THEN 'draft' WHEN cancelled <= @now THEN 'cancelled'\n"
                "            WHEN ends <= @now THEN 'completed' ELSE 'open' END"
            ),
            "registration_ends_at": utc("(starts - 120)"),
            "cancelled_at": passed("cancelled"),
            "cancellation_reason": "IF(cancelled <= @now, 'Too few registrations', NULL)",
            "created_by": _OWNER,
        },
    )


def _places(story: Story) -> Facts:
    columns = dict.fromkeys(
        ("id", "event_id", "client_id", "created", "starts", "ends", "seats", "cancelled", "coupon_id"), "INT"
    )
    columns |= {"fate": _WORD, "price": _MONEY, "discount": _MONEY, "reason": _NAME}
    rows: list[tuple[Value, ...]] = [
        (
            n,
            p.event + 1,
            p.client + 1,
            p.when,
            story.events[p.event].start,
            story.events[p.event].end,
            p.seats,
            p.cancelled,
            p.coupon,
            p.fate,
            p.price,
            p.discount,
            p.reason,
        )
        for n, p in enumerate(story.places, 1)
    ]
    return Facts("registrations", columns, rows)


def registrations() -> str:
    came, missed = "fate = 'come' AND ends <= @now", "fate = 'no_show' AND ends <= @now"
    return insert(
        "event_registrations",
        "seed_registrations",
        _same("id", "event_id", "client_id", "seats", "coupon_id")
        | {
            "status": (
                "CASE WHEN cancelled <= @now THEN 'cancelled' WHEN fate = 'waiting' THEN 'waitlisted'\n"
                f"            WHEN {came} THEN 'attended' WHEN {missed} THEN 'no_show' ELSE 'registered' END"
            ),
            "discount_amount": "discount",
            "total_price": "price - discount",
            "created_by": _DESK,
            "registered_at": f"IF(fate = 'waiting', NULL, {utc('created')})",
            "waitlisted_at": f"IF(fate = 'waiting', {utc('created')}, NULL)",
            "attended_at": f"IF({came}, {utc('starts')}, NULL)",
            "no_show_at": f"IF({missed}, {utc('ends')}, NULL)",
            "cancelled_at": passed("cancelled"),
            "cancellation_reason": "IF(cancelled <= @now, reason, NULL)",
        },
        where="created <= @now",
    )
