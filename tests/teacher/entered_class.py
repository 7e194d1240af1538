"""A class of four whose points are in the gradebook, as if they were graded: no kernel runs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from gradelib.teacher.course import Course
from gradelib.teacher.gradebook.gradebook import open_gradebook
from tests.teacher.hand_ins import with_roster
from tests.teacher.small_course import NAME, small_course

CHECK, WRITTEN = "check-start_here-softmax", "written-start_here-reflect_temperature"
HEADER = "id,name,email,platform,login,section,dropped"
CLASS = (
    'ana,"Müller, Änne",ana@uni.example,2001,amueller,A,',
    "ben,=Ben,ben@uni.example,2002,bberg,B,",
    "cleo,Cleo,cleo@uni.example,2003,cc,B,",
    "dan,Dan,dan@uni.example,2004,dd,B,yes",
)


def entered(course: Course, week: str, points: dict[str, tuple[float, float | None]]) -> None:
    """Enter a check of 3 points and a question of 2 for each student, as if they were graded."""
    with open_gradebook(course) as gradebook:
        gradebook.add_assignment(week, duedate=course.week(week).due)
        gradebook.add_notebook(NAME, week)
        gradebook.add_grade_cell(CHECK, NAME, week, max_score=3, cell_type="code")
        gradebook.add_grade_cell(WRITTEN, NAME, week, max_score=2, cell_type="markdown")
        for student, (given, mark) in points.items():
            gradebook.update_or_create_student(student)
            gradebook.add_submission(week, student, timestamp=dt.datetime(2026, 1, 2))
            check = gradebook.find_grade(CHECK, NAME, week, student)
            check.auto_score, check.needs_manual_grade = given, False
            written = gradebook.find_grade(WRITTEN, NAME, week, student)
            written.manual_score, written.needs_manual_grade = mark, mark is None
        gradebook.db.commit()
    (course.class_folder / "release" / week).mkdir(parents=True, exist_ok=True)


def class_of_four(root: Path) -> Course:
    """Return a class of whom dan has left, ana waits for a mark, and cleo handed in nothing."""
    course = with_roster(small_course(root), *CLASS, header=HEADER)
    entered(course, "week01", {"ana": (3, None), "ben": (0, 2)})
    return course
