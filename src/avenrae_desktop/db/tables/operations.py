"""Operations & management: hours, time off, commands, the audit trail, logs, who is here, settings."""

import sqlalchemy as sa

from avenrae_desktop.db.tables.base import created_at, identity, ref, table, version
from avenrae_desktop.db.types import Hash, Uid, Utc, choice, exact, long_text
from avenrae_desktop.kernel.values import HoursKind, LogLevel

healer_availability = table(
    "healer_availability",
    *identity(),
    ref("healer_id", "healers"),
    sa.Column("weekday", sa.Integer, nullable=False),  # 0 is Monday
    sa.Column("kind", choice(HoursKind, "hours_kind"), nullable=False),
    # Minutes after midnight on the wall clock of the practice; 1440 is midnight at the end of the day.
    sa.Column("start_minute", sa.Integer, nullable=False),
    sa.Column("end_minute", sa.Integer, nullable=False),
    sa.Column("label", sa.String(100), nullable=False, server_default=""),
    sa.Column("removed_at", Utc),
    created_at(),
    sa.CheckConstraint("weekday between 0 and 6", name="weekday_range"),
    sa.CheckConstraint(
        "start_minute >= 0 and start_minute < end_minute and end_minute <= 1440", name="minutes_in_day"
    ),
)

blocked_dates = table(
    "blocked_dates",
    *identity(),
    version(),
    ref("healer_id", "healers", nullable=True),  # empty: the whole practice
    sa.Column("starts_at", Utc, nullable=False),
    sa.Column("ends_at", Utc, nullable=False),
    sa.Column("reason", sa.String(200), nullable=False, server_default=""),
    sa.Column("removed_at", Utc),
    ref("created_by", "users"),
    created_at(),
    sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    sa.Index("ix_blocked_dates_starts_at", "starts_at"),
    sa.Index("ix_blocked_dates_ends_at", "ends_at"),
)

commands = table(
    "commands",
    *identity(),
    ref("actor_id", "users", nullable=True),
    sa.Column("kind", exact(60), nullable=False),
    sa.Column("body_hash", Hash, nullable=False),
    sa.Column("body", long_text(), nullable=False),  # without secrets
    sa.Column("answer", long_text(), nullable=False),
    sa.Column("touched", long_text(), nullable=False),
    sa.Column("undo_kind", exact(60)),
    sa.Column("undo_body", long_text()),
    sa.Column("undoes", Uid, unique=True),  # one undo at most for each command
    created_at(),
)

audit_logs = table(
    "audit_logs",
    *identity(),
    ref("user_id", "users", nullable=True),
    sa.Column("action", exact(60), nullable=False),
    sa.Column("detail", long_text(), nullable=False),
    sa.Column("command_uuid", Uid, nullable=False, index=True),
    created_at(),
    sa.Index("ix_audit_logs_created_at", "created_at"),
)

system_logs = table(
    "system_logs",
    *identity(),
    sa.Column("level", choice(LogLevel, "log_level"), nullable=False),
    sa.Column("source", exact(60), nullable=False),
    sa.Column("message", sa.String(2000), nullable=False),
    created_at(),
    sa.Index("ix_system_logs_created_at", "created_at"),
)

presence = table(
    "presence",
    # A row for each window that is open somewhere; its uuid is the window's.
    *identity(),
    ref("user_id", "users"),
    # What is open for editing in it: named as in `commands.touched`.
    sa.Column("record_kind", exact(30)),
    sa.Column("record_uuid", Uid),
    sa.Column("seen_at", Utc, nullable=False, index=True),
    sa.CheckConstraint("(record_kind is null) = (record_uuid is null)", name="record_is_whole"),
    created_at(),
)

settings = table(
    "settings",
    *identity(),
    version(),
    sa.Column("setting_name", exact(60), nullable=False, unique=True),
    sa.Column("setting_value", long_text(), nullable=False),
    created_at(),
)
