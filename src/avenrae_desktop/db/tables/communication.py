"""Communication & support: conversations and their messages, support tickets, notifications."""

import sqlalchemy as sa

from avenrae_desktop.db.tables.base import created_at, identity, ref, table, version
from avenrae_desktop.db.types import Uid, Utc, choice, exact, long_text
from avenrae_desktop.kernel.values import NotificationKind, TicketCategory, TicketPriority, TicketStatus

conversations = table(
    "conversations",
    *identity(),
    version(),
    # Two people: who began it, and whom they wrote to.
    ref("starter_id", "users", indexed=False),
    ref("partner_id", "users", indexed=False),
    sa.Column("subject", sa.String(200), nullable=False, server_default=""),
    sa.Column("last_message_at", Utc, nullable=False),
    sa.Column("archived_at", Utc),
    created_at(),
    sa.CheckConstraint("starter_id <> partner_id", name="two_people"),
    sa.Index("ix_conversations_starter_id_last_message_at", "starter_id", "last_message_at"),
    sa.Index("ix_conversations_partner_id_last_message_at", "partner_id", "last_message_at"),
)

messages = table(
    "messages",
    *identity(),
    ref("conversation_id", "conversations", indexed=False),
    ref("sender_id", "users"),
    ref("recipient_id", "users", indexed=False),
    sa.Column("body", long_text(), nullable=False),
    sa.Column("sent_at", Utc, nullable=False),
    sa.Column("read_at", Utc),
    # Taken back by its sender: shown as such, without the text.
    sa.Column("withdrawn_at", Utc),
    created_at(),
    sa.CheckConstraint("sender_id <> recipient_id", name="two_people"),
    sa.Index("ix_messages_conversation_id_sent_at", "conversation_id", "sent_at"),
    sa.Index("ix_messages_recipient_id_read_at", "recipient_id", "read_at"),
)

support_tickets = table(
    "support_tickets",
    *identity(),
    version(),
    sa.Column("ticket_number", exact(50), nullable=False, unique=True),
    # Whom it is about or who asked, and who wrote it down for them.
    ref("user_id", "users"),
    ref("created_by", "users"),
    sa.Column("subject", sa.String(200), nullable=False),
    sa.Column("description", long_text(), nullable=False),
    sa.Column("category", choice(TicketCategory, "ticket_category"), nullable=False),
    sa.Column(
        "priority",
        choice(TicketPriority, "ticket_priority"),
        nullable=False,
        server_default=TicketPriority.NORMAL.value,
    ),
    sa.Column("status", choice(TicketStatus, "ticket_status"), nullable=False),
    ref("assigned_to", "users", nullable=True, indexed=False),
    ref("booking_id", "bookings", nullable=True),
    ref("order_id", "orders", nullable=True),
    # Questions and answers about it.
    ref("conversation_id", "conversations", nullable=True),
    sa.Column("resolution", sa.String(2000)),
    sa.Column("resolved_at", Utc),
    sa.Column("closed_at", Utc),
    created_at(),
    sa.CheckConstraint("status <> 'resolved' or resolved_at is not null", name="resolved_has_time"),
    sa.CheckConstraint("status <> 'closed' or closed_at is not null", name="closed_has_time"),
    sa.Index("ix_support_tickets_status_created_at", "status", "created_at"),
    sa.Index("ix_support_tickets_assigned_to_status", "assigned_to", "status"),
)

notifications = table(
    "notifications",
    *identity(),
    ref("user_id", "users", indexed=False),
    sa.Column("kind", choice(NotificationKind, "notification_kind"), nullable=False),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("body", sa.String(2000), nullable=False, server_default=""),
    # What it is about: named as in `commands.touched`.
    sa.Column("record_kind", exact(30)),
    sa.Column("record_uuid", Uid),
    sa.Column("read_at", Utc),
    created_at(),
    sa.CheckConstraint("(record_kind is null) = (record_uuid is null)", name="record_is_whole"),
    sa.Index("ix_notifications_user_id_read_at", "user_id", "read_at"),
    sa.Index("ix_notifications_user_id_created_at", "user_id", "created_at"),
)
