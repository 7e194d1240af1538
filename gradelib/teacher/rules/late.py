"""What being late costs, by `[late]` in course.toml. Pure: no clock, no files.

A day late ends at the same time of day as the due date, on the course's clock: where daylight
saving begins or ends it has 23 or 25 hours. Grace is added to each of these ends.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from gradelib.author.course_file import LateTable
from gradelib.author.spans import Span

__all__ = ["counting_until", "days_late", "end_of_day", "on_time_until", "penalty", "shared_out"]

CENT = Decimal("0.01")


def end_of_day(due: dt.datetime, zone: dt.tzinfo, day: int, late: LateTable | None) -> dt.datetime:
    """Return until when a hand-in is at most so many days late. Day 0 ends with the grace."""
    grace = late.grace if late else Span()
    return grace.after(Span(days=day).after(due, zone), zone)


def on_time_until(due: dt.datetime, zone: dt.tzinfo, late: LateTable | None) -> dt.datetime:
    """Return until when a hand-in costs nothing."""
    return end_of_day(due, zone, 0, late)


def counting_until(due: dt.datetime, zone: dt.tzinfo, late: LateTable | None) -> dt.datetime | None:
    """Return until when a hand-in counts at all, or None where that has no end."""
    if late is None or late.last_day is None:
        return None
    return end_of_day(due, zone, late.last_day, late)


def days_late(
    handed_in: dt.datetime, due: dt.datetime, zone: dt.tzinfo, late: LateTable | None
) -> int:
    """Return how many days late a hand-in is, each day that was begun counted; 0 in the grace."""
    day = max(0, (handed_in - due).days - 1)
    while day and handed_in <= end_of_day(due, zone, day - 1, late):
        day -= 1
    while handed_in > end_of_day(due, zone, day, late):
        day += 1
    return day


def penalty(points: float, days: int, late: LateTable) -> float:
    """Return what is taken away from the points: to the cent, and never more than there is."""
    if points <= 0 or days <= 0:
        return 0.0
    if late.last_day is not None and days > late.last_day:
        return points
    whole = Decimal(str(points))
    a_day = whole * Decimal(str(late.penalty.percent)) / 100 + Decimal(str(late.penalty.points))
    return float(min(whole, (a_day * days).quantize(CENT, ROUND_HALF_UP)))


def shared_out(amount: float, points: list[float]) -> list[float]:
    """Share a penalty out to notebooks by their points, to the cent; the sum is the whole."""
    total = sum(Decimal(str(p)) for p in points if p > 0)
    whole = Decimal(str(amount))
    if not total or not whole:
        return [0.0 for _ in points]
    parts = [
        (whole * max(Decimal(str(p)), Decimal(0)) / total).quantize(CENT, ROUND_HALF_UP)
        for p in points
    ]
    parts[points.index(max(points))] += whole - sum(parts)
    return [float(part) for part in parts]
