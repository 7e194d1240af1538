"""A pretend class through three weeks: who hands in what and when, and the points that are due.

The truth is reckoned here in decimals, from what each student answers and how many days late that
is, which the plan says outright. Nothing of the grader's is asked for it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from zoneinfo import ZoneInfo

from gradelib.author.compose import open_chapter, reference_answers
from gradelib.author.sources import renamed, variants
from tests.teacher.small_course import ROOT

ZONE = ZoneInfo("Europe/Berlin")
NOTEBOOKS = {1: "00_start_here", 2: "01_tokenization", 3: "02_masks"}
IN_TIME = {1: "2024-10-25T18:00", 2: "2024-11-09T18:00", 3: "2024-11-23T18:00"}
KINDS = ("right", "mistake", "blanks", "quiz")  # beside a "draft", which nobody ever grades
MISTAKES = {  # by week and kind: the known mistake that is made, by exercise
    (1, "mistake"): {"softmax": "ignores_temperature"},
    (1, "quiz"): {"most_likely": "position"},
    (2, "mistake"): {"build_vocab": "one_too_many", "tokens_per_word": "words_per_token"},
    (2, "quiz"): {"wordpiece_encode": "shortest_first"},
    (3, "mistake"): {"causal_mask": "not_itself", "cross_attention_mask": "axes_swapped"},
    (3, "quiz"): {"truncate": "drops_the_first"},
}
BLANKS = {1: ("surprisal",), 2: ("build_pair", "decode_bpe"), 3: ("truncate", "position_ids")}
WRONG = {1: ("quiz_temperature", "a"), 2: ("quiz_unknown", "a"), 3: ("quiz_bug", "a")}
EXCUSED, BONUS = (2, "tokenization.build_vocab"), (3, "masks.truncate")
A_DAY, LAST_DAY, CENT = Decimal("0.07"), 7, Decimal("0.01")
WEIGHTS = {1: Decimal(1), 2: Decimal(2), 3: Decimal("1.5")}
MARKS = tuple(map(Decimal, ("2", "1.5", "0.5", "1")))
GIVEN = ("Ada", "Björn", "Chloé", "Dario", "Emine", "Finn", "Goran")
FAMILY = ("Abel", "Braun", "Çelik", "Dumas", "Eriksen", "Fischer")
CLASS = range(1, 43)
DROPPED, ADDED = (39, 40), (41, 42)  # after week 1
APPEAL = (1, 15)  # week and student: the mark is raised at the end
UNMARKED = (3, 20)  # whose last answer in words nobody marks


@dataclass(frozen=True)
class Student:
    """One of the class, as each platform knows them."""

    number: int

    @property
    def id(self) -> str:
        return f"s{self.number:02}"

    @property
    def first(self) -> str:
        return GIVEN[self.number % 7]

    @property
    def last(self) -> str:
        return FAMILY[self.number % 6]

    @property
    def name(self) -> str:
        """As the list has it in which they came first: Moodle's, or Canvas's."""
        added = self.number in ADDED
        return f"{self.last}, {self.first}" if added else f"{self.first} {self.last}"

    @property
    def login(self) -> str:
        return f"login{self.number}"

    @property
    def email(self) -> str:
        return "" if self.number in ADDED else f"{self.id}@uni.example"

    @property
    def platform(self) -> str:
        return str(2000 + self.number)

    @property
    def section(self) -> str:
        return "A" if self.number % 2 else "B"


@dataclass(frozen=True)
class HandIn:
    """What a student hands in once."""

    kind: str
    time: str  # on the course's clock
    days: int = 0  # late in the end, if it counts
    round: int = 0  # with which download of the teacher's it comes
    late: bool = False  # the platform says so


@dataclass
class Grade:
    """What a student must have for a week."""

    points: dict[str, Decimal | None] = field(default_factory=dict)  # None: not marked yet
    possible: Decimal = Decimal(0)
    days: int = 0
    handed_in: str = ""  # UTC
    to_mark: Decimal = Decimal(0)

    @property
    def reached(self) -> Decimal:
        return sum((p for p in self.points.values() if p is not None), Decimal(0))

    @property
    def penalty(self) -> Decimal:
        if self.days > LAST_DAY:
            return self.reached
        return (self.reached * A_DAY * self.days).quantize(CENT, ROUND_HALF_UP)

    @property
    def total(self) -> Decimal:
        return self.reached - self.penalty


def students(week: int) -> list[Student]:
    """Return who takes part from a week on, as it is at its end."""
    gone = (*DROPPED, *ADDED) if week == 0 else DROPPED
    return [Student(n) for n in CLASS if n not in gone or (week == 0 and n in DROPPED)]


def kind_of(week: int, number: int) -> str:
    return KINDS[(number + week) % 4]


def plan(week: int) -> dict[int, list[HandIn]]:
    """Return all that is handed in for a week, by student, the oldest first."""
    there = [n for n in CLASS if not (n in ADDED if week == 1 else n in DROPPED)]
    found = {n: [HandIn(kind_of(week, n), IN_TIME[week])] for n in there}
    found |= {1: _first, 2: _second, 3: _third}[week]()
    return {n: hand_ins for n, hand_ins in found.items() if hand_ins and n in CLASS}


def _first() -> dict[int, list[HandIn]]:
    """Clocks go back in the night after the due date: the first day late has 25 hours."""
    good, wrong = HandIn("right", IN_TIME[1]), HandIn("mistake", IN_TIME[1])
    return {
        5: [HandIn("right", "2024-10-27T23:30", 1)],
        6: [HandIn("mistake", "2024-10-29T12:00", 3)],
        7: [HandIn("quiz", "2024-10-27T00:10")],  # in the grace
        8: [HandIn("right", "2024-11-05T12:00", 9)],  # after the last day
        9: [],
        10: [HandIn("right", "2024-10-28T12:00")],  # has 2 days longer
        11: [HandIn("quiz", "2024-10-29T12:00", 2)],  # has 1 day longer
        13: [HandIn("blanks", "2024-10-24T12:00"), HandIn("right", "2024-10-26T12:00", round=1)],
        14: [good, HandIn("mistake", "2024-10-27T12:00", 1, round=1)],
        16: [HandIn("right", "2024-10-24T12:00"), HandIn("quiz", "2024-10-26T12:00", round=1)],
        18: [HandIn("mistake", "2024-10-24T12:00"), HandIn("right", "2024-10-26T12:00", round=1)],
        26: [wrong, HandIn("mistake", "2024-10-26T12:00", round=1)],
        41: [HandIn("right", "2024-11-03T12:00", round=2)],  # who came later has 2 weeks longer
    }


def _second() -> dict[int, list[HandIn]]:
    return {
        9: [],
        12: [HandIn("right", "2024-11-11T12:00", 1)],  # an extension that was taken back
        17: [HandIn("quiz", IN_TIME[2], 1, late=True)],  # the platform's word counts
        18: [HandIn("mistake", "2024-11-12T12:00", 2, late=True)],
        19: [],
        21: [HandIn("draft", "2024-11-08T12:00"), HandIn("mistake", IN_TIME[2], round=1)],
    }


def _third() -> dict[int, list[HandIn]]:
    """The due date is moved by a day when all of this is graded."""
    return {
        19: [],
        22: [HandIn("mistake", "2024-11-30T12:00", 5)],
        25: [HandIn("right", "2024-11-25T12:00")],
        26: [HandIn("quiz", "2024-11-26T12:00", 1)],
        27: [HandIn("right", IN_TIME[3]), HandIn("blanks", "2024-11-24T12:00")],
    }


def utc(local: str) -> dt.datetime:
    return dt.datetime.fromisoformat(local).replace(tzinfo=ZONE).astimezone(dt.UTC)


# What is answered, and what that is worth


@cache
def worth(week: int) -> dict[str, int]:
    """Return the points of all that is graded in a week, by name."""
    chapter = open_chapter(ROOT, NOTEBOOKS[week])
    points = {name: exercise.points for name, exercise in chapter.exercises.items()}
    for kind in ("quiz", "written"):
        points |= {name: part.points for name, part in chapter.story.of_kind(kind).items()}
    return points


@cache
def questions(week: int) -> tuple[str, ...]:
    return tuple(open_chapter(ROOT, NOTEBOOKS[week]).story.of_kind("written"))


def _topic(week: int) -> str:
    return NOTEBOOKS[week].partition("_")[2]


def lost(week: int, kind: str) -> set[str]:
    """Return for what a kind of notebook gets nothing."""
    names = [*MISTAKES.get((week, kind), ())]
    names += BLANKS[week] if kind == "blanks" else ()
    names += WRONG[week][:1] if kind == "quiz" else ()
    return {f"{_topic(week)}.{name}" for name in names}


@cache
def answers(week: int, kind: str) -> dict[str, str]:
    topic = _topic(week)
    found = dict(reference_answers(ROOT, topic))
    if kind == "blanks":
        return {n: text for n, text in found.items() if n not in lost(week, kind)}
    for function, how in MISTAKES.get((week, kind), {}).items():
        wrong = variants(ROOT, "mistakes", topic)[function][how]
        found[f"{topic}.{function}"] = renamed(wrong, function)
    if kind == "draft":
        name = next(iter(open_chapter(ROOT, NOTEBOOKS[week]).exercises))
        return found | {name: f"{found[name]}\n# a draft"}
    if kind == "quiz":
        name, letter = WRONG[week]
        found[f"{topic}.{name}"] = letter
    return found


def words(week: int, number: int, hand_in: HandIn) -> dict[str, str]:
    """Return what a student writes; nothing in a notebook with blanks. No two write the same."""
    if hand_in.kind == "blanks":
        return {}
    said = f"Reason {number}, hand-in {hand_in.round}"
    return {name: f"{said}, question {at}." for at, name in enumerate(questions(week))}


def mark(week: int, number: int, at: int) -> Decimal | None:
    """Return what the teacher gives for an answer in words; None where that is nothing yet."""
    if (week, number) == UNMARKED and at == len(questions(week)) - 1:
        return None
    return MARKS[2] if (week, number) == APPEAL else MARKS[(number // 4 + at) % 4]


def truth(week: int, number: int, appealed: bool = True) -> Grade:
    """Return what a student must have in the end, or but for the appeal."""
    ruled = [name for when, name in (EXCUSED, BONUS) if when == week]
    possible = sum(points for name, points in worth(week).items() if name not in ruled)
    hand_ins = plan(week).get(number)
    if not hand_ins:
        return Grade(possible=Decimal(possible))
    one = hand_ins[-1]
    grade = Grade(possible=Decimal(possible), days=one.days)
    for name, points in worth(week).items():
        nothing = name in lost(week, one.kind) or (week, name) == EXCUSED
        grade.points[name] = Decimal(0 if nothing else points)
    for at, name in enumerate(questions(week)):
        given = mark(week, number, at) if one.kind != "blanks" else Decimal(0)
        if appealed and (week, number) == APPEAL and at == 0:
            given = MARKS[1]
        grade.points[name] = given
        grade.to_mark += worth(week)[name] if given is None else 0
    return grade


def before(week: int) -> list[HandIn]:
    """Return what was handed in before what counts, by all who take part in the end."""
    who = {student.number for student in students(week)}
    return [one for n, those in plan(week).items() if n in who for one in those[:-1]]


def percent(number: int) -> Decimal | None:
    """Return how much of what is marked a student has in the term, by the weights of the weeks."""
    had = counts = Decimal(0)
    for week, weight in WEIGHTS.items():
        grade = truth(week, number)
        had += weight * grade.total / (grade.possible - grade.to_mark)
        counts += weight
    return 100 * had / counts
