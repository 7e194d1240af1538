"""The proofs can fail: each weak check here is one that they must not let through."""

import numpy as np
import pytest
import torch

from gradelib.exercise import Exercise, Tolerance
from tests.proofs import prove
from tests.proofs.strawmen import SAME, STRAWMEN
from tests.proofs.subject import Subject

SCALE = '''
def scale(numbers, factor=2.0):
    """Multiply each of `numbers` by `factor`."""
    return numbers * factor
'''
STUB = 'def scale(numbers, factor=2.0):\n    raise NotImplementedError("write scale here")'
MISTAKES = {
    "added": "def scale(numbers, factor=2.0): return numbers + factor",
    "divided": "def scale(numbers, factor=2.0): return numbers / factor",
    "always_doubled": "def scale(numbers, factor=2.0): return numbers * 2.0",
    "summed": "def scale(numbers, factor=2.0): return (numbers * factor).sum()",
}


def define(code: str) -> object:
    namespace: dict = {}
    exec(code, namespace)
    return namespace["scale"]


def normal(rng: np.random.Generator, *shape: int) -> torch.Tensor:
    return torch.from_numpy(rng.normal(size=shape).astype(np.float32))


def some_numbers(rng):
    """Some numbers, by the usual factor."""
    return {"numbers": normal(rng, 2, 3)}


def another_factor(rng):
    """Another factor."""
    return {"numbers": normal(rng, 4, 5), "factor": float(rng.uniform(3, 4))}


def exercise(*cases, **options) -> Exercise:
    made = Exercise("weak.scale", points=1, **options)
    for case in cases or (some_numbers, another_factor):
        made.case(case)
    return made


def prepared(
    asked: Exercise, code: str = SCALE, mistakes: dict[str, str] = MISTAKES, **options
) -> Subject:
    """Put a subject together from code, as `subject` does from files."""
    wrong = {name: (define(text), f"Look at {name}.") for name, text in mistakes.items()}
    alternatives = options.pop("alternatives", {})
    one = Subject(
        exercise=asked,
        reference=define(code),
        source=code,
        stub=options.pop("stub", STUB),
        namespace={"torch": torch},
        alternatives={name: define(text) for name, text in alternatives.items()},
        mistakes=wrong,
        visible=[],
        known=[],
        **options,
    )
    one.visible = one.fresh(-50)
    one.known = one.live(one.visible)
    return one


PROOFS = [
    prove.reference_passes,
    prove.reference_is_clean,
    prove.alternatives_pass,
    prove.unwritten_is_not_attempted,
    prove.mistakes_are_named,
    prove.says_the_same_twice,
    prove.strawmen_fail,
    prove.mutants_are_killed,
]


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.__name__)
def test_a_good_check_is_proven(proof):
    right = {"by_torch": "import torch\ndef scale(**given): "
             "return torch.mul(given['numbers'], given.get('factor', 2))"}  # fmt: skip
    assert proof(prepared(exercise(), alternatives=right)) == []


CLASS = '''
class scale:
    """Multiply by a factor."""

    def __init__(self, factor):
        self.factor = factor

    def times(self, numbers):
        """Return `numbers` times the factor."""
        return numbers * self.factor
'''


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.__name__)
def test_a_good_check_of_a_class_is_proven(proof):
    def two_steps(rng):
        """Numbers, times a factor."""
        steps = [["times", {"numbers": normal(rng, 2, 3)}], "factor"]
        return {"init": {"factor": float(rng.uniform(3, 4))}, "steps": steps}

    bodies = {"added": "numbers + self.factor", "divided": "numbers / self.factor",
              "same": "numbers", "squared": "numbers * self.factor ** 2"}  # fmt: skip
    mistakes = {name: CLASS.replace("numbers * self.factor", body) for name, body in bodies.items()}
    stub = CLASS.replace("return numbers * self.factor", 'raise NotImplementedError("times")')
    asked = exercise(two_steps, kind="class", given=("__init__",))
    assert proof(prepared(asked, CLASS, mistakes, stub=stub)) == []


def test_a_check_of_zeros_alone_lets_strawmen_and_mutants_pass():
    def only_zeros(rng):
        """Zeros."""
        return {"numbers": torch.zeros(2, 3)}

    weak = prepared(exercise(only_zeros))
    assert f"passes: strawman: {prove.HARD_CODED}" in prove.strawmen_fail(weak)
    assert any("numbers / factor" in said for said in prove.mutants_are_killed(weak))
    assert any("divided is passed" in said for said in prove.mistakes_are_named(weak))


def test_a_wide_tolerance_lets_strawmen_and_mutants_pass():
    weak = prepared(exercise(tolerance=Tolerance(relative=10, absolute=10)))
    assert "passes: strawman: zeros" in prove.strawmen_fail(weak)
    assert "passes: strawman: the last element off" in prove.strawmen_fail(weak)
    assert any("numbers + factor" in said for said in prove.mutants_are_killed(weak))


def test_a_tolerance_that_is_a_little_too_wide_is_noticed():
    weak = prepared(exercise(tolerance=Tolerance(relative=0.15)))
    assert "passes: strawman: every number a tenth off" in prove.strawmen_fail(weak)


def test_a_comparison_that_is_always_content_is_noticed():
    weak = prepared(exercise(equal=lambda expected, answer, inputs: None))
    assert "passes: strawman: nothing" in prove.strawmen_fail(weak)
    assert "passes: strawman: transposed" in prove.strawmen_fail(weak)


def test_a_case_without_chance_lets_the_recorded_answer_pass():
    def always_the_same(rng):
        """The same numbers under every seed."""
        return {"numbers": torch.arange(6.0).reshape(2, 3), "factor": 3.0}

    said = prove.strawmen_fail(prepared(exercise(always_the_same)))
    assert said == [f"passes: strawman: {prove.HARD_CODED}"]


def test_a_default_that_no_case_leaves_out_is_noticed():
    said = prove.mutants_are_killed(prepared(exercise(another_factor)))
    assert any("factor=3.0" in line for line in said)


def test_a_border_that_no_case_reaches_is_noticed():
    code = "def scale(numbers):\n    return numbers * 2 if len(numbers) > 4 else numbers"
    said = prove.mutants_are_killed(prepared(exercise(some_numbers), code, {}))
    assert any(">= 4" in line for line in said)
    assert any("> 3" in line for line in said)


def test_two_mistakes_that_cannot_be_told_apart_are_noticed():
    twin = {"twice": "def scale(numbers, factor=2.0): return numbers + numbers"}
    said = prove.mistakes_are_named(prepared(exercise(), mistakes=MISTAKES | twin))
    assert any("twice answers like always_doubled" in line for line in said)
    assert any("always_doubled answers like twice" in line for line in said)


def test_a_mistake_that_is_none_is_noticed():
    right = {"the_other_way_round": "def scale(numbers, factor=2.0): return factor * numbers"}
    said = prove.mistakes_are_named(prepared(exercise(), mistakes=MISTAKES | right))
    assert "the_other_way_round is passed on the recorded cases" in said


def test_too_few_mistakes_are_noticed():
    said = prove.mistakes_are_named(prepared(exercise(), mistakes={"added": MISTAKES["added"]}))
    assert said == ["only 1 known mistakes: at least 4 are needed"]


def test_two_mistakes_with_one_hint_are_noticed():
    weak = prepared(exercise())
    weak.mistakes["added"] = (weak.mistakes["added"][0], weak.mistakes["summed"][1])
    weak.known = weak.live(weak.visible)
    assert "two mistakes have one hint: 'Look at summed.'" in prove.mistakes_are_named(weak)


def test_mistakes_that_were_not_recorded_are_noticed():
    weak = prepared(exercise())
    weak.known.pop()
    said = prove.mistakes_are_named(weak)
    assert "summed is recorded or written, but not both: run `make build`" in said


def test_records_of_another_reference_are_noticed():
    weak = prepared(exercise())
    weak.visible = prepared(exercise(), MISTAKES["divided"]).visible
    assert any("on the recorded cases" in said for said in prove.reference_passes(weak))


def test_an_invariant_that_does_not_always_hold_is_noticed():
    asked = exercise()

    @asked.invariant
    def the_first_is_positive(inputs, answer):
        """The first number is positive."""
        return bool(answer.flatten()[0] > 0)

    assert any("positive" in said for said in prove.reference_passes(prepared(asked)))


def test_an_alternative_that_is_refused_is_noticed():
    refused = {"in_lists": "def scale(numbers, factor=2.0): return (numbers * factor).tolist()"}
    assert prove.alternatives_pass(prepared(exercise(), alternatives=refused))


def test_a_stub_with_an_answer_in_it_is_noticed():
    said = prove.unwritten_is_not_attempted(prepared(exercise(), stub=SCALE))
    assert said[0] == "the stub is 'passed' on recorded cases, not 'not attempted'"


def test_a_reference_that_changes_its_argument_or_prints_is_noticed():
    code = "def scale(numbers, factor=2.0):\n    print('hm')\n    return numbers.mul_(factor)"
    said = prove.reference_is_clean(prepared(exercise(), code))
    assert "case 'some_numbers': it changes numbers" in said
    assert "case 'some_numbers': it prints 'hm\\n'" in said


def test_a_reference_that_uses_what_it_must_do_without_is_noticed():
    code = "import torch\ndef scale(numbers, factor=2.0): return torch.mul(numbers, factor)"
    assert prove.reference_passes(prepared(exercise(without=("torch.mul",)), code))


def test_a_reference_without_a_fixed_answer_is_noticed():
    code = "import os\ndef scale(numbers, factor=2.0): return numbers * os.urandom(1)[0]"
    assert prove.reference_passes(prepared(exercise(), code))


def test_a_case_that_does_not_depend_on_its_seed_alone_is_noticed():
    def from_a_global_seed(rng):
        """Numbers from another generator."""
        return {"numbers": torch.from_numpy(np.random.default_rng().normal(size=(2, 3)))}

    said = prove.says_the_same_twice(prepared(exercise(from_a_global_seed)))
    assert "case 'from_a_global_seed' draws other inputs from the same seed" in said


def test_an_equivalent_mutant_needs_no_killing_and_a_stale_one_is_noticed():
    code = "def scale(numbers):\n    return numbers * max(2, 1)"
    change = "`return numbers * max(2, 1)` -> `return numbers * max(2, 0)`"
    weak = prepared(exercise(some_numbers), code, {})
    assert f"survives: {change}" in prove.mutants_are_killed(weak)
    listed = prepared(exercise(some_numbers), code, {}, equivalent={change: "2 is larger"})
    assert f"survives: {change}" not in prove.mutants_are_killed(listed)
    stale = prepared(exercise(some_numbers), code, {}, equivalent={"`x` -> `y`": "was so once"})
    assert "listed, but does not survive: `x` -> `y`" in prove.mutants_are_killed(stale)


def test_an_endless_loop_is_killed_by_the_time_limit():
    code = (
        "def scale(numbers):\n    n = 0\n    while n < 2:\n        n += 1\n    return numbers * n"
    )
    found = prove.kills(prepared(exercise(some_numbers, seconds=60), code, {}))
    assert found.killed + len(found.survivors) == found.total
    assert not [change for change in found.survivors if "n -= 1" in change or "pass" in change]


VALUES = [
    torch.tensor([[0.5, 2.0, -1.0], [3.0, 4.0, 7.0]]), torch.tensor([3, 4, 6]),
    torch.tensor([True, False]), torch.tensor(2.5), np.arange(6.0).reshape(2, 3), 3, 2.5, True,
    "text", b"bytes", [1, 2, 3], [[1, 2, 3], [4, 5, 6]], (4, 5), {"a": [1, 2], "b": [3, 4]},
    {(1, 2): 3}, {"x", "y"}, ["a", "b"], [(1, 2), (3, 4)], [], "", torch.zeros(0, 3),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_every_kind_of_value_has_strawmen_and_none_breaks(value):
    from gradelib.compare import difference

    made = {name: make({"x": object()}, value) for name, make in STRAWMEN.items()}
    other = [name for name, new in made.items() if new is not SAME and difference(value, new)]
    assert len(other) >= 3
    assert "nothing" in other


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("zeros", {"a": [1, 2.5]}, {"a": [0, 0.0]}),
        ("transposed", [[1, 2, 3], [4, 5, 6]], [[1, 4], [2, 5], [3, 6]]),
        ("reversed order", [1, 2, 3], [3, 2, 1]),
        ("rotated by one", "abc", "bca"),
        ("one short", (1, 2), (1,)),
        ("one too many", [1, 2], [1, 2, 2]),
        ("one key missing", {"a": 1, "b": 2}, {"a": 1}),
        ("another container", [1, 2], (1, 2)),
        ("another dtype", {"a": [1, True]}, {"a": [1.0, 1]}),
        ("the last element off", {"a": [1, 2]}, {"a": [1, 3]}),
        ("the first element off", [[1, 2], [3]], [[2, 2], [3]]),
        ("empty", {"a": 1}, {}),
        ("transposed", [(1, 2), (3, 4)], [(1, 3), (2, 4)]),
    ],
)
def test_a_strawman_is_what_it_says(name, value, expected):
    assert STRAWMEN[name]({}, value) == expected


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
    assert cells[-1] == "0/1 |"


def test_the_table_says_when_it_is_not_up_to_date(tmp_path, monkeypatch, capsys):
    from tests.proofs import table

    monkeypatch.setattr(table, "exercises", lambda: ["weak.scale"])
    monkeypatch.setattr(table, "subject", lambda name: prepared(exercise()))
    path = tmp_path / "kill_table.md"
    assert table.main(["--check"], path) == 1
    assert "make kill-table" in capsys.readouterr().out
    assert table.main([], path) == 0
    assert table.main(["--check"], path) == 0
