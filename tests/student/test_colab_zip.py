"""The zip that a student uploads to Colab is not whole, or not the course's: what is said then."""

import shutil
import zipfile
from pathlib import Path

import pytest

from tests.student.pretend_colab import bundle, run_setup, source


@pytest.fixture
def content(tmp_path):
    """The folder in which Colab works."""
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def broken(data: bytes, how: str) -> bytes:
    """Return a zip as it arrives when something goes wrong."""
    match how:
        case "empty":
            return b""
        case "a page":
            return b"\n<!DOCTYPE html><html><title>Sign in</title></html>"
        case "half of it":
            return data[: len(data) // 2]
        case "the end of it":
            return data[len(data) // 2 :]
        case "a byte in it":
            at = data.index(b"check, hint")
            return data[:at] + b"?" + data[at + 1 :]
        case "names in it":
            return data.replace(b"__init__.py", b"__imit__.py", 1)
    raise AssertionError(how)


STORED = {"compress_type": zipfile.ZIP_STORED}
REASONS = {
    "empty": "is empty. ",
    "a page": "is a web page and no zip: one that asks you to sign in, say. ",
    "half of it": "is damaged or not all there (",
    "the end of it": "is damaged or not all there (",
    "a byte in it": "is damaged or not all there (course-week01/gradelib/__init__.py is damaged). ",
    "names in it": "is damaged or not all there (",
}


def spoiled(content: Path, how: str) -> bytes:
    """Put a zip of the course there that is not as it was; return what is in it."""
    bundle(content)
    path = content / "course-week01.zip"
    with zipfile.ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in members.items():
            packed.writestr(name, data, **STORED)
    path.write_bytes(broken(path.read_bytes(), how))
    return path.rename(content / "mine.zip").read_bytes()


@pytest.mark.parametrize("how", REASONS)
def test_a_zip_that_is_not_whole_says_what_it_is_and_what_to_do(tmp_path, content, how):
    data = spoiled(content, how)
    ran = run_setup(source(tmp_path), content)
    assert ran.returncode == 1
    said = ran.stderr[ran.stderr.rindex("ImportError: ") :]
    assert said.startswith(f"ImportError: mine.zip, {len(data):,} bytes, {REASONS[how]}")
    assert "as many bytes here as on your own computer" in said
    assert "upload it again" in said
    assert "BadZipFile" not in said
    assert sorted(p.name for p in content.iterdir()) == ["mine.zip"]


@pytest.mark.parametrize("how", REASONS)
def test_a_whole_zip_beside_it_counts_and_the_other_is_named(tmp_path, content, how):
    spoiled(content, how)
    bundle(content)
    ran = run_setup(source(tmp_path), content)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("mine.zip is ")
    assert "week 1" in ran.stdout


def test_another_zip_is_named_and_left_alone(tmp_path, content):
    (content / "made" / "mine").mkdir(parents=True)
    (content / "made" / "mine" / "notes.txt").touch()
    shutil.make_archive(str(content / "mine"), "zip", content / "made")
    shutil.rmtree(content / "made")
    ran = run_setup(source(tmp_path), content)
    assert ran.returncode == 1
    last = ran.stderr.splitlines()[-1]
    assert last.startswith("ImportError: mine.zip, ")
    assert "bytes, is another zip than the course's. The course's files are not here yet." in last
    assert "delete" not in last
    assert sorted(p.name for p in content.iterdir()) == ["mine.zip"]
