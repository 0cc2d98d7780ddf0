"""The calendar: bookings, weekly hours, time off, free times."""
