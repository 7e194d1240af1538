"""What stands in, in a kernel that is graded, for what only a student's own computer has.

Shell lines, `%pip`, magics that are not here, `input()`, `exit()`, `torch.compile` (its compiler is
another process) and Colab's modules do nothing and say so once, so that a line beside an answer
does not cost the answer. The notebook that the student saw had them; what they would change is not
what is graded.
"""

from __future__ import annotations

import ast
import getpass
import sys
from collections.abc import Callable
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

__all__ = ["SAYS", "settle"]

SAYS = "When this was graded,"  # begins every line that is said here
LONGEST = 80  # characters of what is named
INSTALLERS = {"conda", "mamba", "micromamba", "pip", "uv"}
SHELLS = {"!", "bash", "cmd", "perl", "ruby", "script", "sh", "sx", "system"}
NO_PYTHON = SHELLS | {"html", "javascript", "js", "latex", "markdown", "svg"}  # if it is not there
STARTS_A_PROCESS = {"subprocess.Popen", "os.fork", "os.posix_spawn", "os.system", "os.exec"}
COLAB = "google.colab"
said: set[str] = set()


def settle(shell: Any) -> None:
    """Put all of it in place, in the kernel of this shell, before a student's first cell runs."""
    import torch  # late: a process that only reads what is said here needs none

    shell.system = shell.system_raw = shell.system_piped = _shell_line
    shell.getoutput = _shell_output
    shell.run_line_magic = _line_magic(shell.run_line_magic)
    shell.run_cell_magic = _cell_magic(shell, shell.run_cell_magic)
    for name in ("exit", "quit"):
        shell.user_ns[name] = _Nothing.called(f"{name}()")
    shell.kernel.raw_input = _answerless("input()")
    shell.kernel.getpass = getpass.getpass = _answerless("getpass()")
    torch.compile = _left_as_it_is
    sys.meta_path.append(_Colab())
    sys.addaudithook(_notice_processes)


def _say(what: str) -> None:
    """Print, once, what happened instead."""
    if what not in said:
        said.add(what)
        print(f"{SAYS} {what}")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _shell_line(command: str) -> None:
    _say(f"shell lines did nothing: !{_short(command)}")


def _shell_output(command: str, **_: Any) -> list[str]:
    _shell_line(command)
    return []


def _line_magic(run: Callable[..., Any]) -> Callable[..., Any]:
    """Return the shell's way to run a magic, that does nothing where the magic cannot be run."""

    def run_line_magic(name: str, line: str, *more: Any, **named: Any) -> Any:
        if name in INSTALLERS or name in SHELLS:
            return _say(f"shell lines did nothing: %{_short(f'{name} {line}')}")
        try:
            return run(name, line, *more, **named)
        except Exception as error:  # noqa: BLE001 - whatever a magic of the student's needs
            return _say(f"this did nothing: %{_short(f'{name} {line}')} ({_short(str(error))})")

    return run_line_magic


def _cell_magic(shell: Any, run: Callable[..., Any]) -> Callable[..., Any]:
    """The same for a cell: one whose magic is not here is run without, if it is Python."""

    def run_cell_magic(name: str, line: str, cell: str) -> Any:
        if name in SHELLS:
            return _say(f"shell lines did nothing: %%{_short(f'{name} {line}')}")
        if shell.find_cell_magic(name) is not None:
            return run(name, line, cell)
        if name in NO_PYTHON:
            return _say(f"this did nothing: %%{_short(name)}")
        code = ast.parse(shell.transform_cell(cell))
        _say(f"the cell ran without its first line: %%{_short(f'{name} {line}')}")
        exec(compile(code, f"<{name}>", "exec"), shell.user_ns)
        return None

    return run_cell_magic


def _answerless(name: str) -> Callable[..., str]:
    def ask(prompt: object = "", *_: Any, **__: Any) -> str:
        _say(f"nobody was there to answer {name}: it gave an empty text")
        return ""

    return ask


def _left_as_it_is(model: Any = None, **_: Any) -> Any:
    """Stand in for `torch.compile`, which returns what computes the same, or a decorator."""
    _say("this did nothing: torch.compile")
    return model if model is not None else lambda function: function


class _Nothing(str):
    """An empty text that can be called, entered and asked for anything: it does nothing."""

    what: str

    @classmethod
    def called(cls, what: str) -> _Nothing:
        nothing = cls()
        nothing.what = what
        return nothing

    def __call__(self, *_: Any, **__: Any) -> _Nothing:
        _say(f"this did nothing: {_short(self.what)}")
        return self

    def __getattr__(self, name: str) -> _Nothing:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing.called(f"{self.__dict__.get('what', '')}.{name}")

    def __enter__(self) -> _Nothing:
        return self

    def __exit__(self, *_: object) -> None:
        return None


class _ColabModule(ModuleType):
    """Any module of Colab's: all that is in it does nothing."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []

    def __getattr__(self, name: str) -> _Nothing:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing.called(f"{self.__name__}.{name}")


class _Colab(MetaPathFinder, Loader):
    """Finds Colab's modules where there are none; asked last."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if fullname == "google" or fullname == COLAB or fullname.startswith(f"{COLAB}."):
            return ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return _ColabModule(spec.name) if spec.name != "google" else None

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: there is nothing in it."""


def _notice_processes(event: str, arguments: tuple[Any, ...]) -> None:
    if event in STARTS_A_PROCESS:
        _say(f"processes were refused ({event})")
