"""The rules can fail: each weak exercise here breaks one of them."""

import torch

from tests.proofs import prove, rules
from tests.proofs.scale import another_factor, exercise, normal, prepared, some_numbers
from tests.proofs.subject import exempt, exercises


def numbers_of_size_one(rng):
    """One row of one number."""
    return {"numbers": normal(rng, 1, 1), "factor": float(rng.uniform(4, 5))}


def said(rule: str, **options) -> list[str]:
    cases = options.pop("cases", (some_numbers, another_factor, numbers_of_size_one))
    given = {name: options.pop(name) for name in ("kind", "given") if name in options}
    asked = options.pop("asked", None) or exercise(*cases, **given)
    return list(rules.RULES[rule](prepared(asked, **options)))


def test_a_good_exercise_keeps_all_rules():
    asked = exercise(some_numbers, another_factor, numbers_of_size_one)
    assert rules.kept(prepared(asked)) == []
    assert prove.no_first_row_is_special(prepared(asked)) == []


def test_an_axis_that_is_never_of_size_one_is_noticed():
    assert said("each axis is once of size one", cases=(some_numbers,)) == [
        "axis -1 of `numbers` is never of size 1",
        "axis -2 of `numbers` is never of size 1",
        "axis -1 of the answer is never of size 1",
        "axis -2 of the answer is never of size 1",
    ]


def test_an_argument_that_does_not_matter_is_noticed():
    code = "def scale(numbers, factor=2.0): return numbers * 2.0"
    assert said("every argument matters", code=code) == [
        "`factor` another number: the answer is never another one"
    ]


def test_an_argument_whose_place_does_not_matter_is_noticed():
    """As a gradient that is the same everywhere: then ones would do as well."""
    code = "def scale(numbers, factor=2.0): return torch.ones_like(numbers) * factor"
    found = said("every argument matters", code=f"import torch\n{code}")
    assert "`numbers` all ones: the answer is never another one" in found


def test_a_type_that_is_named_and_not_held_to_is_noticed():
    code = 'def scale(numbers, factor=2.0):\n    """In float32."""\n    return numbers * factor'
    found = said("the type is part of the answer", code=code)
    assert "torch.float64 passes for float32 on the recorded cases" in found


def test_whole_numbers_without_a_type_are_noticed():
    code = 'def scale(numbers, factor=2.0):\n    """Count."""\n    return (numbers > factor).long()'
    found = said("the type is part of the answer", code=code)
    assert len(found) == 1
    assert "does not say int64" in found[0]


def test_a_driver_that_hides_a_changed_argument_is_noticed():
    asked = exercise(some_numbers, another_factor, numbers_of_size_one)

    @asked.drive
    def on_a_copy(answer, numbers, factor=2.0):
        return answer(numbers.clone(), factor)

    assert said("a changed argument is seen", asked=asked) == [
        "argument 0 (a tensor) may be changed unseen"
    ]


def test_a_special_first_row_is_noticed():
    def above_and_below(rng):
        """Only the first row is large."""
        return {"numbers": torch.tensor([[5.0], [1.0], [1.0]]) + normal(rng, 3, 4).clamp(-0.4, 0.4)}

    code = "def scale(numbers):\n    return numbers.clamp(max=3.0)"
    found = prove.no_first_row_is_special(prepared(exercise(above_and_below), code, {}))
    assert any("clamp(max=4.0)" in line for line in found)


def test_an_exemption_needs_no_keeping_and_a_stale_one_is_noticed():
    line = "axis -1 of `numbers` is never of size 1"
    weak = prepared(exercise(some_numbers), exempt={line: "numbers are many", "old": "was once"})
    assert line not in rules.kept(weak)
    assert "exempt, but kept: old" in rules.kept(weak)


def test_exemptions_are_for_exercises_that_exist_and_have_reasons():
    assert sorted(set(exempt()) - set(exercises())) == []
    reasons = [reason for listed in exempt().values() for reason in listed.values()]
    assert [reason for reason in reasons if len(reason) < 20] == []
