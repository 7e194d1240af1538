"""What several files of tests on a student's commands begin with."""

import pytest

from tests.student.pretend_bundle import blank, mended, worked_on, write_bundle, write_folder


@pytest.fixture
def begun(tmp_path):
    """A folder in which a student has begun, and the zip of the mended bundle."""
    folder = write_folder(tmp_path / "mine", worked_on(), blank())
    return folder, write_bundle(tmp_path / "bundle", mended())
