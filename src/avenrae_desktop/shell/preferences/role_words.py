"""What roles are called on screen."""

from PySide6.QtCore import QCoreApplication

from avenrae_desktop.kernel.identity import Role


def role_text(role: Role) -> str:
    tr = QCoreApplication.translate
    return {
        Role.ADMIN: tr("Role", "Administrator"),
        Role.HEALER: tr("Role", "Healer"),
        Role.FRONT_DESK: tr("Role", "Front desk"),
        Role.CLIENT: tr("Role", "Client"),
    }[role]


def role_hint(role: Role) -> str:
    """What somebody with the role may do."""
    tr = QCoreApplication.translate
    return {
        Role.ADMIN: tr("Role", "Everything, people and settings too"),
        Role.HEALER: tr("Role", "Can be booked; sees and changes bookings, clients, services and hours"),
        Role.FRONT_DESK: tr("Role", "Books, keeps clients and hours"),
        Role.CLIENT: tr("Role", "Own rows only"),
    }[role]
