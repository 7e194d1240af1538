"""What is done once, or not at all, comes to the same as what IPython does each time."""

import pytest

from gradelib.sandbox.confine import MISSING

if MISSING:
    pytest.skip(f"nothing is forked here: {MISSING}", allow_module_level=True)

import json
import signal
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager
from pygments import highlight
from pygments.formatters.terminal256 import Terminal256Formatter
from pygments.lexers.python import PythonLexer
from pygments.styles import get_style_by_name

from gradelib.sandbox import shortcuts

CELLS = [
    "x = 1\ny = x / 2\n",
    "x = 7 % 2",
    "%time x = 1\n",
    "    %matplotlib inline\n",
    "x = %pwd\n",
    "files = !ls\n",
    "!pip install torch\nx = 1",
    "print?\n",
    "x = 1\nprint??",
    "if x != 1:\n    pass\n",
    "f = (1\n, 2)\n",
    "/print 1\n",
    ",print a b\n",
    "  ;print a b\n",
    "x = '''\n, a\n'''\n",
    "x = \\\n/ 2\n",
    "def f(:\n",
    "x = 'half\n",
    ">>> x = 1\n",
    "In [1]: x = 1\n",
    "\n\n   x = 1",
    "a\x0c,b c\n",
    "a\r/b c\n",
    "if x:\n\t/ y\n",
    "",
]
PIECES = ["x", "=", "%", "!", "?", ",", ";", "/", "(", ")", "'", '"""', "\\", "#", ":", "if"]
PIECES += ["time", " ", "    ", "\n", "\t", "\r", "\x0c", "\u2028", "é", "$"]


def transformed(cell, manager=None):
    manager = manager or TransformerManager()
    return manager.transform_cell(cell)


@pytest.fixture(scope="module")
def short():
    """Return the transforms as kernels have them."""

    class Short(TransformerManager):
        do_token_transforms = shortcuts._if_escaped(TransformerManager.do_token_transforms)

    return Short


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_becomes_what_ipython_makes_of_it(short, cell):
    assert transformed(cell, short()) == transformed(cell)


@given(cell=st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_cell_becomes_what_ipython_makes_of_it(short, cell):
    assert transformed(cell, short()) == transformed(cell)


def test_a_cell_without_magics_is_not_taken_apart(monkeypatch, short):
    monkeypatch.setattr(short, "do_one_token_transform", lambda *_: pytest.fail("taken apart"))
    assert transformed("x = 1\ny = x / 2\n", short()) == "x = 1\ny = x / 2\n"


def test_transforms_of_a_students_own_are_made(short):
    class Twice:
        @classmethod
        def find(cls, tokens):
            return cls() if tokens[0][0].string == "one" else None

        priority, start_line, start_col = 1, 0, 0

        def sortby(self):
            return 0, 0, 1

        def transform(self, lines):
            return ["two\n", *lines[1:]]

    manager = short()
    manager.token_transformers.append(Twice)
    assert transformed("one\n", manager) == "two\n"


@pytest.mark.parametrize("how", [{}, {"nobold": True}, {"nounderline": True}, {"noitalic": True}])
@pytest.mark.parametrize("style", ["default", "monokai"])
def test_a_formatter_has_the_colors_of_its_style(how, style):
    class Once(Terminal256Formatter):
        _setup_styles = shortcuts._once_a_style(Terminal256Formatter._setup_styles)

    code = "def f(x):  # a comment\n    return f'{x!r}' + None\n"
    for named in ("default", style, style):  # the last is taken from the one before
        usual = Terminal256Formatter(style=get_style_by_name(named), **how)
        once = Once(style=get_style_by_name(named), **how)
        assert once.style_string == usual.style_string
    assert highlight(code, PythonLexer(), once) == highlight(code, PythonLexer(), usual)


HANDLERS = """
import json, signal
from gradelib.sandbox import shortcuts

def mine(*_):
    pass

def said():
    before = [repr(signal.signal(signal.SIGUSR1, one)) for one in (mine, signal.SIG_IGN, mine)]
    before.append(repr(signal.getsignal(signal.SIGUSR1)))
    before.append(repr(signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})))
    before.append(repr(signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})))
    signal.signal(signal.SIGUSR1, signal.SIG_DFL)
    return before

usual = said()
shortcuts.take()
print(json.dumps([usual, said()]))
"""


def test_signals_have_the_handlers_that_they_had():
    done = subprocess.run(
        [sys.executable, "-c", HANDLERS], capture_output=True, text=True, check=True
    )
    usual, short = json.loads(done.stdout)
    assert short == usual
    assert repr(signal.SIG_IGN) in usual


TRACEBACKS = """
import json
from IPython.core import interactiveshell
from gradelib.sandbox import shortcuts

CELLS = [
    "1 / 0",
    "def f(x):\\n    return g(x)\\n\\ndef g(x):\\n    return x['a']\\n\\nf({})",
    "def h(n):\\n    return h(n - 1) if n else 1 / n\\n\\nh(50)",
    "import json\\njson.loads('{')",
    "try:\\n    1 / 0\\nexcept ZeroDivisionError as e:\\n    raise ValueError('é') from e",
    "x = (",
    "exec('1 / 0')",
    "await f()",
    "import asyncio\\nasync def f():\\n    return 1 / 0\\nawait f()",
]
shell = interactiveshell.InteractiveShell.instance()
shown = []
shell._showtraceback = lambda kind, value, lines: shown.append(lines)

def said():
    shown.clear()
    waits = [interactiveshell._should_be_async(cell) for cell in CELLS]
    for cell in CELLS:
        shell.run_cell(cell)
    return [waits, list(shown)]

usual = said()
shortcuts.take()
shortcuts.take_in_tracebacks(shell)
print(json.dumps([usual, said(), said()]))
"""


def test_a_traceback_reads_as_ipythons():
    done = subprocess.run(
        [sys.executable, "-c", TRACEBACKS], capture_output=True, text=True, check=True
    )
    usual, first, second = json.loads(done.stdout)
    assert first == second == usual
    waits, shown = usual
    assert waits[-2:] == [True, True]
    assert not any(waits[:-2])
    assert len(shown) == len(waits)
    assert "\x1b[" in shown[0][-2]
