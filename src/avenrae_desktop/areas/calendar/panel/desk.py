"""The calendar's dialogs and steps, and what is said after each."""

import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from avenrae_desktop.areas.accounts.practice_settings import PracticeSettings
from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.actions import STEPS, done_text
from avenrae_desktop.areas.calendar.dialogs import (
    BookingDialog,
    CancelDialog,
    HoursDialog,
    MoveDialog,
    Prefill,
    TimeOffDialog,
)
from avenrae_desktop.areas.calendar.dialogs.closing import thrown_away
from avenrae_desktop.areas.calendar.dialogs.offer import hit_of, read_offer
from avenrae_desktop.areas.calendar.panel.loading import Sources
from avenrae_desktop.areas.calendar.queries import BookingRow
from avenrae_desktop.kernel.errors import NotFound
from avenrae_desktop.kernel.identity import Actor
from avenrae_desktop.kernel.time import Clock, wall_of, zone_of
from avenrae_desktop.qtkit.dialogs import ask, come_back
from avenrae_desktop.qtkit.dialogs.draft import Draft
from avenrae_desktop.qtkit.runner import Runner

if TYPE_CHECKING:
    from avenrae_desktop.areas.calendar.panel.panel import CalendarPanel


class Desk:
    """Opens one dialog at a time over the panel."""

    def __init__(
        self,
        panel: "CalendarPanel",
        sources: Sources,
        runner: Runner,
        settings: Callable[[], PracticeSettings],
        actor: Actor,
        clock: Clock,
    ) -> None:
        self._panel, self._sources, self._runner = panel, sources, runner
        self._settings, self._actor, self._clock = settings, actor, clock
        self._open = False
        self._doing: set[UUID] = set()
        self._last_service: UUID | None = None

    def book(self, prefill: Prefill) -> None:
        """The booking dialog, filled with what is known."""
        self._begin(self._book(prefill))

    def edit_hours(self) -> None:
        """The weekly hours of the healer in view."""
        self._begin(self._hours())

    def edit_time_off(self) -> None:
        """Time off of the healer in view, or of the whole practice."""
        self._begin(self._time_off())

    def step(self, name: str, booking: BookingRow) -> None:
        """Do one thing to a booking; some ask first."""
        if name == "move":
            self._begin(self._move(booking))
        elif name == "cancel":
            self._begin(self._cancel(booking))
        elif name == "again":
            self._begin(self._again(booking))
        else:
            self._runner.start(self._do(name, booking), self._panel)

    def _begin(self, flow: Coroutine[Any, Any, None]) -> None:
        if self._open:
            flow.close()
            # It may be out of sight, waiting for the server.
            come_back()
            return
        self._open = True  # also until its task begins
        self._runner.start(self._alone(flow), self._panel)

    async def _alone(self, flow: Coroutine[Any, Any, None]) -> None:
        self._open = True
        try:
            await flow
        finally:
            self._open = False

    async def _do(self, name: str, booking: BookingRow) -> None:
        make = STEPS[name].make
        # Pressed again while it is on its way, it would only be refused.
        if make is None or booking.uuid in self._doing:
            return
        self._doing.add(booking.uuid)
        try:
            await self._runner.do(make(booking.uuid, booking.version), self._panel)
        finally:
            self._doing.discard(booking.uuid)
        self._panel.said.emit(done_text(name, booking.client_name), True)

    async def take_up(self, draft: Draft) -> bool:
        """Open the booking form of a draft and wait until it is closed; False where it was saved after all."""
        with contextlib.suppress(NotFound):
            await self._runner.ask(self._sources.calendar.booking, UUID(draft.values["booking"]))
            return False
        await self._alone(self._book(Prefill(), draft))
        return True

    async def _book(self, prefill: Prefill, draft: Draft | None = None) -> None:
        offer = await self._runner.ask(read_offer, self._sources)
        dialog = BookingDialog(
            self._sources,
            offer,
            self._runner,
            self._panel.zone(),
            self._settings().currency,
            self._actor,
            self._clock,
            replace(prefill, likely_service=self._last_service),
            self._panel.window(),
        )
        with thrown_away(dialog):
            if draft is not None:
                dialog.fill_from(draft)
            if await ask(dialog) and dialog.booked is not None and dialog.booked_at is not None:
                self._last_service = dialog.service.value()
                self._panel.said.emit(dialog.said, True)
                self._panel.select_after(dialog.booked, dialog.booked_at.date(), dialog.healer.value())

    async def _again(self, booking: BookingRow) -> None:
        client = await self._runner.ask(self._sources.clients.detail, booking.client)
        await self._book(Prefill(client=hit_of(client), service=booking.service, healer=booking.healer))

    async def _move(self, booking: BookingRow) -> None:
        offer = await self._runner.ask(read_offer, self._sources)
        detail = await self._runner.ask(self._sources.calendar.booking, booking.uuid)
        dialog = MoveDialog(
            detail.row,
            detail.room,
            self._sources.calendar,
            offer,
            self._runner,
            self._panel.zone(),
            self._actor,
            self._clock,
            self._panel.window(),
        )
        with thrown_away(dialog):
            if await ask(dialog):
                self._panel.said.emit(dialog.said, True)
                self._panel.select_after(booking.uuid, dialog.moved_to, dialog.healer.value())

    async def _cancel(self, booking: BookingRow) -> None:
        zone = self._panel.zone()
        today = wall_of(self._clock(), zone).date()
        when = words.when_text(booking.starts_at, booking.ends_at, zone, today)
        with thrown_away(CancelDialog(booking, when, self._runner, self._panel.window())) as dialog:
            if await ask(dialog):
                self._panel.said.emit(done_text("cancel", booking.client_name), True)

    async def _hours(self) -> None:
        healers = await self._runner.ask(self._sources.accounts.healers)
        if not healers:
            return
        wanted = self._panel.healer_in_view() or self._actor.healer
        first = next((h for h in healers if h.uuid == wanted), healers[0])
        hours = await self._runner.ask(self._sources.calendar.hours, first.uuid)
        dialog = HoursDialog(self._sources.calendar, healers, first.uuid, self._runner, self._panel.window())
        with thrown_away(dialog):
            await dialog.fill(hours)
            if await ask(dialog):
                self._panel.said.emit(dialog.said, True)

    async def _time_off(self) -> None:
        healers = await self._runner.ask(self._sources.accounts.healers)
        zone = zone_of(self._settings().time_zone)
        dialog = TimeOffDialog(
            self._sources.calendar,
            healers,
            self._panel.healer_in_view(),
            self._runner,
            zone,
            self._clock,
            self._panel.window(),
        )
        with thrown_away(dialog):
            if await ask(dialog):
                self._panel.said.emit(dialog.said, True)
