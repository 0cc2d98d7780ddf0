"""What happens when a command of the calendar arrives."""

from avenrae_desktop.areas.calendar import domain as d
from avenrae_desktop.areas.calendar.use_cases import availability, booking, change
from avenrae_desktop.kernel.bus import Command, Handler

HANDLERS: dict[type[Command], Handler] = {
    d.SetWeeklyHours: availability.set_weekly_hours,
    d.BlockDates: availability.block_dates,
    d.UnblockDates: availability.unblock_dates,
    d.RestoreBlock: availability.restore_block,
    d.Book: booking.book,
    d.WithdrawBooking: booking.withdraw_booking,
    d.MoveBookings: change.move_bookings,
    d.ResizeBooking: change.resize_booking,
    d.RestoreBookings: change.restore_bookings,
    d.CancelBooking: change.cancel_booking,
    d.ConfirmBooking: change.confirm_booking,
    d.ArriveBooking: change.arrive_booking,
    d.CompleteBooking: change.complete_booking,
    d.NoShowBooking: change.no_show_booking,
}
