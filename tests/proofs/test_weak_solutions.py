"""The proofs notice a wrong reference, alternative, stub, mistake or record beside a good check."""

from tests.proofs import prove
from tests.proofs.scale import MISTAKES, SCALE, exercise, prepared


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
