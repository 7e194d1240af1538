"""What platforms write beside the hand-ins about who they are of: Blackboard and Gradescope."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from gradelib.teacher.collect.archive import Item
from gradelib.teacher.collect.platforms import Named, blackboard_report, read_file, read_folder

__all__ = ["Reports"]

METADATA = "submission_metadata.yml"
LARGEST = 2_000_000  # bytes of Gradescope's file
NO_NAME = "Gradescope's number says no name: collect it together with " + METADATA


@dataclass
class Reports:
    """What is known beside a name that a platform wrote."""

    attempts: dict[str, Named] = field(default_factory=dict)  # Blackboard's, by what is before it
    before: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # by login
    submissions: dict[str, list[Named]] = field(default_factory=dict)  # Gradescope's, by number

    def note(self, item: Item) -> None:
        """Look at a file: is it a platform's report?"""
        named = read_file(item.name)
        if named is not None and named.platform == "Blackboard":
            before = item.name.partition("_attempt_")[0]
            self.before[named.login].add(before)
            report = blackboard_report(item.data[:4000].decode("utf-8", "replace"))
            if item.name.endswith(".txt") and report:
                self.attempts[before] = replace(named, name=report[0], login=report[1])
        # In a student's folder it would be the student's own word.
        if item.name == METADATA and not any(map(read_folder, item.folders)):
            self.submissions |= _submissions(item.data)

    def known(self, name: str, named: Named) -> Named:
        """Return what is known of a student whom a platform names."""
        if named.platform == "Blackboard":
            before = name.partition("_attempt_")[0]
            if before in self.attempts:
                known = self.attempts[before]
                return replace(named, name=known.name, login=known.login)
            if len(self.before[named.login]) > 1:  # there may be _ in a login
                return replace(named, login="_".join(before.split("_")[-2:]))
        elif named.platform == "Gradescope":
            by = self.submissions.get(named.number, [])
            return by[0] if len(by) == 1 else named
        return named

    def question(self, named: Named) -> str:
        """Return what has to be asked about a submission, or nothing."""
        by = self.submissions.get(named.number, []) if named.platform == "Gradescope" else []
        names = " and ".join(one.name[:60] for one in by)
        return f"it is of {names}: collect it for each, with --student" if len(by) > 1 else ""

    def remark(self, named: Named) -> str:
        return NO_NAME if named.platform == "Gradescope" and not named.login else ""


def _submissions(data: bytes) -> dict[str, list[Named]]:
    try:
        tree = yaml.safe_load(data[:LARGEST].decode("utf-8", "replace"))
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    found = {}
    for key, entry in tree.items() if isinstance(tree, Mapping) else ():
        number = re.fullmatch(r"submission_(\d+)", str(key))
        if number and isinstance(entry, Mapping):
            submitters = entry.get(":submitters")
            people = submitters if isinstance(submitters, list) else []
            found[number[1]] = [
                _submitter(person, entry.get(":created_at"))
                for person in people
                if isinstance(person, Mapping)
            ]
    return found


def _submitter(person: Mapping[Any, Any], time: object) -> Named:
    name, number = str(person.get(":name") or ""), str(person.get(":sid") or "")
    moment = time if isinstance(time, dt.datetime) else None
    return Named("Gradescope", name, number, str(person.get(":email") or name), moment)
