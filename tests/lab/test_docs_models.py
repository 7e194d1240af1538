"""The Python in docs/models.md runs as it stands there, offline."""

import re
from pathlib import Path

import pytest
from matplotlib import pyplot as plt

from gradelib.lab import models

PAGE = Path(__file__).parents[2] / "docs" / "models.md"
TINY, REAL = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), re.S | re.M)


def test_ten_lines_tell_a_story_fill_a_mask_and_translate(capsys):
    scope = {}
    exec(TINY, scope)
    said = capsys.readouterr().out
    assert "One morning Mia" not in said  # it says what comes after
    assert len(said) > 200
    assert "[MASK]" not in said
    assert "found an old" in said.lower()
    axes = plt.gcf().axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()][:2] == ["<s>", " Der"]
    plt.close("all")


def test_a_real_model_chats():
    try:
        models.load("smollm2")
    except models.NotHere as why:
        pytest.skip(str(why))
    scope = {"models": models, "print": lambda said: scope.update(said=said)}
    exec(REAL, scope)
    assert len(scope["said"]) > 20
