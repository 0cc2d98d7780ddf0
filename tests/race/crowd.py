"""Many processes at once: `python -m tests.race.crowd FOLDER` with a Plan on stdin; each leaves its Report."""

import sys
from pathlib import Path

from tests.race.forks import Wait, fork_all
from tests.race.plan import Plan
from tests.race.rogue import be_rogue
from tests.race.writer import write


def main() -> None:
    plan = Plan.load(sys.stdin.read())

    def act(number: int, wait: Wait) -> str:
        return (write if number < plan.writers else be_rogue)(plan, number, wait).dump()

    fork_all(plan.writers + plan.rogues, plan.seconds, Path(sys.argv[1]), act)


if __name__ == "__main__":
    main()
