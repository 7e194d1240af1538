"""What is slow to import waits until it is needed, and is then what it always was."""

import subprocess
import sys
import textwrap
from importlib.util import find_spec

import pytest

SLOW = "rfc3987_syntax"


def run(code: str) -> str:
    whole = textwrap.dedent(code)
    done = subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def slow_module(tmp_path, monkeypatch):
    """A package that says when it is imported."""
    package = tmp_path / "slow_package"
    package.mkdir()
    (package / "__init__.py").write_text(
        "print('imported')\nTEN = 10\ndef twice(x): return 2 * x\n"
    )
    (package / "part.py").write_text("FIVE = 5\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.e2e  # the parser takes seconds to make
@pytest.mark.skipif(find_spec(SLOW) is None, reason=f"{SLOW} is not installed, so nothing waits")
def test_no_notebook_is_read_with_a_parser_of_addresses_and_addresses_are_still_checked():
    said = run("""
        import sys
        import gradelib, nbformat
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
        nbformat.validate(notebook)
        print("lark" in sys.modules)
        from jsonschema import FormatChecker
        iri = FormatChecker(["iri"])
        print(iri.conforms("https://bücher.example/ü", "iri"), iri.conforms("no address", "iri"))
        print("lark" in sys.modules, sys.modules["rfc3987_syntax"].__file__ is not None)
    """)
    assert said.split("\n") == ["False", "True False", "True True"]


def test_a_module_is_imported_with_the_first_call_and_once(slow_module):
    said = run("""
        from gradelib.deferred import defer
        defer("slow_package", "twice")
        from slow_package import twice
        print("waits")
        print(twice(4), twice(5))
        import slow_package
        print(slow_package.twice(6), slow_package.TEN)
    """)
    assert said.split("\n") == ["waits", "imported", "8 10", "12 10"]


def test_another_name_and_a_part_of_it_are_found(slow_module):
    said = run("""
        from gradelib.deferred import defer
        defer("slow_package", "twice")
        from slow_package.part import FIVE
        print(FIVE)
        from slow_package import TEN
        print(TEN)
        try:
            from slow_package import nothing
        except ImportError:
            print("no such name")
    """)
    assert said.split("\n") == ["5", "imported", "10", "no such name"]


def test_what_is_not_there_or_was_imported_is_left_alone(slow_module):
    said = run("""
        import sys
        from gradelib.deferred import defer
        defer("no_such_module_at_all", "twice")
        print("no_such_module_at_all" in sys.modules)
        import slow_package
        defer("slow_package", "twice")
        print(sys.modules["slow_package"] is slow_package)
    """)
    assert said.split("\n") == ["False", "imported", "True"]
