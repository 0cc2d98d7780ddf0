"""The generated practice as rows of its tables, with the keys inside them given here."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from avenrae_desktop.areas.accounts.domain import HUES
from avenrae_desktop.areas.accounts.repository import full_name
from avenrae_desktop.areas.clients.keys import keys_of
from avenrae_desktop.bootstrap.demo.diary import Planned
from avenrae_desktop.bootstrap.generate import ZONE
from avenrae_desktop.bootstrap.generate.calendar import Holiday
from avenrae_desktop.bootstrap.generate.people import clients_of
from avenrae_desktop.bootstrap.generate.plan import Colleague, Plan, TeamOffer, Uuids
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.values import Gender, ResourceKind, UserType

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Firsts:
    """The first free key of each table."""

    user: int
    healer: int
    client: int
    service: int
    resource: int
    booking: int


@dataclass(frozen=True)
class Rows:
    """`opened` is when everything but the bookings was entered, by the user `founder`."""

    plan: Plan
    firsts: Firsts
    founder: int
    opened: datetime

    def healers(self) -> Iterator[dict[str, list[Row]]]:
        """Rows by table for each colleague; a healer's time as a resource has the healer's number."""
        new = Uuids(self.plan.dice("healers"))
        for c in self.plan.colleagues:
            user, healer = self.firsts.user + c.number, self.firsts.healer + c.number
            yield {
                "users": [self._user(user, new, c.first_name, c.last_name, UserType.HEALER, c.sign_in_name)],
                "user_roles": [self._role(user, Role.HEALER)],
                "healers": [
                    self._made(healer, new)
                    | {
                        "user_id": user,
                        "healer_type": c.model.healer_type,
                        "hue": HUES[c.number % len(HUES)],
                        "is_verified_healer": True,
                    }
                ],
                "resources": [
                    self._resource(
                        c.number, new, ResourceKind.HEALER, full_name(c.first_name, c.last_name), healer
                    )
                ],
                "healer_availability": list(self._hours(c, healer, new)),
            }

    def _hours(self, c: Colleague, healer: int, new: Uuids) -> Iterator[Row]:
        for h in c.model.hours:
            yield {"uuid": new.at(self.opened), "created_at": self.opened, "healer_id": healer, **asdict(h)}

    def rooms(self) -> list[Row]:
        new = Uuids(self.plan.dice("rooms"))
        first = len(self.plan.colleagues)
        return [
            self._resource(first + n, new, ResourceKind.ROOM, name, None)
            for n, name in enumerate(self.plan.rooms.values())
        ]

    def services(self) -> Iterator[dict[str, list[Row]]]:
        new = Uuids(self.plan.dice("services"))
        for number, o in enumerate(self.plan.offers):
            service = self.firsts.service + number
            providers = [
                {"service_id": service, "healer_id": self.firsts.healer + h, "created_at": self.opened}
                for h in o.healers
            ]
            yield {"services": [self._service(service, o, new)], "service_providers": providers}

    def _service(self, key: int, o: TeamOffer, new: Uuids) -> Row:
        m = o.model
        return self._made(key, new) | {
            "healer_id": self.firsts.healer + o.healers[0],
            "service_name": o.name,
            "duration_minutes": m.minutes,
            "buffer_before_minutes": m.before,
            "buffer_after_minutes": m.after,
            "price": m.price,
            "service_category": m.category,
            "description": m.description or None,
            "room_id": self._room(o.healers[0], m.room),
        }

    def clients(self) -> Iterator[dict[str, list[Row]]]:
        new = Uuids(self.plan.dice("client uuids"))
        healers = len(self.plan.colleagues)
        for number, fields in enumerate(clients_of(self.plan)):
            user = self.firsts.user + healers + number
            yield {
                "users": [self._user(user, new, fields.first_name, fields.last_name, UserType.CLIENT, None)],
                "user_roles": [self._role(user, Role.CLIENT)],
                "clients": [
                    self._made(self.firsts.client + number, new)
                    | {
                        "user_id": user,
                        "date_of_birth": fields.date_of_birth,
                        "gender": fields.gender or Gender.UNDISCLOSED,
                        "phone": fields.phone or None,
                        "contact_email": fields.email or None,
                        "note": fields.note or None,
                        "preferred_healer_id": self.firsts.healer + number % healers,
                        **asdict(keys_of(fields)),
                    }
                ],
            }

    def blocks(self, holidays: Iterator[Holiday]) -> list[Row]:
        new = Uuids(self.plan.dice("blocks"))
        return [
            {
                "uuid": new.at(self.opened),
                "created_at": self.opened,
                "healer_id": self.firsts.healer + h.healer,
                "starts_at": h.start,
                "ends_at": h.end,
                "reason": "Holiday",
                "created_by": self.founder,
            }
            for h in holidays
        ]

    def bookings(self, planned: Iterator[Planned]) -> Iterator[Row]:
        new = Uuids(self.plan.dice("booking uuids"))
        services = {(o.team, o.offer): self.firsts.service + n for n, o in enumerate(self.plan.offers)}
        models = {o.offer: o.model for o in self.plan.offers}
        colleagues, f = self.plan.colleagues, self.firsts
        for number, p in enumerate(planned):
            m = models[p.offer]
            yield {
                "id": f.booking + number,
                "uuid": new.at(p.created),
                "client_id": f.client + p.client,
                "healer_id": f.healer + p.healer,
                "service_id": services[colleagues[p.healer].team, p.offer],
                "room_id": self._room(p.healer, m.room),
                "time_zone": ZONE,
                "buffer_before_minutes": m.before,
                "buffer_after_minutes": m.after,
                "created_by": self.founder,
                **p.facts(),
            }

    def _room(self, healer: int, room: int | None) -> int | None:
        return None if room is None else self._room_keys.get((healer, room))

    @cached_property
    def _room_keys(self) -> dict[tuple[int, int], int]:
        first = self.firsts.resource + len(self.plan.colleagues)
        return {key: first + n for n, key in enumerate(self.plan.rooms)}

    def _made(self, key: int, new: Uuids) -> Row:
        return {"id": key, "uuid": new.at(self.opened), "created_at": self.opened}

    def _user(self, key: int, new: Uuids, first: str, last: str, kind: UserType, sign_in: str | None) -> Row:
        return self._made(key, new) | {
            "first_name": first,
            "last_name": last,
            "user_type": kind,
            "sign_in_name": sign_in,
            "is_verified": sign_in is not None,
        }

    def _role(self, user: int, role: Role) -> Row:
        return {"user_id": user, "role": role, "created_at": self.opened}

    def _resource(self, number: int, new: Uuids, kind: ResourceKind, name: str, healer: int | None) -> Row:
        return self._made(self.firsts.resource + number, new) | {
            "kind": kind,
            "resource_name": name[:150],
            "healer_id": healer,
        }
