"""The kill table counts what is proven, the same each time, and says when it is out of date."""

import pytest

from tests.proofs import prove
from tests.proofs.scale import MISTAKES, exercise, prepared, some_numbers


@pytest.mark.parametrize("proof", [prove.kills, prove.straw])
def test_the_same_proof_counts_the_same_twice(proof):
    assert proof(prepared(exercise())) == proof(prepared(exercise()))


def test_the_table_counts_what_is_proven_and_nothing_else():
    from tests.proofs.table import row

    twin = {"twice": "def scale(numbers, factor=2.0): return numbers + numbers"}
    lists = {"in_lists": "def scale(numbers, factor=2.0): return (numbers * factor).tolist()"}
    weak = prepared(exercise(some_numbers), mistakes=MISTAKES | twin, alternatives=lists)
    cells = row(weak).split(" | ")
    assert cells[3] == "3/5"  # two of them double as the reference does
    assert cells[8] == "0/1"


def test_the_table_says_when_it_is_not_up_to_date(tmp_path, monkeypatch, capsys):
    from tests.proofs import table

    monkeypatch.setattr(table, "exercises", lambda: ["weak.scale"])
    monkeypatch.setattr(table, "subject", lambda name: prepared(exercise()))
    path = tmp_path / "kill_table.md"
    assert table.main(["--check"], path) == 1
    assert "make kill-table" in capsys.readouterr().out
    assert table.main([], path) == 0
    assert table.main(["--check"], path) == 0
