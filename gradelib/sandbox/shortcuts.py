"""What IPython does for each cell, message or traceback, done once or not at all.

These are taken in a zygote, before it forks; no kernel of a student's own has them. What a student
sees of a cell or a traceback is the same (`tests/sandbox/test_shortcuts.py`), but for the number in
the name of a cell's file.
"""

from __future__ import annotations

import functools
import inspect
import signal
import zlib
from collections.abc import Callable
from types import CodeType, FrameType, ModuleType, TracebackType
from typing import Any

import stack_data
from ipykernel import compiler
from IPython.core import interactiveshell
from IPython.core.compilerop import CachingCompiler
from IPython.core.inputtransformer2 import TransformerManager
from jupyter_client import session
from pygments.formatters.terminal256 import Terminal256Formatter

__all__ = ["take", "take_in_tracebacks"]

ESCAPES = "%!?"  # in what is no Python, wherever it stands
FIRST = {",", ";", "/"}  # the same, where it begins a line


def take() -> None:
    """Take the short ways of cells and messages."""
    vars(compiler)["murmur2_x86"] = _checksum  # in the names of cells; ipykernel's is in Python
    is_async = vars(interactiveshell)["_should_be_async"]  # compiles the cell, and is asked twice
    vars(interactiveshell)["_should_be_async"] = lambda cell: (
        ("await" in cell or "async" in cell) and is_async(cell)
    )
    vars(session)["extract_dates"] = lambda header: header  # nobody calculates with its date
    transforms = TransformerManager.do_token_transforms
    TransformerManager.do_token_transforms = _if_escaped(transforms)  # type: ignore[method-assign]
    if as_enum := vars(signal).get("_int_to_enum"):  # asked of handlers, which are no number
        vars(signal)["_int_to_enum"] = lambda value, of: (
            value if callable(value) else as_enum(value, of)
        )


def take_in_tracebacks(shell: Any) -> None:
    """Take those of tracebacks, and make what the first one needs."""
    colored = vars(stack_data)["style_with_executing_node"]
    vars(stack_data)["style_with_executing_node"] = functools.lru_cache(maxsize=8)(colored)
    set_up = Terminal256Formatter._setup_styles
    Terminal256Formatter._setup_styles = _once_a_style(set_up)
    vars(inspect)["getmodule"] = _module_unless_of(shell.compile)
    try:
        raise RuntimeError("so that whatever a traceback needs is there")
    except RuntimeError as error:
        shell.InteractiveTB.structured_traceback(type(error), error, error.__traceback__)
    inspect.getmodule(compile("", "<a file of no module>", "exec"))  # looks at every module


def _checksum(text: str, seed: int) -> int:
    return zlib.crc32(text.encode("utf-8", "replace"), seed)


def _if_escaped(transforms: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Return the transforms of magics and the like, for cells that may have some."""
    own = TransformerManager().token_transformers

    @functools.wraps(transforms)
    def do_token_transforms(manager: TransformerManager, lines: list[str]) -> list[str]:
        if manager.token_transformers == own and not any(map(_may_be_escaped, lines)):
            return lines
        return transforms(manager, lines)

    return do_token_transforms


def _may_be_escaped(line: str) -> bool:
    return line.lstrip()[:1] in FIRST or any(sign in line for sign in ESCAPES)


def _once_a_style(set_up: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return the set-up of a formatter, which takes its 300 colors from the last of its kind."""
    known: dict[Any, dict[str, tuple[str, str]]] = {}

    @functools.wraps(set_up)
    def _setup_styles(formatter: Any) -> None:
        kind = formatter.style, formatter.usebold, formatter.useunderline, formatter.useitalic
        if kind not in known:
            set_up(formatter)
            known[kind] = formatter.style_string
        formatter.style_string = known[kind]

    return _setup_styles


def _module_unless_of(cells: CachingCompiler) -> Callable[..., ModuleType | None]:
    """Return `inspect.getmodule`, which looks through all modules for where a cell's code is from.

    It finds none; a traceback asks for it half a dozen times.
    """
    find = inspect.getmodule

    @functools.wraps(find)
    def getmodule(thing: Any, _filename: str | None = None) -> ModuleType | None:
        code = thing.tb_frame if isinstance(thing, TracebackType) else thing
        code = code.f_code if isinstance(code, FrameType) else code
        of_a_cell = isinstance(code, CodeType) and code.co_filename in cells._filename_map
        return None if of_a_cell else find(thing, _filename)

    return getmodule
