"""The closed value lists of the schema (their meaning: docs/values.md)."""

from enum import StrEnum


class UserType(StrEnum):
    """The primary type of a person; all their roles stand in user_roles."""

    CLIENT = "client"
    HEALER = "healer"
    ADMIN = "admin"
    FRONT_DESK = "front_desk"


class HealerType(StrEnum):
    PSYCHOLOGIST = "psychologist"
    ACUPUNCTURIST = "acupuncturist"
    REIKI = "reiki"
    YOGA = "yoga"
    MASSAGE = "massage"
    NATUROPATH = "naturopath"
    OTHER = "other"


class AvailabilityStatus(StrEnum):
    AVAILABLE = "available"
    BUSY = "busy"
    OFFLINE = "offline"


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"
    DIVERSE = "diverse"
    UNDISCLOSED = "undisclosed"


class ServiceCategory(StrEnum):
    THERAPY = "therapy"
    REIKI = "reiki"
    ACUPUNCTURE = "acupuncture"
    YOGA = "yoga"
    MASSAGE = "massage"
    NUTRITION = "nutrition"
    COACHING = "coaching"
    OTHER = "other"


class BookingStatus(StrEnum):
    REQUESTED = "requested"
    PENDING = "pending"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    IN_SESSION = "in_session"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class PaymentStatus(StrEnum):
    UNPAID = "unpaid"
    PAID = "paid"
    REFUNDED = "refunded"


class ResourceKind(StrEnum):
    """What can be occupied: a healer's time or a room."""

    HEALER = "healer"
    ROOM = "room"


class HoursKind(StrEnum):
    WORK = "work"
    BREAK = "break"


class LogLevel(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
