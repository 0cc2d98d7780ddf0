"""The file from its first line to its last."""

from avenrae_desktop.bootstrap.sample.script import goods, people_say, staff, work
from avenrae_desktop.bootstrap.sample.script.head import HEAD
from avenrae_desktop.bootstrap.sample.story import tell


def seed_script() -> str:
    """The same text each time."""
    story = tell()
    everything = [*staff.facts(story), *work.facts(story), *goods.facts(story), *people_say.facts(story)]
    rows = [
        *staff.rows(),
        work.coupons(),
        goods.products(),
        work.bookings(),
        *goods.orders(),
        goods.events(),
        goods.registrations(),
        work.ledger(),
        *people_say.rows(),
    ]
    parts = [HEAD, "-- What happens, told in minutes."]
    parts += [facts.made() for facts in everything]
    # In one transaction: whole or not at all.
    parts.append("\nSTART TRANSACTION;")
    for facts in everything:
        parts += facts.filled()
    parts.append("\n-- What is true of it now.")
    parts += rows
    parts.append("COMMIT;\n")
    parts += [f"DROP TEMPORARY TABLE seed_{facts.name};" for facts in everything]
    return "\n".join(parts) + "\n"
