"""The doctor says in about ten lines what is there, what is missing, and how to mend it."""

import importlib.metadata

from gradelib.student import doctor


def test_a_healthy_set_is_said_in_about_ten_lines():
    report = doctor.report()
    assert report.well, report.text
    assert len(report.text.splitlines()) <= 12
    assert "✗" not in report.text


def test_a_missing_package_comes_with_the_command_that_mends_it(monkeypatch):
    version = importlib.metadata.version

    def missing(name):
        if name == "ipywidgets":
            raise importlib.metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(importlib.metadata, "version", missing)
    report = doctor.report()
    assert not report.well
    assert "-m pip install ipywidgets" in report.text


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
