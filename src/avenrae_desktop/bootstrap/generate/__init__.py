"""A practice of any size, invented from a seed: the same number, seed and day give the same rows, uuids included.

For trying the program out with many years of work in it, and for its measures. Names and rules are those of the
demo practice. Nobody but the founder can sign in until an administrator gives them a password.
"""

BOOKINGS_LIMIT = 5_000_000
ZONE = "Europe/Zurich"
"""The zone of every generated practice: the machine's own would make the rows differ from desk to desk."""

__all__ = ["BOOKINGS_LIMIT", "ZONE"]
