"""Reviews, favourites, wishes, conversations, tickets, notices and logs, as facts and as rows."""

from avenrae_desktop.bootstrap.sample.script.sql import Facts, Value, insert, passed, utc
from avenrae_desktop.bootstrap.sample.script.staff import DESK_ID, FIRST_HEALER_USER, OWNER_ID, first_client_user
from avenrae_desktop.bootstrap.sample.story import Liked, Story
from avenrae_desktop.bootstrap.sample.talk import Thread, threads, tickets

_NAME, _WORD, _TEXT = "VARCHAR(255)", "VARCHAR(20)", "VARCHAR(4000)"
_NOW = "created <= @now"


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def facts(story: Story) -> list[Facts]:
    return [
        _reviews(story),
        _liked("favourites", story.favourites),
        _liked("wishes", story.wishes),
        *_threads(story),
        _tickets(story),
        _notices(story),
    ]


def rows() -> list[str]:
    return [_reviews_in(), _RATINGS, *_liked_in(), *_threads_in(), _tickets_in(), _notices_in(), *_LOGS]


def _reviews(story: Story) -> Facts:
    columns = dict.fromkeys(
        ("id", "client_id", "healer_id", "service_id", "booking_id", "rating", "created", "responded", "hidden"),
        "INT",
    )
    columns |= {"review_text": _TEXT, "status": _WORD, "response": _TEXT}
    found: list[tuple[Value, ...]] = [
        (
            n,
            r.client + 1,
            r.healer + 1,
            r.offer + 1,
            r.visit,
            r.rating,
            r.when,
            r.responded,
            r.hidden,
            r.text,
            r.status,
            r.response,
        )
        for n, r in enumerate(story.reviews, 1)
    ]
    return Facts("reviews", columns, found)


def _reviews_in() -> str:
    same = _same("id", "client_id", "healer_id", "service_id", "booking_id", "rating", "review_text")
    return insert(
        "reviews",
        "seed_reviews",
        same
        | {
            "status": "IF(status = 'hidden' AND hidden > @now, 'pending', status)",
            "response": "IF(responded <= @now, response, NULL)",
            "responded_at": passed("responded"),
            "moderated_by": f"IF(hidden <= @now, {OWNER_ID}, NULL)",
            "moderated_at": passed("hidden"),
            "moderation_reason": "IF(hidden <= @now, 'Names another client', NULL)",
        },
        where=_NOW,
    )


_RATINGS = """\
UPDATE healers SET rating = (SELECT ROUND(AVG(reviews.rating), 2) FROM reviews
                             WHERE reviews.healer_id = healers.id AND reviews.status = 'published')
WHERE @seed_free;"""


def _liked(name: str, liked: list[Liked]) -> Facts:
    columns = dict.fromkeys(("id", "client_id", "what", "created", "removed"), "INT")
    return Facts(name, columns, [(n, x.client + 1, x.what + 1, x.when, x.removed) for n, x in enumerate(liked, 1)])


def _liked_in() -> list[str]:
    common = _same("id", "client_id") | {"removed_at": passed("removed")}
    wish = {"product_id": "what", "wants_notice": "MOD(id, 3) = 0"}
    return [
        insert("favorite_healers", "seed_favourites", common | {"healer_id": "what"}, where=_NOW),
        insert("wishlist_items", "seed_wishes", common | wish, where=_NOW),
    ]


def _partner(thread: Thread) -> int:
    return DESK_ID if thread.healer is None else FIRST_HEALER_USER + thread.healer


def _threads(story: Story) -> list[Facts]:
    columns = dict.fromkeys(("id", "starter_id", "partner_id", "created", "ends"), "INT") | {"subject": _NAME}
    lines = dict.fromkeys(("id", "conversation_id", "sender_id", "recipient_id", "created"), "INT") | {
        "body": _TEXT
    }
    told: list[tuple[Value, ...]] = []
    said: list[tuple[Value, ...]] = []
    for n, thread in enumerate(threads(), 1):
        client, partner = first_client_user(story) + thread.client, _partner(thread)
        told.append((n, client, partner, thread.lines[0].when, None, thread.subject))
        for line in thread.lines:
            two = (partner, client) if line.by_practice else (client, partner)
            said.append((len(said) + 1, n, *two, line.when, line.body))
    return [Facts("conversations", columns, told), Facts("messages", lines, said)]


def _threads_in() -> list[str]:
    last = "(SELECT MAX(m.created) FROM seed_messages m WHERE m.conversation_id = c.id AND m.created <= @now)"
    # Whoever answered has read; the last word of a client stays unread for some hours.
    read = "(created + 30 + MOD(id * 37, 300))"
    return [
        f"UPDATE seed_conversations c SET ends = {last};",
        insert(
            "conversations",
            "seed_conversations",
            _same("id", "starter_id", "partner_id", "subject")
            | {
                "last_message_at": utc("ends"),
            },
            where=_NOW,
        ),
        insert(
            "messages",
            "seed_messages",
            _same("id", "conversation_id", "sender_id", "recipient_id", "body")
            | {
                "sent_at": utc("created"),
                "read_at": passed(read),
            },
            where=_NOW,
        ),
    ]


def _tickets(story: Story) -> Facts:
    columns = dict.fromkeys(("id", "user_id", "created", "ended"), "INT")
    columns |= {"ticket_number": _WORD, "subject": _NAME, "description": _TEXT} | dict.fromkeys(
        ("category", "priority", "status"), _WORD
    )
    columns |= {"resolution": _TEXT}
    found: list[tuple[Value, ...]] = [
        (
            n,
            first_client_user(story) + t.client,
            t.when,
            t.ended,
            f"T-{n:04}",
            t.subject,
            t.text,
            t.category,
            t.priority,
            t.status,
            t.resolution,
        )
        for n, t in enumerate(tickets(), 1)
    ]
    return Facts("tickets", columns, found)


def _tickets_in() -> str:
    same = _same("id", "user_id", "ticket_number", "subject", "description", "category", "priority")
    return insert(
        "support_tickets",
        "seed_tickets",
        same
        | {
            "created_by": str(DESK_ID),
            "status": "IF(ended > @now, 'in_progress', status)",
            "assigned_to": f"IF(status = 'open', NULL, IF(category = 'payment', {OWNER_ID}, {DESK_ID}))",
            "resolution": "IF(ended <= @now, resolution, NULL)",
            "resolved_at": passed("ended"),
            "closed_at": f"IF(status = 'closed', {passed('ended')}, NULL)",
        },
        where=_NOW,
    )


def _notices(story: Story) -> Facts:
    """What the desk was told of: bookings that were asked for, goods that ran low, messages to healers."""
    columns = {
        "id": "INT",
        "user_id": "INT",
        "kind": _WORD,
        "title": _NAME,
        "body": _NAME,
        "booking_id": "INT",
        "created": "INT",
    }
    found: list[tuple[Value, ...]] = []
    for n, v in enumerate(story.visits, 1):
        if v.fate == "asked":
            name = story.clients[v.client].fields
            found.append(
                (
                    DESK_ID,
                    "booking",
                    f"{name.first_name} {name.last_name} asks for a time",
                    story.offers[v.offer].name,
                    n,
                    v.created,
                )
            )
    for n, t in enumerate(threads()):
        found.append((_partner(t), "message", "A new message", t.subject, None, t.lines[0].when + n % 3))
    for number, p in enumerate(story.shelf):
        if p.left < p.reorder_level and p.is_active:
            body = "None left" if not p.left else f"{p.left} left"
            found.append(
                (OWNER_ID, "stock", f"{p.name} is running low", body, None, -(number % 9 + 1) * 1440 + 1020)
            )
    found.sort(key=lambda row: (row[-1], row[0], row[2]))
    return Facts("notifications", columns, [(n, *row) for n, row in enumerate(found, 1)])


def _notices_in() -> str:
    of = "(SELECT uuid FROM bookings WHERE bookings.id = seed_notifications.booking_id)"
    return insert(
        "notifications",
        "seed_notifications",
        _same("id", "user_id", "kind", "title", "body")
        | {
            "record_kind": "IF(booking_id IS NULL, NULL, 'booking')",
            "record_uuid": of,
            "read_at": f"IF(MOD(id, 5) = 0, NULL, {passed('(created + 45 + MOD(id * 53, 900))')})",
        },
        where=_NOW,
    )


_LOGS = [
    f"""\
INSERT INTO commands (uuid, actor_id, kind, body_hash, body, answer, touched, created_at)
SELECT UNHEX(CONCAT(LPAD(HEX(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', @now_utc) DIV 1000), 12, '0'),
                    '7', SUBSTR(SHA2('seed', 256), 1, 3), 'a', SUBSTR(SHA2('seed', 256), 4, 15))),
       {OWNER_ID}, 'practice.seed', UNHEX(SHA2('practice.seed', 256)), '{{}}', '{{}}', '[]', @now_utc
FROM seed_users WHERE @seed_free AND id = {OWNER_ID};""",
    """\
INSERT INTO system_logs (uuid, level, source, message, created_at)
SELECT uuid, 'info', 'seed', 'Sample data were loaded', created_at
FROM commands WHERE @seed_free AND kind = 'practice.seed';""",
]
