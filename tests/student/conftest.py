"""What several files of tests on a student's commands begin with."""

import shutil

import pytest

from tests.student.pretend_bundle import blank, mended, worked_on, write_bundle, write_folder


@pytest.fixture(scope="session")
def mended_bundle(tmp_path_factory):
    return write_bundle(tmp_path_factory.mktemp("mended"), mended())


@pytest.fixture
def begun(tmp_path, mended_bundle):
    """A folder in which a student has begun, and the zip of the mended bundle."""
    folder = write_folder(tmp_path / "mine", worked_on(), blank())
    shutil.copytree(mended_bundle.parent, tmp_path / "bundle")
    return folder, tmp_path / "bundle" / mended_bundle.name
