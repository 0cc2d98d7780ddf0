"""Who may do what in the database of a practice server, down to the column: generated from `kernel.identity`.

`NEEDS` says what each permission needs; a role gets what its permissions need, and nothing else. Nobody may
delete, nobody may change `commands` or `audit_logs`, nobody reads the hashes of passwords and PINs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from avenrae_desktop.kernel.identity import GRANTS, Permission, Role

OWNER = "avenrae_owner"
"""The locked account at localhost that triggers and routines run as."""
PERSON = "person"
"""The role of everybody who has an account: it only lets them accept an invitation."""

_NAMES: dict[frozenset[Role], str] = {
    frozenset({Role.HEALER}): "healer",
    frozenset({Role.FRONT_DESK}): "front_desk",
    # MySQL's names end at 32 characters, and the database's may have 20.
    frozenset({Role.HEALER, Role.FRONT_DESK}): "healer_desk",
    frozenset({Role.ADMIN}): "admin",
}


class Verb(StrEnum):
    """What may be done; EXECUTE with a routine, the others with a table."""

    SELECT = "SELECT"
    INSERT = "INSERT"
    UPDATE = "UPDATE"
    DELETE = "DELETE"
    TRIGGER = "TRIGGER"
    EXECUTE = "EXECUTE"


@dataclass(frozen=True, order=True, slots=True)
class Right:
    """One verb on one table or routine; `column` empty: on the whole of it."""

    on: str
    verb: Verb
    column: str = ""


Rights = frozenset[Right]


def _on(table: str, **verbs: str) -> Rights:
    """Rights on a table: `select`, `insert`, `update` name columns, "*" means the whole table."""
    return frozenset(
        Right(table, Verb(verb.upper()), "" if column == "*" else column)
        for verb, columns in verbs.items()
        for column in columns.split()
    )


def _run(*routines: str) -> Rights:
    return frozenset(Right(routine, Verb.EXECUTE) for routine in routines)


# A lock (SELECT ... FOR UPDATE) needs a right to change something. `version` does the least harm: who raises it
# makes a colleague's edit look at the newer state once more.
_LOCK_RESOURCES = _on("resources", update="version")

STAFF: Rights = frozenset().union(
    *(
        _on(table, select="*")
        for table in (
            "blocked_dates",
            "booking_slots",
            "bookings",
            "clients",
            "healer_availability",
            "healers",
            "presence",
            "resources",
            "service_providers",
            "services",
            "settings",
            "user_roles",
        )
    ),
    _on(
        "users",
        select="id uuid version email sign_in_name first_name last_name user_type disabled_at account_at "
        "code_until seen_at",
    ),
    _on(
        "commands",
        select="id uuid actor_id kind body_hash answer touched undo_kind undo_body undoes",
        insert="uuid actor_id kind body_hash body answer touched undo_kind undo_body undoes created_at",
    ),
    _on("system_logs", insert="uuid level source message created_at"),
    _run("accept_invite", "change_myself", "i_am_here", "my_pin_hash", "set_my_password_hash", "set_my_pin_hash"),
)
"""What everybody who works here needs, whatever they do."""

NEEDS: Mapping[Permission, Rights] = {
    # The administrator who makes the practice on a server does it with an account of the server's own.
    Permission.SET_UP_PRACTICE: frozenset(),
    Permission.MANAGE_PEOPLE: frozenset().union(
        _on(
            "users",
            insert="uuid sign_in_name first_name last_name user_type is_verified password_hash created_at",
            update="version first_name last_name user_type disabled_at password_hash pin_hash",
        ),
        _on("user_roles", insert="user_id role created_at", update="ended_at"),
        _on(
            "healers",
            insert="uuid user_id healer_type hue is_verified_healer created_at",
            update="version healer_type hue",
        ),
        _on("resources", insert="uuid kind resource_name healer_id created_at", update="version resource_name"),
        _on(
            "healer_availability",
            insert="uuid healer_id weekday kind start_minute end_minute label created_at",
        ),
        # Locked while a person is added: the practice's name is no password.
        _on("settings", update="version"),
        _run("invite_account", "is_name_free", "settle_account"),
    ),
    Permission.MANAGE_CLIENTS: frozenset().union(
        _on(
            "users",
            insert="uuid first_name last_name user_type created_at",
            update="version first_name last_name",
        ),
        _on(
            "clients",
            insert="uuid user_id date_of_birth gender phone contact_email emergency_contact_name "
            "emergency_contact_phone note preferred_healer_id last_key first_key other_key email_key phone_key "
            "phone_tail created_at",
            update="version date_of_birth gender phone contact_email emergency_contact_name "
            "emergency_contact_phone note preferred_healer_id archived_at last_key first_key other_key email_key "
            "phone_key phone_tail",
        ),
    ),
    Permission.MANAGE_SERVICES: frozenset().union(
        _on(
            "services",
            insert="uuid healer_id service_name duration_minutes buffer_before_minutes buffer_after_minutes "
            "price service_category description room_id created_at",
            update="version healer_id service_name duration_minutes buffer_before_minutes buffer_after_minutes "
            "price service_category description room_id archived_at",
        ),
        _on("service_providers", insert="service_id healer_id created_at", update="ended_at"),
        _on("resources", insert="uuid kind resource_name created_at", update="version archived_at"),
    ),
    Permission.MANAGE_HOURS: frozenset().union(
        _on(
            "healer_availability",
            insert="uuid healer_id weekday kind start_minute end_minute label created_at",
            update="removed_at",
        ),
        _on(
            "blocked_dates",
            insert="uuid healer_id starts_at ends_at reason created_by created_at",
            update="version removed_at",
        ),
        _LOCK_RESOURCES,
    ),
    Permission.BOOK: frozenset().union(
        _on(
            "bookings",
            insert="uuid client_id healer_id service_id room_id booking_date ends_at local_start time_zone "
            "buffer_before_minutes buffer_after_minutes status total_price note lane overbooking_reason "
            "outside_hours_reason created_by confirmed_at created_at",
            update="version healer_id room_id booking_date ends_at local_start status lane overbooking_reason "
            "outside_hours_reason confirmed_at arrived_at completed_at cancelled_at cancellation_reason "
            "no_show_at withdrawn_at",
        ),
        _LOCK_RESOURCES,
    ),
    # The lane stands in every booking; that another one has a reason is kept by a CHECK.
    Permission.OVERBOOK: frozenset(),
    Permission.CHANGE_OWN_ACCOUNT: frozenset(),
    Permission.CHANGE_SETTINGS: _on(
        "settings", insert="uuid setting_name setting_value created_at", update="version setting_value"
    ),
    # What products, events and orders need to be written comes with the commands that write them.
    Permission.SEE_REPORTS: frozenset().union(
        *(
            _on(table, select="*")
            for table in (
                "coupons",
                "event_registrations",
                "events",
                "order_items",
                "orders",
                "products",
                "reviews",
                "transactions",
            )
        )
    ),
}

_PAID = "paid_amount payment_status refunded_amount"
OWNERS: Rights = frozenset().union(
    _on("audit_logs", insert="*", trigger="*"),
    _on("booking_slots", select="*", insert="*", delete="*"),
    _on("bookings", select="*", update=_PAID, trigger="*"),
    # Locked while somebody pays on account.
    _on("clients", select="*", update="version", trigger="*"),
    _on("commands", select="*", trigger="*"),
    _on("coupons", select="*", update="used_count", trigger="*"),
    _on("event_registrations", select="*", update=_PAID, trigger="*"),
    _on("events", select="*", update="seats_taken", trigger="*"),
    _on("healers", select="*"),
    _on("order_items", select="*", update="holds_stock", trigger="*"),
    _on("orders", select="*", update=_PAID, trigger="*"),
    _on("products", select="*", update="stock_quantity", trigger="*"),
    _on("presence", select="*", insert="*", update="*", delete="*"),
    _on("resources", select="*", update="resource_name version", trigger="*"),
    _on("settings", select="*", trigger="*"),
    _on("transactions", select="*", trigger="*"),
    _on("user_roles", select="*", insert="*"),
    _on(
        "users",
        select="*",
        update="account_at code_until email first_name last_name password_hash pin_hash seen_at version",
    ),
    _run(
        "accept_invite",
        "account_of",
        "agree_account",
        "change_myself",
        "check_paid",
        "default_role",
        "end_sessions",
        "i_am_here",
        "invite_account",
        "is_name_free",
        "my_pin_hash",
        "run_statement",
        "set_my_password_hash",
        "set_my_pin_hash",
        "settle_account",
        "take_seats",
        "take_slots",
        "take_stock",
        "use_coupon",
    ),
)
"""What triggers and routines need."""


def role_for(database: str, roles: Iterable[Role]) -> str:
    """The one role on the server for somebody with these roles (MariaDB works with one at a time).

    Without a role of staff they get the one that lets them do nothing.
    """
    held = frozenset(roles) - {Role.CLIENT}
    if Role.ADMIN in held:
        held = frozenset({Role.ADMIN})
    return f"{database}_{_NAMES.get(held, PERSON)}"


def roles_of(database: str) -> Iterator[tuple[str, Rights]]:
    """Every role of a practice with its rights."""
    yield f"{database}_{PERSON}", _run("accept_invite")
    for held, name in _NAMES.items():
        yield f"{database}_{name}", rights_for(held)


def rights_for(roles: Iterable[Role]) -> Rights:
    """What somebody of the staff who holds these roles needs in the database."""
    permissions = frozenset().union(*(GRANTS[role] for role in roles))
    return STAFF.union(*(NEEDS[permission] for permission in permissions))
