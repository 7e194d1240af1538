"""Running an answer on cases never raises, never hangs, and says what came of each."""

import copy
import random
import sys
import threading
import time

import numpy as np
import pytest
import torch

from gradelib.checking.codec import Opaque, pack, unpack
from gradelib.checking.exercise import Exercise
from gradelib.checking.outcome import MISSING
from gradelib.checking.records import find_any
from gradelib.checking.runner import GIVE_UP, PRINTED, run_cases
from gradelib.checking.serve import LATE, serve

double = Exercise("numbers.double", points=1, seconds=0.3)
hasty = Exercise("numbers.double", points=1, seconds=0.1)  # for what is to run out of time


def run(answer, inputs=None, exercise=double):
    return run_cases(exercise, answer, [{"x": 3} if inputs is None else inputs])[0]


def test_a_result_is_a_value():
    outcome = run(lambda x: 2 * x)
    assert (outcome.status, outcome.value) == ("value", 6)


def test_a_name_that_is_not_there_is_not_written():
    outcome = run(MISSING)
    assert outcome.status == "not_written"
    assert "defines no double" in outcome.message


def test_dots_in_place_of_a_value_are_not_written():
    assert run(...).status == "not_written"


def test_a_stub_is_not_written():
    def double(x):
        raise NotImplementedError("write double here")

    assert run(double).status == "not_written"


def test_an_answer_that_calls_a_stub_is_an_error_that_names_the_stub():
    def helper(x):
        raise NotImplementedError

    def double(x):
        return helper(x)

    outcome = run(double)
    assert outcome.status == "error"
    assert "helper, which is not written yet" in outcome.message


def test_a_not_implemented_error_of_a_library_is_an_error():
    def double(x):
        return torch.nn.Module()(x)

    assert run(double).status == "error"


@pytest.mark.parametrize("error", [ValueError, SystemExit, KeyboardInterrupt, RecursionError])
def test_every_exception_is_caught(error):
    def double(x):
        raise error("no\n  good")

    outcome = run(double)
    assert (outcome.status, outcome.error, outcome.message) == ("error", error.__name__, "no good")
    assert 'raise error("no\\n  good")' in outcome.lines


def test_an_exception_whose_message_fails_is_caught():
    class Nasty(Exception):
        def __str__(self):
            raise RuntimeError

    def double(x):
        raise Nasty

    assert "could not be read" in run(double).message


def test_only_the_students_own_lines_are_shown():
    def double(x):
        return torch.ones(3) @ torch.ones(x)

    outcome = run(double, {"x": 4})
    assert outcome.lines.count("line ") == 1
    assert "torch.ones(3) @ torch.ones(x)" in outcome.lines


def swallows_everything(x):
    while True:
        try:
            time.sleep(0.01)
        except BaseException:
            if x > 2:
                raise


def spins(x):
    while True:
        pass


@pytest.mark.parametrize("answer", [spins, swallows_everything, lambda x: time.sleep(60)])
def test_an_answer_that_hangs_is_stopped(answer):
    outcome = run(answer, exercise=hasty)
    assert outcome.status == "timeout"
    assert "longer than 0.1 s" in outcome.message


def test_an_answer_that_hangs_is_stopped_in_a_thread_too():
    found = []
    thread = threading.Thread(target=lambda: found.append(run(spins)))
    thread.start()
    thread.join(10)
    assert found[0].status == "timeout"


def test_after_some_timeouts_the_other_cases_are_not_run():
    begun = []

    def answer(x):
        begun.append(x)
        spins(x)

    outcomes = run_cases(double, answer, [{"x": 1}] * 20)
    assert [outcome.status for outcome in outcomes] == ["timeout"] * 20
    assert len(begun) == GIVE_UP + 1  # the first of them once more


def test_a_case_that_is_late_is_tried_once_more_alone():
    """What a library does at its first call costs nobody points."""
    begun = []

    def answer(x):
        begun.append(x)
        if len(begun) < 3:
            spins(x)
        return 2 * x

    outcomes = run_cases(double, answer, [{"x": 1}, {"x": 2}, {"x": 3}])
    assert [outcome.value for outcome in outcomes] == [2, 4, 6]
    assert begun == [1, 2, 1, 2, 3]


def slow(x, seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass
    return 2 * x


def test_with_patience_nothing_is_tried_a_third_time():
    begun = []

    def answer(x):
        begun.append(x)
        spins(x)

    outcomes = run_cases(hasty, answer, [{"x": 1}] * 20, patience=3)
    assert [outcome.status for outcome in outcomes] == ["timeout"] * 20
    assert len(begun) == GIVE_UP
    assert [outcome.seconds for outcome in outcomes[:GIVE_UP]] == [pytest.approx(0.3), 0.1]


def test_with_patience_what_ends_late_is_a_timeout_of_its_usual_limit():
    outcomes = run_cases(hasty, lambda x: slow(x, 0.5), [{"x": 1}] * 20, patience=50)
    assert [outcome.status for outcome in outcomes] == ["timeout"] * 20
    assert "it took longer than 0.1 s" in outcomes[0].message
    assert outcomes[0].seconds == hasty.seconds


@pytest.mark.parametrize(
    ("seconds", "patience", "cases", "said"),
    [
        (0.5, 50, 2, LATE),
        (60, 2, 2, ""),
        (60, 2, 1, LATE),  # it may have been a library's first call
        (60, 1, 2, LATE),
        (0, 50, 2, ""),
    ],
)
def test_serve_says_late_of_what_may_be_in_time_alone(seconds, patience, cases, said, monkeypatch):
    name = "tokenization.merge_pair"
    monkeypatch.setattr(find_any(name), "seconds", 0.1)
    asked = {name: [{"ids": (1, 2, 3), "pair": (1, 2), "new_id": 9}] * cases}
    answer = {"merge_pair": lambda ids, pair, new_id: slow(1, seconds)}
    assert serve(pack(asked), answer, patience=patience)[1] == said


def test_an_error_of_a_librarys_own_is_no_stub():
    """torch raises NotImplementedError where an operator knows no such dtype."""

    def double(x):
        return torch.tensor([True]) & torch.tensor([0.5])

    outcome = run(double)
    assert (outcome.status, outcome.error) == ("error", "NotImplementedError")


def test_an_error_knows_its_classes_and_its_place():
    class TooSmall(ValueError):
        pass

    def double(x):
        def inside():
            raise TooSmall

        return inside()

    outcome = run(double)
    assert "ValueError" in outcome.kinds
    assert outcome.place == "inside"


def test_inputs_are_copied_and_a_change_in_place_is_named():
    x = [1, 2]
    outcome = run(lambda x: x.append(3), {"x": x})
    assert outcome.changed == ["x"]
    assert x == [1, 2]


def test_a_change_of_a_tensor_in_place_is_named():
    assert run(lambda x: x.mul_(2), {"x": torch.ones(3)}).changed == ["x"]


def test_an_argument_that_may_change_may():
    exercise = Exercise("numbers.double", points=1, may_change=("x",))
    assert run(lambda x: x.append(3), {"x": [1]}, exercise).changed == []


def test_prints_are_kept_and_cut():
    outcome = run(lambda x: print("y" * 10_000, file=sys.stderr))
    assert outcome.printed == "y" * PRINTED


def test_random_answers_are_the_same_twice_and_the_global_state_is_put_back():
    before = random.getstate(), torch.get_rng_state()
    draw = lambda x: (random.random(), float(np.random.rand()), float(torch.rand(1)))  # noqa: E731
    assert run(draw).value == run(draw).value
    assert random.getstate() == before[0]
    assert torch.equal(torch.get_rng_state(), before[1])


def test_what_is_not_plain_is_opaque():
    assert isinstance(run(lambda x: (n for n in [x])).value, Opaque)


def test_the_library_that_would_do_the_work_is_out_of_reach_while_an_answer_runs():
    exercise = Exercise("numbers.double", points=1, without=("torch.softmax", "torch.no.such"))
    outcome = run(lambda x: torch.softmax(x, -1), {"x": torch.ones(3)}, exercise)
    assert outcome.error == "Forbidden"
    assert "without torch.softmax" in outcome.message
    assert torch.softmax(torch.ones(2), -1)[0] == 0.5


def test_a_class_is_made_and_steps_are_taken():
    class Counter:
        def __init__(self, start):
            self.value = start

        def add(self, amount):
            self.value += amount
            return self.value

    exercise = Exercise("numbers.Counter", points=1, kind="class")
    inputs = {"init": {"start": 1}, "steps": [["add", {"amount": 2}], "value"]}
    assert run(Counter, inputs, exercise).value == [3, 3]


def test_a_driver_runs_the_answer():
    exercise = Exercise("numbers.twice", points=1)
    exercise.drive(lambda answer, x: answer(answer(x)))
    assert run(lambda x: 2 * x, exercise=exercise).value == 12


def test_serve_answers_a_request_by_name():
    asked = {"tokenization.merge_pair": [{"ids": (1, 2, 3), "pair": (1, 2), "new_id": 9}]}
    said = unpack(serve(pack(asked), {"merge_pair": lambda ids, pair, new_id: (9, 3)})[0])
    assert said["tokenization.merge_pair"]["value"] == [(9, 3)]
    said = unpack(serve(pack(asked), {})[0])
    assert said["tokenization.merge_pair"]["status"] == ["not_written"]


def test_serve_says_of_what_is_no_plain_data_what_it_is():
    name = "tokenization.merge_pair"
    asked = {name: [{"ids": (1, 2, 3), "pair": (1, 2), "new_id": 9}]}
    namespace = {"merge_pair": lambda ids, pair, new_id: [9, (i for i in ids)]}
    value = unpack(serve(pack(asked), namespace)[0])[name]["value"][0]
    assert isinstance(value[1], Opaque)
    assert value[1].type_name == "generator"


def test_an_answer_gets_a_copy_of_all_of_its_inputs_in_which_one_list_is_still_one():
    row = [1, 2]
    inputs = {"rows": [row, row], "pair": (row, 3), "table": {(1, "a"): {"deep": row}}}

    def change(rows, pair, table):
        rows[0].append(3)
        return rows[1], pair[0], table[1, "a"]["deep"]

    outcome = run(change, inputs)
    assert outcome.value == ([1, 2, 3], [1, 2, 3], [1, 2, 3])
    assert outcome.changed == ["rows", "pair", "table"]
    assert row == [1, 2]


def test_each_case_begins_with_the_same_luck_and_the_notebook_keeps_its_own():
    random.seed(7)
    expected = random.Random(7).random()
    first, second = run_cases(double, lambda x: (random.random(), np.random.rand()), [{"x": 1}] * 2)
    assert first.value == second.value
    assert random.random() == expected


def switches(x):
    torch.set_grad_enabled(False)


def enters(x):
    torch.no_grad().__enter__()


@pytest.mark.parametrize("answer", [switches, enters])
def test_an_answer_that_leaves_gradients_switched_off_fails_and_no_other_one_does(answer):
    outcome = run(answer)
    assert (outcome.status, outcome.error) == ("error", "Forbidden")
    assert "switched off" in outcome.message
    assert torch.is_grad_enabled()


def test_an_answer_has_gradients_whatever_a_cell_has_left():
    with torch.no_grad():
        assert run(lambda x: torch.is_grad_enabled()).value is True
        assert not torch.is_grad_enabled()


def test_an_answer_gets_tensors_as_they_are_and_changes_none_of_the_checks():
    whole = torch.arange(6.0).reshape(2, 3).clone()
    marked = torch.zeros(2)
    marked.name_of_mine = "marked"
    inputs = {
        "whole": whole,
        "same": whole,
        "turned": torch.arange(6.0).reshape(2, 3).t(),
        "wide": torch.zeros(1).expand(4),
        "learns": torch.ones(2, requires_grad=True),
        "weight": torch.nn.Parameter(torch.ones(2)),
        "sparse": torch.eye(2).to_sparse(),
        "nothing": torch.ones(2, device="meta"),
        "complex": torch.ones(2, dtype=torch.complex64),
        "marked": marked,
        "small": torch.ones(2, dtype=torch.bfloat16),
    }
    before = copy.deepcopy(inputs)

    def change(**given):
        traits = [
            (type(x).__name__, x.requires_grad, x.dtype, x.layout, x.device) for x in given.values()
        ]
        strides = given["turned"].stride(), given["wide"].stride()
        shared = given["same"] is given["whole"]
        given["whole"][0, 0] = 9
        seen = given["same"][0, 0].item()
        return str(traits), strides, shared, seen, given["marked"].name_of_mine

    traits, *rest = run(change, inputs).value
    assert traits == str(
        [(type(x).__name__, x.requires_grad, x.dtype, x.layout, x.device) for x in before.values()]
    )
    assert rest == [((1, 3), (0,)), True, 9.0, "marked"]
    assert run(change, inputs).changed == ["whole", "same"]
    assert torch.equal(inputs["whole"], before["whole"])


@pytest.mark.parametrize(
    "value",
    [
        torch.eye(2).to_sparse(),
        torch.eye(2).to_sparse_csr(),
        torch.ones(2, device="meta"),
        torch.ones(2, dtype=torch.complex64),
    ],
    ids=["sparse", "rows", "meta", "complex"],
)
@pytest.mark.filterwarnings("ignore:Sparse CSR")
def test_a_tensor_that_is_no_plain_numbers_is_named_and_equals_nothing(value):
    given = run(lambda x: value).value
    assert isinstance(given, Opaque)
    assert given.type_name == f"{value.dtype} tensor"
