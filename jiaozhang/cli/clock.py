"""The current time: only the command line reads the clock, and passes the day on."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

# The ledgers are in China's time zone, whatever the machine's.
_SHANGHAI = timezone(timedelta(hours=8))


def now() -> datetime:
    return datetime.now(_SHANGHAI)


def today() -> date:
    return now().date()
