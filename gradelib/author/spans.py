"""Spans of time and penalties as a person writes them: "15m", "2d", "1d 12h"; "10%", "2 points"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

__all__ = ["Penalty", "Span", "later", "penalty_of", "span_of"]

UNITS = {"m": 60, "min": 60, "minute": 60, "h": 3600, "hour": 3600}
DAYS = {"d": 1, "day": 1, "w": 7, "week": 7}
PART = re.compile(r"\s*(\d{1,4})\s*([a-z]+?)s?\b\s*,?")
LONGEST = 366  # days


@dataclass(frozen=True)
class Span:
    """Days of the calendar, which have 23 or 25 hours where clocks change, and seconds."""

    days: int = 0
    seconds: int = 0

    def after(self, moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
        """Return the moment that is so much later: the same time of day, then the seconds."""
        local = moment.astimezone(zone).replace(tzinfo=None)
        return later(local + dt.timedelta(days=self.days), zone) + dt.timedelta(
            seconds=self.seconds
        )

    def __str__(self) -> str:
        hours, rest = divmod(self.seconds, 3600)
        parts = ((self.days, "d"), (hours, "h"), (rest // 60, "m"))
        return " ".join(f"{count}{unit}" for count, unit in parts if count) or "0m"


@dataclass(frozen=True)
class Penalty:
    """What each day begun takes: a part of the points that were reached, or points."""

    percent: float = 0.0
    points: float = 0.0


def later(local: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Return a local time in UTC. Of an hour that is there twice it is the later one; a time that
    is skipped is as much later as clocks go forward.
    """
    both = (local.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    return max(both)


def span_of(text: str) -> Span:
    """Read a span. Raises ValueError.

    >>> span_of("1d 12h"), str(span_of("90 minutes"))
    (Span(days=1, seconds=43200), '1h 30m')
    """
    rest, days, seconds = text.strip().lower(), 0, 0
    while rest:
        found = PART.match(rest)
        unit = found[2] if found else ""
        if found is None or unit not in {**UNITS, **DAYS}:
            raise ValueError(
                f"{text[:40]!r} is no span of time: write one such as 30m, 12h, 2d, 1w"
            )
        days += int(found[1]) * DAYS.get(unit, 0)
        seconds += int(found[1]) * UNITS.get(unit, 0)
        rest = rest[found.end() :]
    if days + seconds / 86400 > LONGEST:
        raise ValueError(f"{text[:40]!r} is more than {LONGEST} days")
    return Span(days, seconds)


def penalty_of(text: str) -> Penalty:
    """Read a penalty a day. Raises ValueError.

    >>> penalty_of("10%"), penalty_of("2 points")
    (Penalty(percent=10.0, points=0.0), Penalty(percent=0.0, points=2.0))
    """
    plain = text.strip().lower()
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(%|points?)", plain)
    if plain == "none":
        return Penalty()
    if found is None or (found[2] == "%" and float(found[1]) > 100):
        said = 'write a part such as "10%", points such as "2 points", or "none"'
        raise ValueError(said)
    number = float(found[1])
    return Penalty(percent=number) if found[2] == "%" else Penalty(points=number)
