"""The doctor says in about a dozen lines what is there, what is missing, and how to mend it."""

from __future__ import annotations

import importlib.metadata
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from gradelib.student import computer, doctor, requirements
from tests.test_packaging import project

MARK = "✗"


@pytest.fixture(autouse=True)
def no_other_environment(monkeypatch):
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)


@pytest.fixture
def versions(monkeypatch):
    """Versions to pretend, by package; None is missing."""
    pretended: dict[str, str | None] = {}
    real = importlib.metadata.version

    def version(name):
        if name not in pretended:
            return real(name)
        if pretended[name] is None:
            raise importlib.metadata.PackageNotFoundError(name)
        return pretended[name]

    monkeypatch.setattr(importlib.metadata, "version", version)
    return pretended


@pytest.fixture
def colab(monkeypatch):
    for module in (computer, doctor, requirements):
        monkeypatch.setattr(module, "on_colab", lambda: True)


def failing() -> list[str]:
    return [line for line in doctor.report().text.splitlines() if line.startswith(MARK)]


def test_a_healthy_set_is_said_in_about_a_dozen_lines():
    report = doctor.report()
    assert report.well, report.text
    assert len(report.text.splitlines()) <= 12
    assert MARK not in report.text


def test_a_missing_package_comes_with_the_command_that_mends_it(versions):
    versions["ipywidgets"] = None
    (line,) = failing()
    assert '-m pip install "ipywidgets>=' in line
    assert sys.executable in line


@pytest.mark.parametrize(
    ("name", "version"),
    [("transformers", "4.57.0"), ("numpy", "1.26.4"), ("torch", "2.6.0+cu124"), ("typer", "0.9")],
)
def test_a_version_that_is_too_old_is_no_good_one(versions, name, version):
    versions[name] = version
    (line,) = failing()
    assert f"{name} " in line
    assert f"{version}, but needs >=" in line
    assert f'"{name}>=' in line


@pytest.mark.parametrize("version", ["2.13.0+cpu", "2.14.0.dev20261101", "3.0rc1"])
def test_a_build_of_its_own_or_one_before_a_release_is_new_enough(versions, version):
    versions["torch"] = version
    assert failing() == []


def test_every_package_of_a_students_set_is_asked_for():
    lines = project()["dependencies"]
    assert list(requirements.asked()) == lines
    found = {need.name: need.versions for need in requirements.needs()}
    assert {f"{name}{versions}" for name, versions in found.items()} == set(lines)


def test_python_is_asked_for_as_pyproject_does():
    oldest = ".".join(map(str, doctor.PYTHON))
    assert project()["requires-python"] == f">={oldest}"


def test_a_bundle_asks_by_its_own_file(monkeypatch, tmp_path):
    requirements.asked.cache_clear()
    monkeypatch.setattr(requirements, "FOLDER", tmp_path)
    (tmp_path / requirements.FILE).write_text(f"{requirements.HEADER}\ntorch>=99\nnumpy\n")
    try:
        assert [need.line for need in requirements.unmet()] == ["torch>=99"]
    finally:
        requirements.asked.cache_clear()


@pytest.mark.parametrize("text", ["", "flask>=1\n"])
def test_a_file_of_another_project_is_not_asked(monkeypatch, tmp_path, text):
    """Some packages leave one in site-packages, where an installed gradelib lies."""
    requirements.asked.cache_clear()
    monkeypatch.setattr(requirements, "FOLDER", tmp_path)
    (tmp_path / requirements.FILE).write_text(text)
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "other"\n')
    asked_of_metadata = ["torch>=98", 'nbgrader>=0.9; extra == "teacher"']
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: asked_of_metadata)
    try:
        assert requirements.asked() == ("torch>=98",)
    finally:
        requirements.asked.cache_clear()


def test_what_a_bundle_writes_is_read_again(monkeypatch, tmp_path):
    asked = requirements.asked()
    (tmp_path / requirements.FILE).write_text(requirements.as_file())
    monkeypatch.setattr(requirements, "FOLDER", tmp_path)
    requirements.asked.cache_clear()
    try:
        assert requirements.asked() == asked
    finally:
        requirements.asked.cache_clear()


def test_missing_data_is_said_with_what_to_do(monkeypatch, tmp_path):
    from gradelib.lab import data

    monkeypatch.setattr(data, "places", lambda: [tmp_path])
    report = doctor.report()
    assert not report.well
    assert "the week's zip" in report.text


def test_an_old_python_is_said(monkeypatch):
    monkeypatch.setattr(doctor, "PYTHON", (9, 9))
    assert "needs 9.9 or newer" in doctor.report().text


def test_the_doctor_prints_its_report(capsys):
    doctor.doctor()
    assert "torch" in capsys.readouterr().out


# --- where it runs ------------------------------------------------------------------------------


def test_in_a_notebook_the_command_is_one_for_a_cell(versions, monkeypatch):
    versions["rich"] = None
    monkeypatch.setitem(sys.modules, "ipykernel", sys)
    assert '%pip install "rich>=' in failing()[0]
    assert doctor.report().text.endswith("restart the kernel.")


def test_with_conda_the_environment_is_brought_up_to_date(versions, monkeypatch, tmp_path):
    (tmp_path / "conda-meta").mkdir()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    versions["torch"] = None
    assert "conda env update --file environment.yml" in failing()[-1]


@pytest.mark.parametrize("variable", ["VIRTUAL_ENV", "CONDA_PREFIX"])
def test_another_kernel_than_that_of_the_environment_is_named(
    versions, monkeypatch, tmp_path, variable
):
    monkeypatch.setenv(variable, str(tmp_path))
    assert failing() == []  # it has all: which one it is does not matter
    versions["torch"] = None
    assert f"but {tmp_path} is activated" in failing()[0]
    assert "open a new terminal" in failing()[0]
    monkeypatch.setitem(sys.modules, "ipykernel", sys)
    assert "Change Kernel" in failing()[0]


def test_the_same_environment_under_another_path_is_the_same(versions, monkeypatch, tmp_path):
    (tmp_path / "link").symlink_to(sys.prefix)
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "link"))
    versions["torch"] = None
    assert len(failing()) == 1


def test_colabs_own_front_end_and_ipython_will_do_on_colab(versions, colab):
    versions |= {"jupyterlab": None, "ipython": "7.34.0", "ipywidgets": "7.7.1"}
    versions["transformers"] = "4.57.1"
    (line,) = failing()
    assert '%pip install "transformers>=' in line
    text = doctor.report().text
    assert "Colab, " in text
    assert "jupyterlab" not in text
    assert text.endswith("restart the session (Runtime → Restart session).")


def test_without_colab_an_ipython_of_colabs_is_too_old(versions):
    versions |= {"ipython": "7.34.0", "ipywidgets": "7.7.1"}
    assert len(failing()) == 2


def on(monkeypatch, system: str, machine: str) -> None:
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(platform, "machine", lambda: machine)


def test_windows_without_the_runtime_that_torch_needs_says_where_it_is(monkeypatch):
    on(monkeypatch, "Windows", "AMD64")
    here = {"vcruntime140.dll"}
    monkeypatch.setattr(computer, "_loads", lambda name: name in here)
    (line,) = failing()
    assert "msvcp140.dll is missing" in line
    assert "vc_redist" in line
    here |= set(computer.WINDOWS_LIBRARIES)
    assert failing() == []


def test_a_library_that_is_nowhere_does_not_load():
    assert not computer._loads("no-such-library.dll")


@pytest.mark.parametrize(
    ("translated", "says"), [("1\n", "made for Intel"), ("0\n", "use conda"), ("", "use conda")]
)
def test_a_mac_with_intels_processor_gets_its_torch_elsewhere(
    versions, monkeypatch, translated, says
):
    on(monkeypatch, "Darwin", "x86_64")
    said = subprocess.CompletedProcess([], 0, translated, "")
    monkeypatch.setattr(computer.subprocess, "run", lambda *args, **more: said)
    assert failing() == []  # conda has brought a torch
    versions["torch"] = None
    assert says in failing()[-1]


@pytest.mark.parametrize(
    ("system", "machine", "says"),
    [("Darwin", "arm64", "macOS 15.1 on arm64"), ("Windows", "AMD64", "Windows 11 on AMD64")],
)
def test_the_system_is_named(monkeypatch, system, machine, says):
    on(monkeypatch, system, machine)
    monkeypatch.setattr(platform, "release", lambda: "11")
    monkeypatch.setattr(platform, "mac_ver", lambda: ("15.1", ("", "", ""), ""))
    assert computer.system() == says


def test_what_will_do_on_colab_is_no_newer_than_what_is_asked_elsewhere():
    lines = dict(
        zip([n.name for n in requirements.needs()], project()["dependencies"], strict=True)
    )
    for name, versions in requirements.COLAB.items():
        assert name in lines
        assert not versions or SpecifierSet(versions).contains(versions[2:])


def test_the_bundles_file_lies_beside_gradelib():
    assert (requirements.FOLDER / "gradelib" / "student" / "requirements.py").is_file()
    assert Path(requirements.__file__).parents[2] == requirements.FOLDER
