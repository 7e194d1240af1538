"""What a file of a topic says of its section is where the story has it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KINDS = ("reference", "mistakes", "alternatives")
SAID = re.compile(r"Sections? (\d+\.\d+(?:(?:, | and | to )\d+\.\d+)*)")
TOPICS = sorted(path.parent.parent.name for path in ROOT.glob("gradelib/topics/*/exercises/*.py"))


def places(topic: str) -> dict[str, str]:
    """Return the section of the story in which each exercise of a topic stands."""
    (story,) = ROOT.glob(f"notebooks/src/[0-9][0-9]_{topic}.md")
    found, section = {}, ""
    for line in story.read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"## (\d+\.\d+) ", line):
            section = heading[1]
        if cell := re.search(rf'(?:exercise|given)="{topic}\.(\w+)"', line):
            found[cell[1]] = section
    return found


def answers(path: Path, topic: str) -> set[str]:
    """Return the exercises that a file of exercises, answers or mistakes is about."""
    text = path.read_text(encoding="utf-8")
    if path.parent.name == "exercises":
        return set(re.findall(rf'\bExercise\(\s*"{topic}\.(\w+)"', text))
    names = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return {name.partition("__")[0] for name in names}


def spoken(sections: set[str]) -> str:
    """Return sections as a file's first line names them."""
    first, *others = sorted(sections, key=lambda number: [int(part) for part in number.split(".")])
    if not others:
        return f"Section {first}"
    return f"Sections {first} {'and' if len(others) == 1 else 'to'} {others[-1]}"


def files(topic: str) -> list[Path]:
    folders = [ROOT / "gradelib" / "topics" / topic / "exercises"]
    folders += [ROOT / "solutions" / topic / kind for kind in KINDS]
    return sorted(path for folder in folders for path in folder.glob("*.py"))


@pytest.mark.quick
@pytest.mark.parametrize("topic", sorted(set(TOPICS)))
def test_each_file_names_the_sections_of_its_exercises(topic):
    of, wrong = places(topic), {}
    for path in files(topic):
        sections = {of[name] for name in answers(path, topic) if name in of}
        if not sections or path.name == "__init__.py":
            continue
        head = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]
        said = SAID.match(head)
        if not said or said[0] != spoken(sections):
            wrong[str(path.relative_to(ROOT))] = f"{head!r} should begin with {spoken(sections)}"
    assert wrong == {}
