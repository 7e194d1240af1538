"""Every `gradelib` command in the docs is one that the command line takes: nothing is run."""

import io
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main

from gradelib.cli import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/*/README.md")]
)
FENCE = re.compile(r"^[ ]*```(?:sh|bash)\n(.*?)^[ ]*```", re.MULTILINE | re.DOTALL)
BEGINS = re.compile(r"(?:\.venv/bin/)?(?:gradelib|python -m gradelib) (?=[a-z-])")
OPTION = re.compile(r"--[a-z][a-z-]*")
TO_CHOOSE = re.compile(r"(\S+)(?: \| \S+)+")  # moodle | canvas: any of them
COMMANDS: Any = typer.main.get_command(app)


def in_fences(text: str) -> list[str]:
    """Return the commands of a page's fences, without what is said of them."""
    lines = [line.strip() for block in FENCE.findall(text) for line in block.splitlines()]
    return [BEGINS.sub("", line, count=1) for line in lines if BEGINS.match(line)]


def in_words(text: str) -> list[str]:
    """Return what a page says of commands in its sentences."""
    spans = re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
    return [BEGINS.sub("", span, count=1) for span in spans if BEGINS.match(span)]


@pytest.fixture(autouse=True)
def nobody_to_ask(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))


def found(words: list[str]) -> tuple[Any, list[str]]:
    """Return the command that words begin with, and the other words."""
    command, left = COMMANDS, [*words]
    while left and hasattr(command, "commands") and not left[0].startswith("-"):
        assert left[0] in command.commands, f"there is no {left[0]!r} in `gradelib {words}`"
        command = command.commands[left.pop(0)]
    return command, left


def refusal(line: str) -> str:
    """Let the command line read a command; return why it is refused, or nothing."""
    command, words = found(shlex.split(TO_CHOOSE.sub(r"\1", line), comments=True))
    try:
        command.make_context(command.name, words)
    except Exception as error:
        if type(error).__name__ == "Abort":  # it would ask for what is missing
            return ""
        if not hasattr(error, "format_message"):  # which each usage error has
            raise
        return error.format_message()
    return ""


@pytest.mark.parametrize("page", PAGES)
def test_each_command_to_type_is_taken(page):
    for line in in_fences((ROOT / page).read_text(encoding="utf-8")):
        assert not refusal(line), f"gradelib {line}"


@pytest.mark.parametrize("page", PAGES)
def test_each_command_that_is_spoken_of_is_there_with_its_options(page):
    for line in in_words((ROOT / page).read_text(encoding="utf-8")):
        command, words = found(line.split())
        options = OPTION.findall(" ".join(words))
        there = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
        assert {*options} <= there | {"--help"}, f"gradelib {line}"


@pytest.mark.parametrize(
    ("line", "why"),
    [("collect 1 --forse", "No such option"), ("release", "Missing argument")],
)
def test_what_would_be_refused_is_found(line, why):
    assert why in refusal(line)


def test_a_command_that_is_not_there_is_found():
    with pytest.raises(AssertionError, match="gradee"):
        refusal("gradee 1")


def test_each_command_is_in_the_docs():
    text = "\n".join((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    said = [line.split() for line in (*in_fences(text), *in_words(text))]
    for name, command in COMMANDS.commands.items():
        for inner in getattr(command, "commands", {"": command}):
            words = [name, inner] if inner else [name]
            assert any(line[: len(words)] == words for line in said), " ".join(words)
