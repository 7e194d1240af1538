"""What in course.toml fits no other line of it: dates in the wrong order, a notebook twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

__all__ = ["Place", "contradictions", "is_skipped"]

Place = tuple[int | str, ...]


def contradictions(
    tree: Mapping[str, Any], line: Callable[[Place], int]
) -> Iterator[tuple[Place, str]]:
    """Yield the place of each line that contradicts another, and what to write.

    `line` says where a place is. Lines whose type is wrong are said elsewhere, and passed over.
    """
    weeks = tree.get("weeks")
    tables = [
        (("weeks", at), week)
        for at, week in enumerate(weeks if isinstance(weeks, list) else ())
        if isinstance(week, dict)
    ]
    yield from _numbers(tables, line)
    yield from _notebooks(tables, line)
    for place, week in tables:
        yield from _dates(place, week, _zone(tree), line)


def is_skipped(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime | None:
    """Return what the clocks show in place of a time that daylight saving skips, or None."""
    if moment.tzinfo is not None:
        return None
    there = moment.replace(tzinfo=zone).astimezone(dt.UTC).astimezone(zone)
    return None if there.replace(tzinfo=None) == moment else there


Tables = list[tuple[tuple[str, int], dict[str, Any]]]


def _numbers(tables: Tables, line: Callable[[Place], int]) -> Iterator[tuple[Place, str]]:
    seen: dict[int, Place] = {}
    for place, week in tables:
        number = week.get("number")
        if isinstance(number, int):
            here = (*place, "number")
            if seen.setdefault(number, here) != here:
                yield (
                    here,
                    f"the week of line {line(seen[number])} is {number} too: "
                    "it needs [[weeks]], each with a number of its own",
                )


def _notebooks(tables: Tables, line: Callable[[Place], int]) -> Iterator[tuple[Place, str]]:
    seen: dict[str, Place] = {}
    for place, week in tables:
        names = week.get("notebooks")
        for name in names if isinstance(names, list) else ():
            here = (*place, "notebooks")
            if not isinstance(name, str):
                continue
            if name.endswith(".ipynb"):
                yield here, f"notebooks takes names without .ipynb: write {name[:-6]}"
            if name in seen:
                again = "twice there" if seen[name] == here else f"in line {line(seen[name])} too"
                yield here, f"{name} stands {again}: a notebook belongs to one week, once"
            seen.setdefault(name, here)


def _dates(
    place: tuple[str, int], week: Mapping[str, Any], zone: ZoneInfo, line: Callable[[Place], int]
) -> Iterator[tuple[Place, str]]:
    due, release = week.get("due"), week.get("release")
    if not isinstance(due, dt.datetime):
        return
    if there := is_skipped(due, zone):
        yield (
            (*place, "due"),
            f"due is in an hour that {zone.key} skips, since clocks go forward: "
            f"write {there:%Y-%m-%dT%H:%M:%S} or another time",
        )
    day = release.date() if isinstance(release, dt.datetime) else release
    last = (due.astimezone(zone) if due.tzinfo else due).date()
    if isinstance(day, dt.date) and day > last:
        yield (
            (*place, "release"),
            f"release is after due, which is {last} in line {line((*place, 'due'))}: "
            "write an earlier day",
        )


def _zone(tree: Mapping[str, Any]) -> ZoneInfo:
    try:
        return ZoneInfo(str(tree.get("timezone", "UTC")))
    except (KeyError, ValueError):  # which is said where it stands
        return ZoneInfo("UTC")
