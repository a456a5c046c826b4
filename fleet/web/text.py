"""How facts read on a page: dates, money, sizes and shares, written one way everywhere."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format

UNITS = ("bytes", "kB", "MB", "GB", "TB")


def day(value: date) -> str:
    """21 Nov 2026; a time is read in local time first."""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return f"{value.day} {value:%b %Y}"


def moment(value: datetime) -> str:
    """21 Nov 2026, 6:00am, local time."""
    local = timezone.localtime(value)
    return f"{day(local)}, {local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def number(value: int | Decimal | float) -> str:
    """1,516, and at most two decimal places of a fraction."""
    if isinstance(value, float):
        value = int(value) if value.is_integer() else round(value, 2)
    return number_format(value, force_grouping=True)


def counted(count: int, one: str, many: str = "") -> str:
    """1 device, 1,516 devices: `many` for what does not take an s."""
    return f"{number(count)} {one if count == 1 else many or f'{one}s'}"


def pounds(pence: int) -> str:
    """£7,200, or £7,200.50 where there are pence; `pence` may be negative."""
    whole, rest = divmod(abs(pence), 100)
    return ("−" if pence < 0 else "") + f"£{whole:,}" + (f".{rest:02}" if rest else "")


def size(count: int) -> str:
    """128 GB: decimal units of 1,000 `count` bytes, one decimal place below ten."""
    scaled, unit = float(count), 0
    while abs(scaled) >= 999.5 and unit < len(UNITS) - 1:
        scaled, unit = scaled / 1000, unit + 1
    digits = 1 if unit and abs(scaled) < 9.95 else 0
    return f"{scaled:.{digits}f} {UNITS[unit]}"


def duration(seconds: int) -> str:
    """26 h 22 min, 2 min 30 s, 2 min, 45 s: the two largest units of `seconds`, rounded to the lesser."""
    minutes, rest = divmod(seconds, 60)
    if seconds >= 3600:
        hours, minutes = divmod(round(seconds / 60), 60)
        return f"{number(hours)} h {minutes} min"
    parts = [f"{minutes} min"] if minutes else []
    return " ".join([*parts, f"{rest} s"] if rest or not minutes else parts)


def share(part: int, whole: int) -> str:
    """81% of 412: a percentage never stands without what it is of, nor rounds up to all or down to none."""
    if not whole:
        return "none yet"
    percent = round(100 * part / whole)
    if part and not percent:
        return f"under 1% of {number(whole)}"
    if part < whole and percent == 100:
        return f"over 99% of {number(whole)}"
    return f"{percent}% of {number(whole)}"


def inside(words: str) -> str:
    """A label within a sentence: “Last day” as “last day”, “IMEI” as it is."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def shown(value: Any, empty: str = "None") -> str:
    """Any fact as a page shows it; `empty` for one that is missing."""
    if value is None or value == "":
        return empty
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int | float | Decimal) else str(value)
