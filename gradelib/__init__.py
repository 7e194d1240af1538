"""Checks and grades the exercises of the course From Transformers to LLMs.

`check`, `hint`, `progress`, `submit` and `doctor` are loaded when they are first asked for, so that
importing costs nothing.
"""

from typing import TYPE_CHECKING, Any

from gradelib.deferred import defer

if TYPE_CHECKING:
    from gradelib.checking.session import check
    from gradelib.checking.steps import hint
    from gradelib.student.doctor import doctor
    from gradelib.student.progress import progress
    from gradelib.student.submit import submit

__all__ = ["__version__", "check", "doctor", "hint", "progress", "submit"]
__version__ = "0.1.0"
defer("rfc3987_syntax", "is_valid_syntax")


def __getattr__(name: str) -> Any:
    if name == "check":
        from gradelib.checking.session import check

        return check
    if name == "hint":
        from gradelib.checking.steps import hint

        return hint
    if name == "doctor":
        from gradelib.student.doctor import doctor

        return doctor
    if name == "progress":
        from gradelib.student.progress import progress

        return progress
    if name == "submit":
        from gradelib.student.submit import submit

        return submit
    raise AttributeError(f"module 'gradelib' has no attribute {name!r}")
