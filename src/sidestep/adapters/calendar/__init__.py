"""Calendar files, written for calendars of any maker."""
