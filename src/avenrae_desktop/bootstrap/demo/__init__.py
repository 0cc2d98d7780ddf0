"""The demo practice: believable people and bookings around today, all of them invented.

Its sign-in name and password are no secret. They stand here and in the README, and lock nothing but itself.
"""

PRACTICE_NAME = "Demo practice"
SIGN_IN_NAME = "demo"
PASSWORD = "demo practice password"  # noqa: S105 - see above
SEED = 2026

__all__ = ["PASSWORD", "PRACTICE_NAME", "SEED", "SIGN_IN_NAME"]
