"""Users & accounts: users, their roles, healers, clients."""

import sqlalchemy as sa

from avenrae_desktop.db.tables.base import created_at, identity, ref, table, version
from avenrae_desktop.db.types import Money, Rating, Utc, choice, exact
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.values import AvailabilityStatus, Gender, HealerType, UserType

users = table(
    "users",
    *identity(),
    version(),
    # The sign-in e-mail; contact e-mails stand with the client and may be shared.
    sa.Column("email", exact(255), unique=True),
    sa.Column("sign_in_name", exact(32), unique=True),
    sa.Column("password_hash", sa.String(255)),
    sa.Column("pin_hash", sa.String(255)),
    sa.Column("first_name", sa.String(100), nullable=False),
    sa.Column("last_name", sa.String(100), nullable=False),
    sa.Column("user_type", choice(UserType, "user_type"), nullable=False),
    sa.Column("is_verified", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("disabled_at", Utc),
    # On servers, written by the owner's routines alone: since when there is an account of this sign-in name on
    # the server, until when a one-time code is valid, when the person last worked.
    sa.Column("account_at", Utc),
    sa.Column("code_until", Utc),
    sa.Column("seen_at", Utc),
    created_at(),
)

user_roles = table(
    "user_roles",
    sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), primary_key=True),
    sa.Column("role", choice(Role, "role"), primary_key=True),
    # Taken away; the row stays, and is taken up again when the role is given back.
    sa.Column("ended_at", Utc),
    created_at(),
)

healers = table(
    "healers",
    *identity(),
    version(),
    sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False, unique=True),
    sa.Column("healer_type", choice(HealerType, "healer_type"), nullable=False),
    sa.Column("hourly_rate", Money),
    sa.Column("rating", Rating),
    sa.Column("is_verified_healer", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column(
        "availability_status",
        choice(AvailabilityStatus, "availability_status"),
        nullable=False,
        server_default=AvailabilityStatus.AVAILABLE.value,
    ),
    sa.Column("hue", exact(20), nullable=False, server_default="blue"),
    sa.Column("qualifications", sa.String(2000)),
    sa.Column("bio", sa.String(4000)),
    # In SQLite the rating is in hundredths.
    sa.CheckConstraint("rating >= 0 and rating <= 500", name="rating_range").ddl_if(dialect="sqlite"),
    sa.CheckConstraint("rating >= 0 and rating <= 5", name="rating_range").ddl_if(dialect="mysql"),
    sa.CheckConstraint("hourly_rate >= 0", name="hourly_rate_not_negative"),
    sa.Index("ix_healers_rating_healer_type", "rating", "healer_type"),
    # The one above cannot serve a look for healers of a type who are free now, best first .
    sa.Index(
        "ix_healers_healer_type_is_verified_healer_availability_status",
        "healer_type",
        "is_verified_healer",
        "availability_status",
        "rating",
    ),
    created_at(),
)

clients = table(
    "clients",
    *identity(),
    version(),
    sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False, unique=True),
    sa.Column("date_of_birth", sa.Date),
    sa.Column("gender", choice(Gender, "gender")),
    sa.Column("phone", sa.String(40)),
    sa.Column("contact_email", sa.String(255)),
    sa.Column("emergency_contact_name", sa.String(200)),
    sa.Column("emergency_contact_phone", sa.String(20)),
    sa.Column("note", sa.String(2000)),
    ref("preferred_healer_id", "healers", nullable=True),
    sa.Column("archived_at", Utc),
    # Search keys: kernel.text.search_key of the names, e-mail, digits of the phone forwards and backwards.
    sa.Column("last_key", exact(100), nullable=False),
    sa.Column("first_key", exact(100), nullable=False),
    sa.Column("other_key", exact(100), nullable=False, server_default=""),
    sa.Column("email_key", exact(255), nullable=False, server_default=""),
    sa.Column("phone_key", exact(40), nullable=False, server_default=""),
    sa.Column("phone_tail", exact(40), nullable=False, server_default=""),
    sa.Index("ix_clients_last_key_first_key", "last_key", "first_key", "id"),
    sa.Index("ix_clients_first_key", "first_key"),
    sa.Index("ix_clients_other_key", "other_key"),
    sa.Index("ix_clients_email_key", "email_key"),
    sa.Index("ix_clients_phone_key", "phone_key"),
    sa.Index("ix_clients_phone_tail", "phone_tail"),
    created_at(),
)
