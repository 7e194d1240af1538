"""What is no notebook is called by its name, and what to do is said with it."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile

import pytest

from gradelib.student.foreign import is_packed, what_it_is
from gradelib.student.handin import Unreadable, read_notebook
from gradelib.student.notebook_files import open_notebook
from tests.teacher.small_course import NAME, answered, saved

GOOD = saved(answered())


def tarred() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as file:
        member = tarfile.TarInfo(f"{NAME}.ipynb")
        member.size = len(GOOD)
        file.addfile(member, io.BytesIO(GOOD))
    return packed.getvalue()


def zipped(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(name, GOOD)
    return packed.getvalue()


PACKED = {
    "tar": tarred(),
    "gzip": gzip.compress(tarred()),
    "bzip2": bz2.compress(tarred()),
    "xz": lzma.compress(tarred()),
    "rar": b"Rar!\x1a\x07\x01\x00" + bytes(50),
    "7z": b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(50),
}
LINK = "it is a link"
OTHERS = {
    "nothing": (b"", "empty"),
    "zeros": (bytes(5000), "empty"),
    "zip": (zipped(f"{NAME}.ipynb"), "it is a zip"),
    "office": (zipped("[Content_Types].xml"), "an office program"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "it is a PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0", "it is a picture"),
    "page": (b"\xef\xbb\xbf<!DOCTYPE html>\n<html><title>Sign in</title>", "it is a web page"),
    "script": (
        b"#!/usr/bin/env python\n# coding: utf-8\n\n# In[1]:\n\nimport math\n",
        "Python code",
    ),
    "percent": (b"# %%\nimport math\n", "Python code"),
    "markdown": (b"# Start\n\n```python\nimport math\n```\n", "as an export"),
    "shortcut": (b"[InternetShortcut]\r\nURL=https://example.org\r\n", LINK),
    "windows": (b"L\0\0\0\x01\x14\x02\0" + bytes(50), LINK),
    "macos": (b'<?xml version="1.0"?>\n<plist version="1.0"><dict><key>URL</key>', LINK),
    "address": (b"https://colab.research.google.com/drive/1a?usp=sharing\n", LINK),
    "drive": (b'{"url": "https://example.org", "doc_id": "1a"}', LINK),
    "pointer": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 9\n",
        "git lfs pull",
    ),
    "half": (GOOD[: len(GOOD) // 2], "ends in the middle"),
    "nearly": (GOOD[:-30], "ends in the middle"),
    "half a word": (b'{"cells": [{"execution_count": nul', "ends in the middle"),
    "comma": (GOOD.rstrip()[:-1].rstrip() + b",\n}", "JSON is broken in line"),
}


@pytest.mark.parametrize("form", PACKED)
def test_what_is_packed_is_to_be_unpacked(form):
    assert is_packed(PACKED[form])
    with pytest.raises(Unreadable, match=r"only zips are opened: unpack it"):
        read_notebook(PACKED[form])


@pytest.mark.parametrize("form", OTHERS)
def test_what_is_no_notebook_is_called_by_its_name(form):
    data, said = OTHERS[form]
    assert not is_packed(data)
    remarks = []
    with pytest.raises(Unreadable, match=said):
        read_notebook(data, remarks)
    assert remarks == []  # of its bytes nothing else has to be said


@pytest.mark.parametrize(
    "text", [b"my essay on import taxes, from Monday", b"# My essay\n\nIt is."]
)
def test_what_is_not_known_is_not_guessed(text):
    assert what_it_is(text) == ""


def test_two_versions_that_git_put_into_one_file_are_for_the_student_to_choose():
    lines = GOOD.decode().splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if "def softmax" in line)
    mine, theirs = "<<<<<<< HEAD\n", ">>>>>>> origin/main\n"
    lines[place : place + 1] = [mine, lines[place], "=======\n", lines[place], theirs]
    with pytest.raises(Unreadable, match=rf"conflict are in it \(line {place + 1}\): keep one"):
        read_notebook("".join(lines).encode())


@pytest.mark.parametrize(
    "data",
    [
        GOOD + bytes(4096),  # as a file system fills up a block
        json.dumps({"type": "notebook", "content": json.loads(GOOD)}).encode(),  # of a server
        json.dumps(json.loads(GOOD)).replace("\\n", "\\r").encode(),
        json.dumps(json.loads(GOOD)).replace("\\n", "\\r\\n").encode(),
    ],
    ids=["filled_up", "from_a_server", "old_macs_lines", "windows_lines"],
)
def test_what_is_a_notebook_all_the_same_is_read(data, tmp_path):
    sources = [cell.source for cell in read_notebook(GOOD).cells]
    assert [cell.source for cell in read_notebook(data).cells] == sources
    path = tmp_path / f"{NAME}.ipynb"
    path.write_bytes(data)
    assert [cell.source for cell in open_notebook(path).cells] == sources


def test_words_in_a_cell_of_a_type_that_nobody_knows_are_kept():
    notebook = json.loads(GOOD)
    notebook["cells"].insert(2, {"cell_type": "sql", "source": ["select 1"], "metadata": {}})
    remarks = []
    cell = read_notebook(json.dumps(notebook).encode(), remarks).cells[2]
    assert (cell.cell_type, cell.source) == ("raw", "select 1")
    assert remarks == ["its cell 3 of type 'sql': read as text, and not run"]


def test_outputs_stay_with_their_cells_where_a_cell_cannot_be_read(tmp_path):
    notebook = json.loads(GOOD)
    code = next(n for n, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "code")
    stream = {"output_type": "stream", "name": "stdout", "text": ["here\n"]}
    notebook["cells"][code]["outputs"] = [stream]
    notebook["cells"][:0] = [7, {"cell_type": "video"}, None]
    path = tmp_path / f"{NAME}.ipynb"
    path.write_bytes(json.dumps(notebook).encode())
    assert open_notebook(path).cells[code].outputs[0].text == "here\n"
