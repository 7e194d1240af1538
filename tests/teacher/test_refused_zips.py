"""What cannot be opened is kept, is its student's, and is said with what to do."""

import pytest

from gradelib.teacher.collect.words import rest_of_file
from gradelib.teacher.course import Course
from gradelib.teacher.term.presence import missing
from tests.teacher.hand_ins import (
    GOOD,
    OTHER,
    collected,
    kept,
    laid,
    submitted,
    with_roster,
    zipped,
)
from tests.teacher.small_course import NAME, small_course

FILE = f"{NAME}.ipynb"
RAR = b"Rar!\x1a\x07\x01\x00" + bytes(50)
HEADERS = (b"PK\x03\x04", 0), (b"PK\x01\x02", 2)  # and by how much what is in the second is later


def changed(data: bytes, offset: int, value: int) -> bytes:
    """Write a byte into both headers of a zip with one member."""
    changing = bytearray(data)
    for sign, later in HEADERS:
        changing[data.index(sign) + offset + later] = value
    return bytes(changing)


LOCKED = changed(zipped({FILE: GOOD}), 6, 1)
DEFLATE64 = changed(zipped({FILE: GOOD}), 8, 9)  # as Windows packs what is large
ZIPS = {
    "locked": (LOCKED, "locked with a password: unpack it with that"),
    "in_a_zip": (zipped({"work.zip": LOCKED}), "locked with a password"),
    "deflate64": (DEFLATE64, "in a way that Python cannot open"),
    "half": (zipped({FILE: GOOD})[:3000], "ends in the middle"),
    "page": (b"<!DOCTYPE html><html>Sign in</html>", "it is a web page"),
    "rar": (RAR, "packed as .rar"),
    "empty": (zipped({}), "nothing is in the zip"),
    "of_macos_alone": (zipped({f"__MACOSX/._{FILE}": b"\0\5\x16\7"}), "nothing is in the zip"),
    "bomb": (zipped({FILE: bytes(60_000_000)}), "larger than 50 MB"),
    "no_bytes": (b"", "the file is empty"),
}
FOLDERS = ["Ana Xu_1_assignsubmission_file_/", "Ana Xu_1_assignsubmission_file_", "ana/"]


@pytest.fixture
def course(tmp_path) -> Course:
    return with_roster(small_course(tmp_path / "course"), "ana,Ana Xu", "ben,Ben Xu")


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("form", ZIPS)
def test_a_zip_that_cannot_be_opened_is_kept_whole_and_its_student_handed_in(
    course, tmp_path, form, folder
):
    data, said = ZIPS[form]
    other = folder.lower().replace("ana", "ben").replace("xu", "Xu").capitalize()
    files = {f"{folder}work.zip": data, f"{other}{FILE}": OTHER}
    found = collected(course, laid(tmp_path, {"class.zip": zipped(files)}) / "class.zip")
    assert set(found) == {"ana", "ben"}
    assert any(said in remark for remark in found["ana"].remarks), found["ana"].remarks
    inner = LOCKED if form == "in_a_zip" else data
    assert [path.read_bytes() for path in kept(course, "ana")] == [inner]
    assert submitted(course, "ben") == OTHER
    assert not found["ben"].remarks
    assert missing(course, course.weeks[0])[0] == []


def test_good_work_beside_what_cannot_be_opened_counts(course, tmp_path):
    files = {f"ana/{FILE}": GOOD, "ana/older.zip": LOCKED}
    found = collected(course, laid(tmp_path / "in", files))
    assert submitted(course, "ana") == GOOD
    assert any("locked with a password" in remark for remark in found["ana"].remarks)


def test_a_class_in_a_locked_zip_stays_where_it_is_and_each_is_named(course, tmp_path):
    folder = "{} Xu_1_assignsubmission_file_/" + FILE
    packed = bytearray(zipped({folder.format("Ana"): GOOD}))
    path = laid(tmp_path, {"class.zip": changed(bytes(packed), 6, 1)}) / "class.zip"
    found = collected(course, path)
    assert any("locked with a password" in remark for remark in found["ana"].remarks)
    assert not (course.class_folder / "collected" / "week01" / "ana").exists()


@pytest.mark.parametrize("place", ["class.zip", "class", ""])
def test_a_broken_zip_is_its_students_by_its_name(course, tmp_path, place):
    files = {"ana.zip": RAR, "ben.zip": zipped({FILE: OTHER})}
    if place == "class.zip":
        paths = [laid(tmp_path, {place: zipped(files)}) / place]
    elif place:
        paths = [laid(tmp_path / place, files)]
    else:
        paths = sorted(laid(tmp_path / "in", files).iterdir())
    found = collected(course, *paths)
    assert set(found) == {"ana", "ben"}
    assert any("packed as .rar" in remark for remark in found["ana"].remarks)


@pytest.mark.parametrize("name", ["class.rar", "class.7z", "class.tar.gz"])
@pytest.mark.parametrize("alone", [True, False])
def test_a_class_that_is_packed_otherwise_is_asked_about(course, tmp_path, name, alone):
    data = {"rar": RAR, ".7z": b"7z\xbc\xaf\x27\x1c" + bytes(50)}.get(name[-3:], b"\x1f\x8b\x08")
    folder = laid(tmp_path / "downloads", {name: data, f"ana/{FILE}": GOOD})
    found = collected(course, *(sorted(folder.iterdir()) if alone else [folder]))
    (question,) = found[""].remarks
    assert "only zips are opened: unpack it" in question
    assert submitted(course, "ana") == GOOD


@pytest.mark.parametrize("name", ["homework", f"{NAME}.ipynb.crdownload", "homework.dat", "x.json"])
def test_a_notebook_is_known_by_what_is_in_it(course, tmp_path, name):
    found = collected(course, laid(tmp_path / "in", {f"ana/{name}": GOOD, f"ben/{FILE}": OTHER}))
    assert submitted(course, "ana") == GOOD
    assert not found["ana"].remarks


@pytest.mark.parametrize(
    "name",
    [
        f"Ana Xu - {NAME}.gdoc",
        f"Ana Xu - Copy of {FILE}",
        f"Ana Xu - Copy of Kopie von {NAME} (1).ipynb",
        f"{NAME} - Ana Xu.html",
        f"Ana Xu_{NAME}.tar.gz",
        f"Ana Xu - {FILE} - Shortcut.lnk",
        f"Ana Xu - {FILE}.crdownload",
    ],
)
def test_what_a_file_ends_in_is_no_part_of_a_name(name):
    assert rest_of_file(name, [NAME]) == "Ana Xu"


def test_a_login_with_a_dot_stays_whole():
    assert rest_of_file(f"{NAME}_j.doe.ipynb", [NAME]) == "j.doe"
