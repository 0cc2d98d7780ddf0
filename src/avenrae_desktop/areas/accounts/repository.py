"""SQL of the accounts: `AccountReads` for screens, and the reads and writes inside a command."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.areas.accounts.practice_settings import PracticeSettings, read_settings
from avenrae_desktop.areas.accounts.queries import HealerRow, Member, PersonRow, Secrets
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.faults import check_updated
from avenrae_desktop.db.unit_of_work import Work, reading
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import HealerType, HoursKind, ResourceKind

u, h, r = t.users.c, t.healers.c, t.user_roles.c

_PEOPLE = (
    sa.select(
        u.id,
        u.uuid,
        u.first_name,
        u.last_name,
        u.sign_in_name,
        u.version,
        u.disabled_at,
        u.email,
        u.seen_at,
        u.account_at,
        u.code_until,
        r.role,
        h.uuid.label("healer"),
        h.healer_type,
        h.hue,
    )
    .select_from(
        t.users.join(t.user_roles, sa.and_(r.user_id == u.id, r.ended_at.is_(None))).outerjoin(
            t.healers, h.user_id == u.id
        )
    )
    .where(u.sign_in_name.is_not(None))
    .order_by(u.first_name, u.last_name, u.id, r.role)
)


class AccountReads:
    """What screens read about people and settings."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def people(self) -> tuple[PersonRow, ...]:
        """Everybody who works here, those who are shut out too, by name."""
        with reading(self.engine) as c:
            return tuple(found.person for found in _members(c, _PEOPLE))

    def healers(self) -> tuple[HealerRow, ...]:
        """Everybody who can be booked, in the order in which they came."""
        query = (
            sa.select(h.uuid, u.first_name, u.last_name, h.healer_type, h.hue)
            .select_from(t.healers.join(t.users, u.id == h.user_id).join(t.user_roles, r.user_id == u.id))
            .where(r.role == Role.HEALER, r.ended_at.is_(None), u.disabled_at.is_(None))
            .order_by(h.id)
        )
        with reading(self.engine) as c:
            return tuple(
                HealerRow(row.uuid, full_name(row.first_name, row.last_name), row.healer_type, row.hue)
                for row in c.execute(query)
            )

    def member(self, person: UUID) -> Member | None:
        """A person by uuid; None for nobody of this practice."""
        return self._member(u.uuid == person)

    def member_named(self, sign_in_name: str) -> Member | None:
        """A person by sign-in name; None for nobody of this practice."""
        return self._member(u.sign_in_name == sign_in_name)

    def _member(self, where: sa.ColumnElement[bool]) -> Member | None:
        with reading(self.engine) as c:
            return next(iter(_members(c, _PEOPLE.where(where))), None)

    def secrets(self, person: UUID) -> Secrets:
        """What the lock screen and the key file compare with. On the file only: servers let nobody read it."""
        with reading(self.engine) as c:
            return _secrets(c, u.uuid == person)

    def settings(self) -> PracticeSettings:
        s = t.settings.c
        with reading(self.engine) as c:
            rows = c.execute(sa.select(s.setting_name, s.setting_value)).all()
        return read_settings({row.setting_name: row.setting_value for row in rows})


def full_name(first: str, last: str) -> str:
    return f"{first} {last}".strip()


def _members(c: sa.Connection, query: sa.Select[Any]) -> list[Member]:
    """From rows taken apart by place (names cost as much as the rest); a person's rows stand together."""
    found: list[Member] = []
    last = None
    for (
        key, uuid, first, last_name, sign_in_name, version, disabled_at, email, seen_at, account_at, code_until,
        role, healer, healer_type, hue,
    ) in c.execute(query).all():  # fmt: skip
        if key == last:
            person = found[-1].person
            found[-1] = Member(key, person._replace(roles=(*person.roles, role)))
            continue
        last = key
        person = PersonRow(
            uuid, full_name(first, last_name), first, last_name, sign_in_name, (role,), healer, healer_type, hue,
            version, disabled_at is not None, email, seen_at, account_at is not None, code_until,
        )  # fmt: skip
        found.append(Member(key, person))
    return found


def _secrets(c: sa.Connection, where: sa.ColumnElement[bool]) -> Secrets:
    row = c.execute(sa.select(u.password_hash, u.pin_hash).where(where)).one()
    return Secrets(row.password_hash or "", row.pin_hash)


def find_people(work: Work) -> list[Member]:
    """Everybody, locked until the command ends: decisions about the last administrator take turns."""
    return _members(work.connection, _PEOPLE.with_for_update())


def find_person(work: Work, person: UUID) -> Member | None:
    query = _PEOPLE.where(u.uuid == person).with_for_update()
    return next(iter(_members(work.connection, query)), None)


def read_person(work: Work, person: UUID) -> Member | None:
    """Without a lock, for those who may not alter people."""
    return next(iter(_members(work.connection, _PEOPLE.where(u.uuid == person))), None)


def find_secrets(work: Work, user_id: int) -> Secrets:
    """On the file only: servers let nobody read it."""
    return _secrets(work.connection, u.id == user_id)


def used_hues(work: Work) -> list[str]:
    return list(work.connection.execute(sa.select(h.hue)).scalars())


def insert_user(work: Work, **values: Any) -> int:
    """Returns the key of the new row."""
    statement = t.users.insert().values(created_at=work.now, is_verified=True, **values)
    result = work.connection.execute(statement)
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def update_user(work: Work, user_id: int, version: int, **values: Any) -> int:
    """Write if the row is still as it was read; returns the new version. Raises Conflict."""
    result = work.connection.execute(
        t.users.update().where(u.id == user_id, u.version == version).values(version=version + 1, **values)
    )
    check_updated(result.rowcount)
    return version + 1


def email_taken(work: Work, email: str, user_id: int) -> bool:
    """Whether somebody else has the address."""
    query = sa.select(u.id).where(u.email == email, u.id != user_id)
    return work.connection.execute(query).first() is not None


def rename_healer(work: Work, healer: UUID, name: str) -> None:
    """The healer's time, which bookings occupy, is called like the healer."""
    healer_id = sa.select(h.id).where(h.uuid == healer).scalar_subquery()
    work.connection.execute(
        t.resources.update()
        .where(t.resources.c.healer_id == healer_id)
        .values(resource_name=name[:150], version=t.resources.c.version + 1)
    )


def set_secret(work: Work, user_id: int, **values: str | None) -> None:
    """A new password or PIN: no version, because nobody edits it from what they saw before."""
    work.connection.execute(t.users.update().where(u.id == user_id).values(**values))


def set_roles(work: Work, user_id: int, roles: frozenset[Role]) -> None:
    """Give the roles that are missing, end those that are not wanted."""
    rows = work.connection.execute(sa.select(r.role, r.ended_at).where(r.user_id == user_id)).all()
    had = {row.role: row.ended_at for row in rows}
    for role in Role:
        where = t.user_roles.update().where(r.user_id == user_id, r.role == role)
        if role in roles and role not in had:
            values = {"user_id": user_id, "role": role, "created_at": work.now}
            work.connection.execute(t.user_roles.insert().values(**values))
        elif role in roles and had[role] is not None:
            work.connection.execute(where.values(ended_at=None))
        elif role in had and role not in roles and had[role] is None:
            work.connection.execute(where.values(ended_at=work.now))


def insert_healer(work: Work, user_id: int, name: str, healer_type: HealerType, hue: str) -> UUID:
    """The healer profile and the healer's time, which bookings occupy; returns the profile's uuid."""
    uuid = new_uuid()
    result = work.connection.execute(
        t.healers.insert().values(
            uuid=uuid,
            user_id=user_id,
            healer_type=healer_type,
            hue=hue,
            is_verified_healer=True,
            created_at=work.now,
        )
    )
    work.connection.execute(
        t.resources.insert().values(
            uuid=new_uuid(),
            kind=ResourceKind.HEALER,
            resource_name=name[:150],
            healer_id=result.inserted_primary_key[0],  # type: ignore[index]
            created_at=work.now,
        )
    )
    return uuid


def update_healer(work: Work, uuid: UUID, name: str, healer_type: HealerType, hue: str) -> None:
    healer_id = sa.select(h.id).where(h.uuid == uuid).scalar_subquery()
    work.connection.execute(
        t.healers.update().where(h.uuid == uuid).values(healer_type=healer_type, hue=hue, version=h.version + 1)
    )
    work.connection.execute(
        t.resources.update()
        .where(t.resources.c.healer_id == healer_id)
        .values(resource_name=name[:150], version=t.resources.c.version + 1)
    )


def insert_hours(work: Work, healer: UUID, week: Iterable[tuple[int, HoursKind, int, int, str]]) -> None:
    """Rows of (weekday, kind, start minute, end minute, label)."""
    healer_id = work.connection.execute(sa.select(h.id).where(h.uuid == healer)).scalar_one()
    values = [
        {
            "uuid": new_uuid(),
            "healer_id": healer_id,
            "weekday": weekday,
            "kind": kind,
            "start_minute": start,
            "end_minute": end,
            "label": label,
            "created_at": work.now,
        }
        for weekday, kind, start, end, label in week
    ]
    work.connection.execute(t.healer_availability.insert(), values)


def stored_settings(work: Work) -> Mapping[str, tuple[UUID, str, int]]:
    """Every setting, locked: name to (uuid, value, version)."""
    s = t.settings.c
    query = sa.select(s.setting_name, s.uuid, s.setting_value, s.version).with_for_update()
    return {row.setting_name: (row.uuid, row.setting_value, row.version) for row in work.connection.execute(query)}


def insert_setting(work: Work, name: str, value: str) -> UUID:
    uuid = new_uuid()
    values = {"uuid": uuid, "setting_name": name, "setting_value": value, "created_at": work.now}
    work.connection.execute(t.settings.insert().values(**values))
    return uuid


def update_setting(work: Work, name: str, value: str, version: int) -> None:
    """Raises Conflict when the setting was changed since `version`."""
    s = t.settings.c
    result = work.connection.execute(
        t.settings.update()
        .where(s.setting_name == name, s.version == version)
        .values(setting_value=value, version=version + 1)
    )
    check_updated(result.rowcount)


def has_services(work: Work) -> bool:
    return work.connection.execute(sa.select(t.services.c.id).limit(1)).first() is not None
