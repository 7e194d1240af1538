"""What notebooks use beside torch: data, text, tokens, plots, widgets. Checks need only `text`."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["when_ready"]


@contextmanager
def when_ready(what: str = "This picture") -> Iterator[None]:
    """Show what a student's functions make, or say in one line what is still missing.

    A notebook must run from top to bottom while half of it is unwritten or wrong, so no error
    gets out of here. The check of the function is the place that explains it.

    >>> def softmax(logits): raise NotImplementedError
    >>> with when_ready():
    ...     softmax([1.0, 2.0])
    This picture will appear once you have written softmax.
    """
    try:
        yield
    except NotImplementedError as error:
        print(f"{what} will appear once you have written {_where(error)}.")
    except NameError as error:
        print(f"{what} will appear once a cell above has made {error.name}.")
    except Exception as error:  # noqa: BLE001 (an answer may raise anything)
        said = f"{type(error).__name__}: {' '.join(str(error).split())}"
        print(f"{what} cannot be shown yet. In {_where(error)}: {said}")
        print("Look at the checks above: one of the functions that it uses does not pass yet.")


def _where(error: Exception) -> str:
    """Name the innermost function of the notebook that the error passed through."""
    codes = [frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__)]
    names = [code.co_qualname for code in codes if _of_notebook(code.co_filename)]
    names = [name.removesuffix(".<locals>.<listcomp>") for name in names]
    return next((name for name in reversed(names) if "<" not in name), "this cell")


def _of_notebook(filename: str) -> bool:
    return "site-packages" not in filename and not filename.startswith(__file__.rpartition("/")[0])
