"""What ships to each place is what docs/security.md lists, and a student's copy has no answer."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from gradelib.author.sources import read_solutions, stub
from gradelib.teacher.autograder.github import write_github
from gradelib.teacher.autograder.gradescope import write_gradescope
from gradelib.teacher.grade.exam import secret
from gradelib.teacher.release.assignment import release
from gradelib.teacher.release.colab import make_colab
from tests.teacher.gradescope_machine import FIRST, SECOND, two_notebooks
from tests.teacher.hand_ins import laid, with_roster
from tests.teacher.small_course import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
LISTED = PAGE.partition("## What ships where\n")[2].partition("\n## ")[0]
STUDENTS = ("bundle", "Colab", "GitHub")
PLACES = (*STUDENTS, "Gradescope")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> dict[str, dict[str, bytes]]:
    """What is in the archive of each place, by the name in it; and the class's secret."""
    folder = tmp_path_factory.mktemp("shipped")
    course = two_notebooks(folder / "course")
    week = course.weeks[0]
    with_roster(course, "s1001,Ana Müller,ana@uni.example", header="id,name,email")
    laid(course.class_folder, {"source/week01/helper.txt": b"for the kernels"})
    bundle = release(course, week)
    _, colab = make_colab(course, week)
    write_github(course, week, folder / "github")
    write_gradescope(course, week, folder / "gradescope.zip")
    with zipfile.ZipFile(bundle) as packed:
        names = [info.filename for info in packed.infolist()]
        students = {name.partition("/")[2]: packed.read(name) for name in names}
    with zipfile.ZipFile(folder / "gradescope.zip") as packed:
        gradescope = {name: packed.read(name) for name in packed.namelist()}
    paths = [path for path in sorted((folder / "github").rglob("*")) if path.is_file()]
    github = {path.relative_to(folder / "github").as_posix(): path.read_bytes() for path in paths}
    return {
        "bundle": students,
        "Colab": unpacked(colab),
        "GitHub": github,
        "Gradescope": gradescope,
        "secret": {"": secret(course).encode()},
    }


def unpacked(colab: Path) -> dict[str, bytes]:
    """Return what is in the zip for Colab, and in place of its wheel what is in that."""
    found = {}
    with zipfile.ZipFile(colab) as packed:
        for name in packed.namelist():
            if not name.endswith(".whl"):
                found[name.partition("/")[2]] = packed.read(name)
                continue
            with zipfile.ZipFile(io.BytesIO(packed.read(name))) as wheel:
                found |= {inside: wheel.read(inside) for inside in wheel.namelist()}
    return found


def listed(place: str) -> set[str]:
    """Return what lies at the top by the page: folders with a slash, files without."""
    (row,) = re.findall(rf"^\| {place}\b[^|]*\|(.*)\|.*\|$", LISTED, re.M)
    return set(re.findall(r"`([^`]+)`", row))


@pytest.mark.parametrize("place", PLACES)
def test_the_list_in_the_page_is_what_is_in_the_archive(shipped, place):
    tops = {name.partition("/")[0] + ("/" if "/" in name else "") for name in shipped[place]}
    tops = {re.sub(r"^gradelib-.*\.dist-info", "*.dist-info", name) for name in tops}
    notebooks = {name for name in tops if name.endswith(".ipynb")}
    assert notebooks == ({f"{FIRST}.ipynb", f"{SECOND}.ipynb"} if place in STUDENTS else set())
    assert tops - notebooks == listed(place) - {"*.ipynb"}


@pytest.mark.parametrize("place", PLACES)
def test_nobody_gets_the_classs_secret_its_names_or_its_grades(shipped, place):
    for name, data in shipped[place].items():
        assert shipped["secret"][""] not in data, name
        assert b"ana@uni.example" not in data, name
    for name in shipped[place]:
        parts = Path(name).parts
        assert not {"submitted", "collected", "autograded", "seed", "roster.csv"} & {*parts}, name


@pytest.mark.parametrize("place", STUDENTS)
def test_no_student_gets_the_teachers_part_or_an_answer(shipped, place):
    for name in shipped[place]:
        parts = Path(name).parts
        assert not {"solutions", "autograder.json", "gradebook.db"} & {*parts}, name
        assert parts[:2] not in [("gradelib", part) for part in ("teacher", "author", "sandbox")]
    text = b"\n".join(shipped[place].values()).decode("utf-8", "replace")
    lines = answer_lines()
    assert len(lines) > 20
    assert [line for line in lines if line in text] == []


def answer_lines() -> set[str]:
    """Return long lines of code that stand in a reference, as a notebook's JSON has them."""
    found = set()
    for topic in ("start_here", "tokenization"):
        for source in read_solutions(ROOT, topic).values():
            given = stub(source).splitlines()
            lines = [line for line in source.text.splitlines() if line not in given]
            found |= {line.strip() for line in lines if len(line.strip()) > 40 and '"' not in line}
    return found


def test_the_lines_of_the_answers_are_found_where_they_are(shipped):
    text = b"\n".join(shipped["Gradescope"].values()).decode("utf-8", "replace")
    assert [line for line in answer_lines() if line not in text] == []


def test_gradescope_gets_one_week_and_what_judges_it(shipped):
    names = shipped["Gradescope"]
    topics = {Path(name).parts[1] for name in names if name.startswith("solutions/")}
    assert topics == {"start_here", "tokenization"}
    kinds = {Path(name).parts[2].removesuffix(".py") for name in names if name.startswith("solut")}
    assert kinds == {"reference", "mistakes"}
    assert not [name for name in names if "topics/masks/" in name or "/topics/decoder/" in name]
    assert "class/source/week01/helper.txt" in names
    assert not [name for name in names if name.startswith("class/source") and "ipynb" in name]
    course = names["course.toml"].decode()
    assert course.count("[[weeks]]") == 1
    assert "gradebook" not in course
    guides = [
        line
        for line in (ROOT / "notebooks/src/00_start_here.md").read_text().splitlines()
        if "**Guide**" in line
    ]
    assert guides
    assert not any(
        guide in data.decode("utf-8", "replace") for data in names.values() for guide in guides
    )


def test_what_judges_a_topic_imports_no_other_topic():
    """So the zip of one week is whole: it has the topics of that week alone."""
    imported = re.compile(r"(?:solutions|gradelib\.topics)\.(\w+)")
    for folder in sorted((ROOT / "solutions").iterdir()):
        for path in sorted(folder.rglob("*.py")):
            assert {*imported.findall(path.read_text(encoding="utf-8"))} <= {folder.name}, path
