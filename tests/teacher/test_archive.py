"""What is handed in is unpacked with care, and whose it is can be seen in many ways."""

import io
import os
import stat
import zipfile

import pytest

from gradelib.student.handin import check_student
from gradelib.teacher.collect.archive import look_into
from gradelib.teacher.collect.collection import collect
from tests.teacher.small_course import NAME, answered, saved, small_course

MB = 1_000_000
GOOD = saved(answered())


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path / "course")


def zipped(**members: bytes | str) -> bytes:
    return zipped_from({name.replace("__", "/"): data for name, data in members.items()})


def zipped_from(members) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return packed.getvalue()


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.ipynb")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("member", "data", "reason"),
    [
        ("../../evil.ipynb", b"x", "leads out of the folder"),
        ("/etc/evil.ipynb", b"x", "leads out of the folder"),
        ("C:\\evil.ipynb", b"x", "leads out of the folder"),
        ("ana\\..\\evil.ipynb", b"x", "leads out of the folder"),
        ("ev\nil.ipynb", b"x", "characters"),
        ("large.ipynb", b"0" * (MB + 1), "larger than 1 MB"),
        (link(), b"/etc/passwd", "links are not followed"),
        ("broken.zip", b"PK", "cannot be opened"),
    ],
)
def test_a_member_that_is_not_safe_costs_only_itself(tmp_path, member, data, reason):
    path = tmp_path / "hand-ins.zip"
    path.write_bytes(zipped_from({member: data, "good.ipynb": b"good"}))
    items = list(look_into(path, MB))
    assert [item.data for item in items if not item.refused] == [b"good"]
    assert [reason in item.refused for item in items if item.refused] == [True]


def test_a_zip_that_says_less_than_it_holds_is_refused(tmp_path):
    data = bytearray(zipped(bomb=b"0" * 3 * MB))
    for sign, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(sign) + offset
        data[at : at + 4] = (100).to_bytes(4, "little")
    (tmp_path / "bomb.zip").write_bytes(data)
    (item,) = look_into(tmp_path / "bomb.zip", MB)
    assert item.refused
    assert len(item.data) <= MB


def test_links_in_folders_are_not_followed(tmp_path):
    (tmp_path / "handed_in" / "ana").mkdir(parents=True)
    (tmp_path / "handed_in" / "ana" / f"{NAME}.ipynb").symlink_to("/etc/hostname")
    (item,) = look_into(tmp_path / "handed_in", MB)
    assert "not followed" in item.refused


def test_zips_in_zips_are_opened_but_not_without_end(tmp_path):
    data = zipped(last=b"x")
    for _ in range(4):
        data = zipped_from({"a.zip": data})
    (tmp_path / "deep.zip").write_bytes(data)
    (item,) = look_into(tmp_path / "deep.zip", MB)
    assert "more than 3 deep" in item.refused


@pytest.mark.parametrize(
    "files",
    [
        {f"ana/{NAME}.ipynb": GOOD},
        {f"ana_123_assignsubmission_file/{NAME}.ipynb": GOOD},
        {f"ana_12345_678_{NAME}-1.ipynb": GOOD},
        {f"ana_LATE_12345_678_{NAME}.ipynb": GOOD},
        {f"{NAME}_ana.ipynb": GOOD},
        {f"ana/my work/{NAME} (2).ipynb": GOOD, "ana/my work/notes.txt": b"hello"},
        {"ana/homework.ipynb": GOOD},  # known by what is in it
        {f"ana/{NAME}.ipynb.txt": GOOD},  # as some browsers save it
        {"all.zip": zipped_from({f"ana/{NAME}.ipynb": GOOD, "__MACOSX/._x": b""})},
        {"ana/week01.zip": zipped_from({f"small-week01/{NAME}.ipynb": GOOD, "a/b.py": b""})},
    ],
)
def test_whose_a_notebook_is_can_be_seen_in_many_ways(course, tmp_path, files):
    for name, data in files.items():
        path = tmp_path / "hand-ins" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    collected = collect(course, course.weeks[0], [tmp_path / "hand-ins"])
    assert [(item.student, list(item.notebooks), item.remarks) for item in collected] == [
        ("ana", [NAME], [])
    ]
    assert (course.class_folder / f"submitted/ana/week01/{NAME}.ipynb").read_bytes() == GOOD


def test_who_cannot_be_told_is_asked_for(course, tmp_path):
    path = tmp_path / f"{NAME}.ipynb"
    path.write_bytes(GOOD)
    (collected,) = collect(course, course.weeks[0], [path])
    assert "--student" in collected.remarks[0]
    (collected,) = collect(course, course.weeks[0], [path], student="Ana Müller")
    assert (collected.student, collected.remarks) == ("Ana-Müller", [])


@pytest.mark.parametrize("name", ["../ana", "a/b", "", ".ana", "_all", "a*", "a+b", "x" * 70, "-f"])
def test_a_name_that_could_not_be_a_folder_is_refused(name):
    with pytest.raises(ValueError, match="cannot be a student's id"):
        check_student(name)


def test_what_a_teacher_put_into_submitted_is_kept(course, tmp_path):
    folder = course.class_folder / "submitted" / "ana" / "week01"
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_bytes(GOOD)
    os.utime(folder / f"{NAME}.ipynb", (1, 1))
    newer = saved(answered(quiz_temperature="a"))
    (tmp_path / "ana").mkdir()
    (tmp_path / "ana" / f"{NAME}.ipynb").write_bytes(newer)
    collect(course, course.weeks[0], [tmp_path / "ana"])
    kept = {p.read_bytes() for p in (course.class_folder / "collected/week01/ana").iterdir()}
    assert kept == {GOOD, newer}
    assert (folder / f"{NAME}.ipynb").read_bytes() == newer
