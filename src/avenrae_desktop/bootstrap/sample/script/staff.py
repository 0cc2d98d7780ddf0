"""People, rooms, services, hours and time off, as facts and as rows."""

from dataclasses import asdict

from avenrae_desktop.areas.clients.keys import keys_of
from avenrae_desktop.bootstrap.sample import CURRENCY, OPENED, PRACTICE_NAME, WEEK, ZONE
from avenrae_desktop.bootstrap.sample.diary import hours_of
from avenrae_desktop.bootstrap.sample.offers import SAMPLE_ROOMS
from avenrae_desktop.bootstrap.sample.people import DESK, OWNER
from avenrae_desktop.bootstrap.sample.script.sql import Facts, Value, insert, literal, utc
from avenrae_desktop.bootstrap.sample.story import Story

OWNER_ID, DESK_ID, FIRST_HEALER_USER = 1, 2, 3
_NAME, _TEXT, _MONEY = "VARCHAR(255)", "VARCHAR(4000)", "DECIMAL(10,2)"


def first_client_user(story: Story) -> int:
    return FIRST_HEALER_USER + len(story.people)


def facts(story: Story) -> list[Facts]:
    return [_users(story), _healers(story), _resources(story), _clients(story), *_services(story), *_times(story)]


def rows() -> list[str]:
    user = {
        name: name
        for name in ("id", "email", "sign_in_name", "first_name", "last_name", "user_type", "is_verified")
    }
    healer = (
        "id",
        "user_id",
        "healer_type",
        "hourly_rate",
        "is_verified_healer",
        "availability_status",
        "hue",
        "qualifications",
        "bio",
    )
    client = (
        "id",
        "user_id",
        "date_of_birth",
        "gender",
        "phone",
        "contact_email",
        "emergency_contact_name",
        "emergency_contact_phone",
        "note",
        "preferred_healer_id",
        "last_key",
        "first_key",
        "other_key",
        "email_key",
        "phone_key",
        "phone_tail",
    )
    service = (
        "id",
        "healer_id",
        "service_name",
        "duration_minutes",
        "buffer_before_minutes",
        "buffer_after_minutes",
        "price",
        "service_category",
        "description",
        "room_id",
    )
    hours = ("id", "healer_id", "weekday", "kind", "start_minute", "end_minute", "label")
    off = {
        "id": "id",
        "healer_id": "healer_id",
        "starts_at": utc("starts"),
        "ends_at": utc("ends"),
        "reason": "reason",
        "created_by": str(OWNER_ID),
    }
    return [
        _settings(),
        insert("users", "seed_users", user),
        insert("user_roles", "seed_users", {"user_id": "id", "role": "user_type"}, where="user_type <> 'client'"),
        insert("healers", "seed_healers", _same(healer)),
        insert("resources", "seed_resources", _same(("id", "kind", "resource_name", "healer_id"))),
        insert("clients", "seed_clients", _same(client)),
        insert("services", "seed_services", _same(service)),
        insert(
            "service_providers",
            "seed_providers",
            _same(("service_id", "healer_id")),
            order="service_id, healer_id",
        ),
        insert("healer_availability", "seed_hours", _same(hours)),
        insert("blocked_dates", "seed_off", off),
    ]


def _same(names: tuple[str, ...]) -> dict[str, str]:
    return {name: name for name in names}


def _settings() -> str:
    named = {"practice_name": PRACTICE_NAME, "time_zone": ZONE, "currency": CURRENCY}
    union = "\n      UNION ALL ".join(
        f"SELECT {literal(name)} AS setting, {literal(value)} AS choice" for name, value in named.items()
    )
    return (
        "INSERT INTO settings (uuid, setting_name, setting_value, created_at)\n"
        f"SELECT UNHEX(LEFT(SHA2(CONCAT('settings', setting), 256), 32)), setting, choice, {utc(str(OPENED))}\n"
        f"FROM ({union}) AS chosen WHERE @seed_free;"
    )


def _users(story: Story) -> Facts:
    columns = {
        "id": "INT",
        "email": _NAME,
        "sign_in_name": "VARCHAR(32)",
        "first_name": _NAME,
        "last_name": _NAME,
        "user_type": "VARCHAR(20)",
        "is_verified": "INT",
        "created": "INT",
    }
    staff: list[tuple[tuple[str, str, str], str]] = [(OWNER, "admin"), (DESK, "front_desk")]
    staff += [((c.first_name, c.last_name, c.sign_in_name), "healer") for c in story.people]
    found: list[tuple[Value, ...]] = [
        (number, f"{sign_in}@example.org", sign_in, first, last, kind, 1, _since(story, number))
        for number, ((first, last, sign_in), kind) in enumerate(staff, OWNER_ID)
    ]
    emails = [c.fields.email for c in story.clients]
    for number, client in enumerate(story.clients):
        f = client.fields
        # Some sign in one day, with an address that is theirs alone.
        own = f.email if number % 4 == 1 and emails.count(f.email) == 1 else ""
        user = first_client_user(story) + number
        found.append((user, own or None, None, f.first_name, f.last_name, "client", int(bool(own)), client.joined))
    return Facts("users", columns, found)


def _since(story: Story, user: int) -> int:
    number = user - FIRST_HEALER_USER
    is_later = number >= 0 and story.people[number].since * WEEK > OPENED + 6 * WEEK
    return (story.people[number].since - 1) * WEEK + 600 if is_later else OPENED


def _healers(story: Story) -> Facts:
    columns = {
        "id": "INT",
        "user_id": "INT",
        "healer_type": "VARCHAR(20)",
        "hourly_rate": _MONEY,
        "is_verified_healer": "INT",
        "availability_status": "VARCHAR(20)",
        "hue": "VARCHAR(20)",
        "qualifications": _TEXT,
        "bio": _TEXT,
        "created": "INT",
    }
    found = [
        (
            number,
            user,
            c.healer_type,
            c.rate,
            int(c.is_verified),
            c.status,
            c.hue,
            c.qualifications,
            c.bio,
            _since(story, user),
        )
        for number, (user, c) in enumerate(enumerate(story.people, FIRST_HEALER_USER), 1)
    ]
    return Facts("healers", columns, found)


def _resources(story: Story) -> Facts:
    columns = {"id": "INT", "kind": "VARCHAR(20)", "resource_name": _NAME, "healer_id": "INT", "created": "INT"}
    of_healers: list[tuple[Value, ...]] = [
        (number, "healer", f"{c.first_name} {c.last_name}", number, _since(story, number + FIRST_HEALER_USER - 1))
        for number, c in enumerate(story.people, 1)
    ]
    rooms = [(room_id(story, n), "room", name, None, OPENED) for n, name in enumerate(SAMPLE_ROOMS)]
    return Facts("resources", columns, [*of_healers, *rooms])


def room_id(story: Story, room: int) -> int:
    return len(story.people) + 1 + room


def _clients(story: Story) -> Facts:
    short = ("gender", "phone", "emergency_contact_phone")
    names = ("contact_email", "emergency_contact_name", "note")
    keys = ("last_key", "first_key", "other_key", "email_key", "phone_key", "phone_tail")
    columns = {"id": "INT", "user_id": "INT", "date_of_birth": "DATE"}
    columns |= dict.fromkeys(short, "VARCHAR(40)") | dict.fromkeys(names, "VARCHAR(2000)")
    columns |= {"preferred_healer_id": "INT"} | dict.fromkeys(keys, _NAME) | {"created": "INT"}
    found: list[tuple[Value, ...]] = []
    for number, client in enumerate(story.clients):
        f, k = client.fields, asdict(keys_of(client.fields))
        found.append(
            (
                number + 1,
                first_client_user(story) + number,
                f.date_of_birth.isoformat() if f.date_of_birth else None,
                f.gender,
                f.phone or None,
                f.emergency_contact_phone or None,
                f.email or None,
                f.emergency_contact_name or None,
                f.note or None,
                client.healer + 1 if client.healer != 8 else 5,
                *(k[name] for name in keys),
                client.joined,
            )
        )
    return Facts("clients", columns, found)


def _services(story: Story) -> list[Facts]:
    columns = {
        "id": "INT",
        "healer_id": "INT",
        "service_name": _NAME,
        "duration_minutes": "INT",
        "buffer_before_minutes": "INT",
        "buffer_after_minutes": "INT",
        "price": _MONEY,
        "service_category": "VARCHAR(20)",
        "description": _TEXT,
        "room_id": "INT",
        "created": "INT",
    }
    services: list[tuple[Value, ...]] = []
    providers: list[tuple[Value, ...]] = []
    for number, o in enumerate(story.offers, 1):
        room = None if o.room is None else room_id(story, o.room)
        since = _since(story, o.healers[0] + FIRST_HEALER_USER)
        services.append(
            (
                number,
                o.healers[0] + 1,
                o.name,
                o.minutes,
                o.before,
                o.after,
                o.price,
                o.category,
                o.description or None,
                room,
                since,
            )
        )
        providers += [(number, h + 1, _since(story, h + FIRST_HEALER_USER)) for h in o.healers]
    kinds = {"service_id": "INT", "healer_id": "INT", "created": "INT"}
    return [Facts("services", columns, services), Facts("providers", kinds, providers)]


def _times(story: Story) -> list[Facts]:
    columns = {
        "id": "INT",
        "healer_id": "INT",
        "weekday": "INT",
        "kind": "VARCHAR(10)",
        "start_minute": "INT",
        "end_minute": "INT",
        "label": _NAME,
        "created": "INT",
    }
    hours = [
        (n + 1, h.weekday, h.kind, h.start_minute, h.end_minute, h.label, _since(story, n + FIRST_HEALER_USER))
        for n, person in enumerate(story.people)
        for h in hours_of(person)
    ]
    off: list[tuple[Value, ...]] = [
        (
            None if o.healer is None else o.healer + 1,
            o.start,
            o.end,
            o.reason,
            min(o.start, 0) // WEEK * WEEK - 4 * WEEK,
        )
        for o in sorted(story.off, key=lambda o: o.start)
    ]
    kinds = {"id": "INT", "healer_id": "INT", "starts": "INT", "ends": "INT", "reason": _NAME, "created": "INT"}
    return [
        Facts("hours", columns, [(n, *row) for n, row in enumerate(hours, 1)]),
        Facts("off", kinds, [(n, *row) for n, row in enumerate(off, 1)]),
    ]
