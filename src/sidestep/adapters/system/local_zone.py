"""The machine's own time zone with its summer times, for any instant of the past."""

from datetime import UTC, datetime, timedelta, tzinfo


class LocalZone(tzinfo):
    """What the machine's clock showed at each instant, by the system's own rules."""

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        """Return how far the local clock was ahead of UTC."""
        return None if dt is None else dt.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, dt: datetime | None) -> timedelta | None:
        """Leave summer time inside the offset."""
        return None

    def tzname(self, dt: datetime | None) -> str | None:
        """Return the zone's abbreviation at that instant."""
        return None if dt is None else dt.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, dt: datetime) -> datetime:
        """Turn a UTC clock reading into the local one."""
        local = dt.replace(tzinfo=UTC).astimezone()
        return local.replace(tzinfo=self)
