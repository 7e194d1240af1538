"""The proofs can fail: each weak check here is one that they must not let through."""

import numpy as np
import pytest
import torch

from gradelib.checking.exercise import Tolerance
from tests.proofs import prove
from tests.proofs.scale import another_factor, exercise, normal, prepared, some_numbers

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


def test_an_invariant_that_does_not_always_hold_is_noticed():
    asked = exercise()

    @asked.invariant
    def the_first_is_positive(inputs, answer):
        """The first number is positive."""
        return bool(answer.flatten()[0] > 0)

    assert any("positive" in said for said in prove.reference_passes(prepared(asked)))


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
