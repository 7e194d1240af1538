"""One hand-in costs only itself when it is collected: bytes, files, depth, names, errors."""

import errno
import io
import os
import struct
import zipfile
import zlib

import pytest
from nbformat.v4 import new_code_cell

from gradelib.teacher.collect import choosing, keeping
from gradelib.teacher.collect.archive import look_into
from tests.teacher.hand_ins import GOOD, OTHER, collected, kept, laid, submitted, zipped
from tests.teacher.small_course import NAME, changed, saved, small_course

MB = 1_000_000
FILE = f"{NAME}.ipynb"
DEEP = "if x == 0:\n    y = 0\n" + "".join(f"elif x == {n}:\n    y = {n}\n" for n in range(1500))
CELLS = {
    "elif": DEEP,
    "%pwd": "%pwd\n" * 501,
    "a long sum": "x = " + "1+" * 20_000 + "1",
    "brackets": "x = " + "(" * 5000 + ")" * 5000,
    "minus": "x = " + "-" * 50_000 + "1",
    "a byte of zero": "x = '\0'",
    "two megabytes": "x = '" + "y" * 2_000_000 + "'",
}


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path / "course")


def size_of(folder) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", CELLS)
def test_a_cell_that_cannot_be_read_as_python_costs_only_itself(course, tmp_path, kind):
    def add(cells):
        cells.append(new_code_cell(CELLS[kind]))

    work = saved(changed(add))
    found = collected(course, laid(tmp_path / "in", {f"ana/{FILE}": GOOD, f"eve/{FILE}": work}))
    assert {name: list(one.notebooks) for name, one in found.items()} == {
        "ana": [NAME],
        "eve": [NAME],
    }
    assert found["eve"].remarks == []


def overlapping(members: int, size: int) -> bytes:
    """Return a zip of small size whose members all have the same compressed bytes."""
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = squeezed.compress(b"0" * size) + squeezed.flush()
    fields = (20, 0, 8, 0, 0x5AB4, zlib.crc32(b"0" * size), len(body), size)
    local = struct.pack("<4s5H3L2H", b"PK\3\4", *fields, len(FILE), 0) + FILE.encode() + body
    names = [f"ana/{number}-{FILE}".encode() for number in range(members)]
    directory = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, *fields, len(name), 0, 0, 0, 0, 0, 0) + name
        for name in names
    )
    end = (0, 0, members, members, len(directory), len(local), 0)
    return local + directory + struct.pack("<4s4H2LH", b"PK\5\6", *end)


def nested(levels: int, width: int, size: int) -> bytes:
    data = zipped({FILE: b"0" * size})
    for _ in range(levels):
        data = zipped({f"{number}.zip": data for number in range(width)})
    return data


@pytest.mark.parametrize("bomb", ["wide", "nested", "overlapping"])
@pytest.mark.parametrize("place", ["ana.zip", "in/ana/x.zip", "in/c.zip"])
def test_a_small_zip_does_not_write_much(course, tmp_path, bomb, place):
    made = {
        "wide": lambda: zipped({f"ana/{n}-{FILE}": b"0" * 24 * MB for n in range(8)}),
        "nested": lambda: nested(2, 8, 24 * MB),
        "overlapping": lambda: overlapping(65, 24 * MB),
    }[bomb]()
    honest = zipped({"Ben_2_assignsubmission_file_/" + FILE: GOOD})
    path = laid(tmp_path / "given", {place: made, "in/ben.zip": honest, "ben.zip": honest})
    paths = [path / place.split("/")[0]] if "/" in place else [path / place, path / "ben.zip"]
    found = collected(course, *paths)
    assert submitted(course, "Ben-2") == GOOD
    assert size_of(course.class_folder) < 60 * MB + 2 * len(made)
    assert any(one.remarks for student, one in found.items() if student != "Ben-2")


def test_a_folder_of_many_files_is_one_line_and_costs_nobody_else(course, tmp_path):
    files = {f"eve/notes{n}.ipynb": b"{}" for n in range(700)}
    found = collected(course, laid(tmp_path / "in", {**files, f"ana/{FILE}": GOOD}))
    assert found["ana"].remarks == []
    assert len(found["eve"].remarks) <= 10
    assert len(kept(course, "eve")) <= 500


def test_what_is_refused_is_kept_and_named(course, tmp_path):
    large = OTHER.replace(b"{", b" " * 26 * MB + b"{", 1)
    packed = zipped({f"Ana_1_assignsubmission_file_/{FILE}": large})
    found = collected(course, laid(tmp_path, {"c.zip": packed}) / "c.zip")
    assert any("larger than 25 MB" in remark for remark in found["Ana-1"].remarks)
    assert [path.stat().st_size for path in kept(course, "Ana-1")] == [len(large)]
    assert not (course.class_folder / "submitted" / "Ana-1").exists()


@pytest.mark.parametrize("data", [b"PK\3\4 half a zip", b"", b"no zip at all"])
def test_a_zip_that_cannot_be_opened_is_kept_and_named(course, tmp_path, data):
    path = laid(tmp_path / "in", {"ana/work.zip": data, f"ben/{FILE}": GOOD})
    found = collected(course, path)
    assert any("cannot be opened" in remark for remark in found["ana"].remarks)
    if data:
        assert [path.read_bytes() for path in kept(course, "ana")] == [data]
    assert found["ben"].remarks == []


@pytest.mark.parametrize(
    "name",
    [
        "x" * 240 + ".ipynb",
        "李" * 80 + ".ipynb",
        "😀" * 60 + ".ipynb",
        "a\u202egnp.ipynb",
        " .ipynb",
        "CON.ipynb",
        "a'\"$(reboot)&.ipynb",
        "/".join(["folder"] * 30) + "/" + FILE,
    ],
)
def test_a_name_of_any_length_and_letters_is_kept(course, tmp_path, name):
    files = {f"Ana_1_assignsubmission_file_/{name}": GOOD}
    found = collected(course, laid(tmp_path, {"c.zip": zipped(files)}) / "c.zip")
    assert list(found) == ["Ana-1"]
    assert [path.read_bytes() for path in kept(course, "Ana-1")] == [GOOD]


def test_nothing_that_a_student_wrote_moves_the_cursor(course, tmp_path):
    name = "\x1b[2J\x1b]0;owned\x07\u202e\n" + FILE
    found = collected(course, laid(tmp_path / "in", {f"ana/{name}": b"{}"}))
    said = "".join(found["ana"].remarks)
    assert said
    assert not set(said) & set("\x1b\x07\u202e\n")
    assert max(map(len, found["ana"].remarks)) < 500


def test_an_error_of_one_file_ends_nothing(course, tmp_path, monkeypatch):
    real = choosing.look

    def look(notebook):
        if any('quiz_temperature = "a"' in cell.source for cell in notebook.cells):
            raise ZeroDivisionError("of our own")
        return real(notebook)

    monkeypatch.setattr(choosing, "look", look)
    found = collected(course, laid(tmp_path / "in", {f"ana/{FILE}": GOOD, f"eve/{FILE}": OTHER}))
    assert found["ana"].remarks == []
    assert any("ZeroDivisionError: of our own" in remark for remark in found["eve"].remarks)


def test_a_full_disk_is_said_in_the_table_and_leaves_no_half_of_a_file(
    course, tmp_path, monkeypatch
):
    path = laid(tmp_path / "in", {f"ana/{FILE}": GOOD})
    real = os.fsync

    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    found = collected(course, path)
    assert any("No space left on device" in remark for remark in found["ana"].remarks)
    left = [p for p in (course.class_folder / "collected").rglob("*") if p.is_file()]
    assert left == []
    monkeypatch.setattr(os, "fsync", real)
    assert collected(course, path)["ana"].remarks == []
    assert submitted(course, "ana") == GOOD


def test_half_a_file_of_an_earlier_run_is_mended(course, tmp_path):
    path = laid(tmp_path / "in", {f"ana/{FILE}": GOOD})
    collected(course, path)
    (file,) = kept(course, "ana")
    file.chmod(0o644)
    file.write_bytes(GOOD[:10_000])
    assert collected(course, path)["ana"].remarks == []
    assert kept(course, "ana")[0].read_bytes() == submitted(course, "ana") == GOOD


def test_a_folder_in_a_folder_without_end_is_no_student(tmp_path):
    folder = "/".join(["f"] * 60)
    items = list(look_into(laid(tmp_path, {"c.zip": zipped({f"{folder}/{FILE}": GOOD})}), MB))
    assert [bool(item.refused) for item in items] == [True]


def test_a_zip_with_a_password_is_said(tmp_path):
    packed = io.BytesIO(zipped({FILE: GOOD}))
    data = bytearray(packed.getvalue())
    for sign, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(sign) + offset] |= 1
    (item,) = look_into(laid(tmp_path, {"c.zip": bytes(data)}) / "c.zip", MB)
    assert "password" in item.refused


def test_the_times_of_files_that_make_no_sense_are_survived(course, tmp_path):
    path = laid(tmp_path / "in", {f"ana/{FILE}": GOOD}, time=-5_000_000_000)
    assert collected(course, path)["ana"].remarks == []
    info = zipfile.ZipInfo(f"Eve_1_assignsubmission_file_/{FILE}", (1980, 0, 0, 0, 0, 0))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(info, GOOD)
    path = laid(tmp_path, {"c.zip": packed.getvalue()}) / "c.zip"
    assert collected(course, path)["Eve-1"].remarks == []
    assert keeping.kept_of(course, course.weeks[0], "Eve-1")
