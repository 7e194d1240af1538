"""What notebooks use beside torch: data, text, tokens, plots, widgets. Checks need only `text`."""

from __future__ import annotations

import sysconfig
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gradelib.checking.time_limit import OutOfTime, time_limit
from gradelib.lab.text import WIDE, wrapped

__all__ = ["when_ready"]

# what draws, Python's library, and code that a library made of a text, such as a dataclass's
NOT_OF_NOTEBOOK = (
    *(str(Path(__file__).parents[1] / part) for part in ("lab", "topics")),
    *(sysconfig.get_path("stdlib"), "<string>", "<frozen"),
)


@contextmanager
def when_ready(what: str = "This picture", seconds: float = 60) -> Iterator[None]:
    """Show what a student's functions make, or say in one line what is still missing.

    A notebook must run from top to bottom while half of it is unwritten or wrong, so no error
    gets out of here, and no endless loop. The check of the function explains what is wrong.

    >>> def softmax(logits): raise NotImplementedError
    >>> with when_ready():
    ...     softmax([1.0, 2.0])
    This picture will appear once you have written softmax.
    """
    try:
        with time_limit(seconds):
            yield
    except OutOfTime:
        print(f"{what} was stopped after {seconds:g} seconds of work. If the checks above pass,")
        print("this computer is slow or busy: run the cell again. If not, a loop may have no end.")
    except NotImplementedError as error:
        if _is_stub(error):
            print(f"{what} will appear once you have written {_where(error)}.")
        else:
            _explain(what, error)
    except NameError as error:
        print(f"{what} will appear once a cell above has made {error.name}.")
    except Exception as error:  # noqa: BLE001 (an answer may raise anything)
        _explain(what, error)


def _explain(what: str, error: Exception) -> None:
    message = f"{type(error).__name__}: {' '.join(str(error).split())}"
    begun = f"{what} cannot be shown yet. In {_where(error)}:"
    in_one_line = len(begun) + 1 + len(message) <= WIDE
    print(f"{begun} {message}" if in_one_line else f"{begun}\n{wrapped(message, indent='  ')}")
    print("Look at the checks above: one of the functions that it uses does not pass yet.")


def _is_stub(error: NotImplementedError) -> bool:
    """Say whether the notebook raised it, and not a library that it called."""
    *_, (innermost, _) = traceback.walk_tb(error.__traceback__)
    return _of_notebook(innermost.f_code.co_filename)


def _where(error: Exception) -> str:
    """Name the innermost function of the notebook that the error passed through."""
    codes = [frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__)]
    names = [code.co_qualname for code in codes if _of_notebook(code.co_filename)]
    plain = [part for name in names for part in name.split(".<locals>.") if part[0] != "<"]
    return plain[-1] if plain else "this cell"


def _of_notebook(filename: str) -> bool:
    return "site-packages" not in filename and not filename.startswith(NOT_OF_NOTEBOOK)
