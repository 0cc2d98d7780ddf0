"""A crowd's plan for people who come over TLS with accounts of their own."""

from pathlib import Path
from typing import Any

from avenrae_desktop.db.server.enrolment import write_enrolment
from tests.race.plan import Account, Plan
from tests.support.engines import EngineKind
from tests.support.server_practice import ServerPractice

ROLES = {"front_desk": "front_desk", "healer": "healer"}


def plan_for(practice: ServerPractice, folder: Path, **more: Any) -> Plan:
    """Every other process is the front desk, the others are a healer; `where` is for rogues and for looking on."""
    enrolment = folder / "practice.avenrae"
    write_enrolment(enrolment, practice.enrolment)
    accounts = []
    for who, role in ROLES.items():
        person = practice.people[who]
        [(key,)] = practice.execute(f"SELECT id FROM users WHERE uuid = X'{person.uuid.hex}'")
        accounts.append(Account(person.sign_in_name, person.password, int(str(key)), role))
    return Plan(
        engine=EngineKind(practice.kind.value).value,
        where=practice.root.render_as_string(hide_password=False),
        person=accounts[0].person,
        healers=[str(healer) for healer in practice.healers],
        client=str(practice.clients[0]),
        service=str(practice.services[0]),
        enrolment=str(enrolment),
        accounts=tuple(accounts),
        **more,
    )
