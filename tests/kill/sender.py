"""The bus over a practice that exists already, for a process that forks."""

from uuid import UUID

from avenrae_desktop.areas.calendar.domain import Book
from avenrae_desktop.areas.calendar.use_cases import HANDLERS
from avenrae_desktop.db.unit_of_work import unit_of_work
from avenrae_desktop.kernel.bus import Bus, Command, Outcome
from avenrae_desktop.kernel.ids import new_uuid
from tests.kill.state import MINUTES, now, wall
from tests.race.plan import Plan


class Sender:
    """Sends commands. `let_go` before each fork: a connection must never be shared with a child."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.engine = plan.open()
        self.bus = Bus(unit_of_work(self.engine, now), HANDLERS)
        self.actor = plan.actor()

    def send(self, command: Command) -> Outcome:
        return self.bus(command, self.actor)

    def let_go(self) -> None:
        self.engine.dispose()

    def booking(self, number: int, healer: int = 0) -> Book:
        """A new booking in the number-th quarter of an hour."""
        return Book(
            booking=new_uuid(),
            client=UUID(self.plan.client),
            healer=UUID(self.plan.healers[healer]),
            service=UUID(self.plan.service),
            local_start=wall(number),
            minutes=MINUTES,
        )
