"""The person who is signed in."""

from avenrae_desktop.areas.accounts.queries import Member
from avenrae_desktop.kernel.identity import Actor


def actor_of(found: Member) -> Actor:
    """The actor for whom commands are carried out."""
    p = found.person
    return Actor(found.user_id, p.uuid, p.name, frozenset(p.roles), p.healer)
