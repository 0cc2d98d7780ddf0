"""What the window says after a command, by its kind."""

from typing import Any

from PySide6.QtCore import QCoreApplication


def done_text(command: Any) -> str:
    """What was done, such as "Client added: Marco Rossi"."""
    name = _name_in(command)
    words = _words(command.kind)
    return f"{words}: {name}" if name and len(name) < 60 else words


def wish_text(command: Any) -> str:
    """What was meant to be saved, such as "Client, Marco Rossi"."""
    tr = QCoreApplication.translate
    areas = {
        "clients": tr("Done", "Client"),
        "services": tr("Done", "Service"),
        "calendar": tr("Done", "Booking or hours"),
        "accounts": tr("Done", "Account or settings"),
    }
    area = areas.get(command.kind.partition(".")[0]) or tr("Done", "Your last change")
    name = _name_in(command)
    return f"{area}, {name}" if name else area


def _name_in(command: Any) -> str:
    name = " ".join(filter(None, (getattr(command, "first_name", ""), getattr(command, "last_name", ""))))
    return name or getattr(command, "service_name", "") or getattr(command, "resource_name", "")


def undone_text(kind: str) -> str:
    """What was taken back."""
    return QCoreApplication.translate("Done", "Taken back: {what}").format(what=_words(kind).lower())


def _words(kind: str) -> str:
    tr = QCoreApplication.translate
    known = {
        "clients.add": tr("Done", "Client added"),
        "clients.edit": tr("Done", "Client saved"),
        "clients.archive": tr("Done", "Client archived"),
        "clients.restore": tr("Done", "Client brought back"),
        "services.add": tr("Done", "Service added"),
        "services.edit": tr("Done", "Service saved"),
        "services.archive": tr("Done", "Service archived"),
        "services.restore": tr("Done", "Service brought back"),
        "services.add_room": tr("Done", "Room added"),
        "accounts.add_person": tr("Done", "Person added"),
        "accounts.edit_person": tr("Done", "Person saved"),
        "accounts.edit_myself": tr("Done", "My account saved"),
        "accounts.disable_person": tr("Done", "Person shut out"),
        "accounts.enable_person": tr("Done", "Person let in again"),
        "accounts.change_my_password": tr("Done", "Password changed"),
        "accounts.set_password": tr("Done", "New password set"),
        "accounts.set_pin": tr("Done", "PIN saved"),
        "accounts.change_settings": tr("Done", "Settings saved"),
        "accounts.restore_settings": tr("Done", "Settings put back"),
        "services.archive_room": tr("Done", "Room archived"),
        "services.restore_room": tr("Done", "Room brought back"),
        "calendar.set_hours": tr("Done", "Weekly hours saved"),
        "calendar.block": tr("Done", "Time off saved"),
        "calendar.unblock": tr("Done", "Time off removed"),
        "calendar.restore_block": tr("Done", "Time off brought back"),
        "calendar.book": tr("Done", "Booked"),
        "calendar.move": tr("Done", "Booking moved"),
        "calendar.resize": tr("Done", "Length of the booking changed"),
        "calendar.cancel": tr("Done", "Booking cancelled"),
        "calendar.confirm": tr("Done", "Booking confirmed"),
        "calendar.arrive": tr("Done", "Arrival noted"),
        "calendar.complete": tr("Done", "Booking completed"),
        "calendar.no_show": tr("Done", "No-show noted"),
        "calendar.withdraw": tr("Done", "Booking taken back"),
        "calendar.restore": tr("Done", "Booking put back as it was"),
    }
    return known.get(kind) or tr("Done", "Saved")
