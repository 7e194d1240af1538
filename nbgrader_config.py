"""nbgrader's settings: `nbgrader …` and formgrader, started in this folder, use the class folder.

The settings themselves are in gradelib/teacher/gradebook/nbgrader_settings.py. What you add below
overrides them, for gradelib's commands too. For example, no points for late work:

    c.LateSubmissionPlugin.penalty_method = "zero"

Where the grades are kept is said in course.toml.
"""

from pathlib import Path

from gradelib.teacher.course import Course, CourseError
from gradelib.teacher.gradebook import gradebook, nbgrader_settings

c = get_config()  # noqa: F821 - nbgrader defines it
try:
    course = Course.find(Path(__file__).parent)
    c.merge(nbgrader_settings.settings(course))
    if course.gradebook:
        gradebook.prepare(course)
except CourseError as error:  # after any other exception nbgrader goes on, with settings of its own
    raise SystemExit(f"gradelib: {error}") from None
