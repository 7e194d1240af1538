"""nbgrader's settings: `nbgrader …` and formgrader, started in this folder, use the class folder.

The settings themselves are in gradelib/teacher/frame.py. What you add below overrides them, for
gradelib's commands too. For example, no points for late work:

    c.LateSubmissionPlugin.penalty_method = "zero"
"""

from pathlib import Path

from gradelib.teacher import frame
from gradelib.teacher.course import Course

c = get_config()  # noqa: F821 - nbgrader defines it
c.merge(frame.settings(Course.find(Path(__file__).parent)))
