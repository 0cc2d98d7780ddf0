"""When a session locks and what unlocks it."""

from datetime import UTC, datetime, timedelta

import pytest

from avenrae_desktop.settings.lock_state import MISSES, LockState


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def state(clock: Hand) -> LockState:
    return LockState(clock, 5, day_of=lambda instant: instant.date())


def test_locks_when_idle_for_the_minutes_set(state: LockState, clock: Hand) -> None:
    clock.on(minutes=4, seconds=59)
    assert not state.tick()
    assert state.seconds_left == 1
    clock.on(seconds=1)
    assert state.tick()
    assert state.locked


def test_work_puts_the_lock_off(state: LockState, clock: Hand) -> None:
    for _ in range(10):
        clock.on(minutes=4)
        state.active()
    assert not state.tick()


def test_a_key_after_the_time_is_too_late(state: LockState, clock: Hand) -> None:
    clock.on(minutes=6)
    state.active()
    assert state.locked


def test_the_minutes_can_be_changed_while_it_runs(state: LockState, clock: Hand) -> None:
    clock.on(minutes=3)
    state.minutes = 2
    assert state.tick()


def test_a_clock_that_is_set_back_does_not_prolong(state: LockState, clock: Hand) -> None:
    clock.on(hours=-3)
    assert not state.tick()
    clock.on(minutes=5)
    assert state.tick()


def test_moving_the_mouse_does_not_unlock(state: LockState) -> None:
    state.lock()
    state.active()
    assert state.locked


def test_a_pin_unlocks_on_the_day_of_the_password(state: LockState, clock: Hand) -> None:
    clock.on(hours=8)
    state.tick()
    assert state.pin_allowed
    state.unlock_by_pin()
    assert not state.tick()


def test_another_day_asks_for_the_password_even_after_a_pin(state: LockState, clock: Hand) -> None:
    clock.on(hours=8)
    state.lock()
    state.unlock_by_pin()
    clock.on(hours=8)
    state.tick()
    assert not state.pin_allowed
    with pytest.raises(ValueError, match="not enough"):
        state.unlock_by_pin()
    state.unlock_by_password()
    assert not state.locked
    state.lock()
    assert state.pin_allowed


def test_five_misses_end_the_session(state: LockState) -> None:
    state.lock()
    assert [state.missed() for _ in range(MISSES)] == [4, 3, 2, 1, 0]
    assert state.ended
    assert not state.pin_allowed
    with pytest.raises(ValueError, match="ended"):
        state.unlock_by_password()
    assert state.locked


def test_a_hit_forgives_the_misses_before(state: LockState) -> None:
    state.lock()
    for _ in range(MISSES - 1):
        state.missed()
    state.unlock_by_pin()
    assert state.tries_left == MISSES
