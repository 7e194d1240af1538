"""No statement of a solution and no mistake's code is in anything that a student gets."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from gradelib.author.sources import read_solutions, statements, variants
from gradelib.author.story import find_notebook, read_story
from gradelib.checking.exercise import in_topic
from gradelib.cli import app

ROOT = Path(__file__).resolve().parents[2]
TOPICS = sorted(path.parent.name for path in ROOT.glob("solutions/*/__init__.py"))
SHORT = 20  # characters; a shorter statement, such as `return x`, says nothing
SHOWN = {  # statements that are in the open, and why
    "forpieceinpieces(text):": "the line of a loop that the lab has too",
    "withtorch.no_grad():": "what whoever runs a model says first",
    "optimizer.zero_grad()": "a line of every training, also of the lab's own",
    "losses.append(loss.item())": "how the lab's own training keeps its losses",
    "logits=model(ids,caches)": "how the check itself asks a model",
    "logits=model(ids,attention_mask)": "how the check itself asks a model",
    "forlayerinself.layers:": "the line of a loop that the lab has too",
    "forname,weightinmodel.named_parameters():": "the line of a loop that a check has too",
    "model.requires_grad_(False)": "how whoever uses a model freezes it",
    "forrankinginrankings:": "the line of a loop that a widget has too",
    "forweightinmodel.parameters():": "the line of a loop that a check has too",
}


def normal(text: str) -> str:
    return re.sub(r"\s+", "", text).replace('"', "'")


def handed_out(topic: str) -> set[str]:
    """Return the functions that the story of a topic gives, to be read and tried."""
    story = read_story(ROOT / "notebooks" / "src" / f"{find_notebook(ROOT, topic)}.md")
    return {name.partition(".")[2] for name in story.of_kind("given")}


def secrets() -> Iterator[str]:
    """Yield each statement of the solutions and of the mistakes, normalised.

    What a story gives whole, and the methods of a class that its exercise gives, are in the open.
    """
    for topic in TOPICS:
        given = {exercise.function: exercise.given for exercise in in_topic(topic).values()}
        whole = handed_out(topic)
        for function, source in read_solutions(ROOT, topic).items():
            if function not in whole:
                yield from map(normal, statements(source, given.get(function, ())))
        for function, mistakes in variants(ROOT, "mistakes", topic).items():
            for source in mistakes.values():
                yield from map(normal, statements(source, given.get(function, ())))


def leaks(texts: dict[str, str]) -> list[tuple[str, str]]:
    wanted = {secret for secret in secrets() if len(secret) >= SHORT} - SHOWN.keys()
    assert wanted, "there is nothing to look for: the test looks in the wrong place"
    plain = {name: normal(text) for name, text in texts.items()}
    return [(name, s) for s in sorted(wanted) for name, text in plain.items() if s in text]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory) -> Path:
    """Release week 1 into a class folder of its own, and unpack what a student gets."""
    folder = tmp_path_factory.mktemp("class")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADELIB_CLASS", str(folder))
        patch.chdir(ROOT)
        result = CliRunner().invoke(app, ["release", "1", "--early"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    (packed,) = [path for path in folder.rglob("bundles/*.zip") if "-colab" not in path.name]
    zipfile.ZipFile(packed).extractall(folder / "unpacked")
    (home,) = (folder / "unpacked").iterdir()
    return home


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", str(folder)]
    pip = [sys.executable, "-m", "pip", "wheel", *options, str(ROOT)]
    subprocess.run(pip, check=True, capture_output=True)
    (packed,) = folder.glob("*.whl")
    zipfile.ZipFile(packed).extractall(folder / "unpacked")
    return folder / "unpacked"


def texts_in(folder: Path) -> dict[str, str]:
    found = {}
    for path in folder.rglob("*"):
        if path.suffix in {".py", ".json", ".md", ".yml", ".txt", ".toml"} and path.is_file():
            if "data" not in path.relative_to(folder).parts[0]:
                found[str(path.relative_to(folder))] = path.read_text(encoding="utf-8")
        elif path.suffix == ".ipynb":
            cells = nbformat.read(path, 4).cells
            found[path.name] = "\n".join(cell.source for cell in cells)
    return found


def names_in(folder: Path) -> set[str]:
    return {part for path in folder.rglob("*") for part in path.relative_to(folder).parts}


@pytest.mark.slow  # each answer is looked for once more: two minutes
def test_a_leak_would_be_found():
    for topic in TOPICS:
        written = "\n".join(source.text for source in read_solutions(ROOT, topic).values())
        assert leaks({"a leak": ast.unparse(ast.parse(written))}), topic


def test_what_a_story_gives_is_no_secret_and_stands_in_its_notebook_whole():
    notebooks = texts_in(ROOT / "notebooks")
    for topic in TOPICS:
        built = normal(notebooks[f"{find_notebook(ROOT, topic)}.ipynb"])
        for function in handed_out(topic):
            source = read_solutions(ROOT, topic)[function]
            assert normal(source.text) in built, function


def test_the_built_notebooks_hold_no_answer():
    assert leaks(texts_in(ROOT / "notebooks")) == []


def test_the_records_hold_no_answer():
    assert leaks(texts_in(ROOT / "gradelib" / "topics")) == []


def test_the_bundle_holds_no_answer(bundle):
    assert leaks(texts_in(bundle)) == []
    assert not names_in(bundle) & {
        "solutions",
        "mistakes",
        "tests",
        "author",
        "teacher",
        "sandbox",
        "src",
    }


def test_the_bundle_holds_no_marking_guide(bundle):
    assert not [name for name, text in texts_in(bundle).items() if "**Guide**" in text]


def test_the_wheel_holds_no_answer(wheel):
    assert leaks(texts_in(wheel)) == []
    assert not names_in(wheel) & {"solutions", "mistakes", "tests"}


USE = """
import sys, gradelib
from pathlib import Path
assert Path(gradelib.__file__).is_relative_to(sys.argv[1]), gradelib.__file__
try:
    import solutions
except ModuleNotFoundError:
    pass
else:
    raise SystemExit("solutions can be imported")
from gradelib import check
from gradelib.lab import data
assert data.path("languages/german.txt").is_relative_to(sys.argv[1])
right = lambda words, probabilities: words[int(probabilities.argmax())]
verdict = check("start_here.most_likely", right)
assert verdict.passed, verdict
assert not check("start_here.most_likely", lambda words, probabilities: words[0]).passed
"""


@pytest.mark.parametrize("copy", ["bundle", "wheel"])
def test_a_copy_checks_answers_where_there_are_no_solutions(copy, request, tmp_path):
    home = request.getfixturevalue(copy)
    env = os.environ | {"PYTHONPATH": str(home)}
    run = [sys.executable, "-P", "-c", USE, str(home)]
    done = subprocess.run(run, env=env, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
