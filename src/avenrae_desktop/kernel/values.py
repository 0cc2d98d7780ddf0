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
    """A label of bookings, orders and registrations that the database keeps from their transactions."""

    UNPAID = "unpaid"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"


class ResourceKind(StrEnum):
    """What can be occupied: a healer's time or a room."""

    HEALER = "healer"
    ROOM = "room"


class HoursKind(StrEnum):
    WORK = "work"
    BREAK = "break"


class ProductType(StrEnum):
    CRYSTAL = "crystal"
    BOOK = "book"
    TOOL = "tool"
    SUPPLEMENT = "supplement"
    OTHER = "other"


class EventType(StrEnum):
    WORKSHOP = "workshop"
    CLASS = "class"
    CIRCLE = "circle"
    TALK = "talk"
    RETREAT = "retreat"
    OTHER = "other"


class EventStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class RegistrationStatus(StrEnum):
    """`registered`, `attended` and `no_show` hold their seats."""

    REGISTERED = "registered"
    WAITLISTED = "waitlisted"
    ATTENDED = "attended"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class OrderStatus(StrEnum):
    PENDING = "pending"
    READY = "ready"
    SHIPPED = "shipped"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class OrderChannel(StrEnum):
    """The way an order came."""

    DESK = "desk"
    PHONE = "phone"
    ONLINE = "online"


class TransactionKind(StrEnum):
    PAYMENT = "payment"
    REFUND = "refund"


class Tender(StrEnum):
    """What money is given in."""

    CASH = "cash"
    CARD = "card"
    BANK_TRANSFER = "bank_transfer"
    VOUCHER = "voucher"
    OTHER = "other"


class CouponScope(StrEnum):
    """What a coupon is good for."""

    EVERYTHING = "everything"
    SERVICES = "services"
    PRODUCTS = "products"
    EVENTS = "events"


class TicketCategory(StrEnum):
    BOOKING = "booking"
    PAYMENT = "payment"
    ORDER = "order"
    EVENT = "event"
    ACCOUNT = "account"
    OTHER = "other"


class TicketPriority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class TicketStatus(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


class NotificationKind(StrEnum):
    BOOKING = "booking"
    ORDER = "order"
    PAYMENT = "payment"
    EVENT = "event"
    MESSAGE = "message"
    REVIEW = "review"
    TICKET = "ticket"
    STOCK = "stock"
    SYSTEM = "system"


class ReviewStatus(StrEnum):
    PENDING = "pending"
    PUBLISHED = "published"
    HIDDEN = "hidden"


class LogLevel(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
