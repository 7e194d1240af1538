"""What a record keeps of the reference, the mistakes and the quizzes, and when it is rewritten."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gradelib.author import record as record_module
from gradelib.author.build import build
from gradelib.author.record import record
from gradelib.author.sources import variants
from gradelib.checking import records, runner
from gradelib.checking.exercise import find
from gradelib.checking.judge import judge_quiz
from tests.author.village_course import TOPIC, village_course

ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path):
    with village_course(tmp_path) as course:
        yield course


def test_a_record_has_what_the_reference_and_the_mistakes_answer(course):
    build(course.root)
    stored = records.load(TOPIC, course.root / "gradelib" / "topics")
    number, negative = stored.drawn("village.double")
    assert number.expected.value == 2 * number.inputs["value"]
    assert (negative.expected.status, negative.expected.error) == ("error", "ValueError")
    thrice, only = stored.mistakes("village.double")
    assert (thrice.name, thrice.hint) == ("thrice", "How often is twice?")
    assert thrice.outcomes[0].value == pytest.approx(3 * number.inputs["value"])
    assert only.outcomes[0] == number.expected
    assert only.outcomes[1].value == -2.0
    assert stored.drawn("village.Well")[0].expected.value == [2, False]


def test_a_quiz_is_recorded_without_its_key_in_clear(course):
    build(course.root)
    folder = course.root / "gradelib" / "topics"
    text = (folder / "village" / "records.json").read_text(encoding="utf-8")
    assert "four" not in text
    assert "right" not in text
    quiz = records.load(TOPIC, folder).quizzes["village.quiz_bread"]
    verdict = judge_quiz(quiz, runner.Outcome("value", "b"))
    assert verdict.passed
    assert verdict.note == "b: Yes: at four in the morning."
    assert not judge_quiz(quiz, runner.Outcome("value", "a")).passed


def test_a_record_stays_as_it_is_where_only_the_last_bits_differ(course):
    build(course.root)
    path = course.root / "gradelib" / "topics" / "village" / "records.json"
    tree = json.loads(path.read_text(encoding="utf-8"))
    case = tree["exercises"]["village.double"]["cases"][0]["expected"]
    for factor, changed in ((1 + 1e-7, []), (1.01, [path])):
        case["value"] *= factor
        path.write_text(json.dumps(tree), encoding="utf-8")
        records.load.cache_clear()
        assert record(course.root, TOPIC, write=False) == changed


def test_a_record_stays_as_it_is_where_only_the_numbers_of_its_arrays_differ(course):
    """They go by the order of the exercises, which may be put into files of their own."""
    course.change("solutions", "houses: int = 40 + 2", "houses: list = [np.arange(3), np.ones(2)]")
    build(course.root)
    folder = course.root / "gradelib" / "topics"
    stored = records.load(TOPIC, folder)
    assert len(stored.arrays) > 1
    last = len(stored.arrays) - 1
    text = json.dumps(stored.tree)
    for key in stored.arrays:
        text = text.replace(f'"array": "{key}"', f'"array": "-{last - int(key)}"')
    turned = {str(last - int(key)): array for key, array in stored.arrays.items()}
    records.save(TOPIC, json.loads(text.replace('"-', '"')), turned, folder)
    assert record(course.root, TOPIC, write=False) == []
    turned["0"] = turned["0"] + 1
    records.save(TOPIC, json.loads(text.replace('"-', '"')), turned, folder)
    assert record(course.root, TOPIC, write=False)


def test_what_only_seems_to_hang_on_a_busy_computer_is_recorded_with_its_answer(monkeypatch):
    exercise = replace(find("start_here.most_likely"), seconds=0.1)
    limits = []

    def busy(exercise, answer, inputs):
        limits.append(exercise.seconds)
        late = exercise.seconds < 0.25
        return [runner.Outcome("timeout") if late else runner.Outcome("value", "b") for _ in inputs]

    monkeypatch.setattr(record_module, "run_cases", busy)
    source = variants(ROOT, "mistakes", "start_here")["most_likely"]
    (*_, one) = source.values()
    (answered,) = record_module._answered(exercise, one, [{}], hangs=False)
    assert answered.value == "b"
    assert limits == pytest.approx([0.1, 0.3, 0.3])
    (answered,) = record_module._answered(exercise, one, [{}], hangs=True)  # as is recorded
    assert answered.status == "timeout"
    assert limits[3:] == pytest.approx([0.1])


def test_which_mistakes_hang_is_known_from_the_record():
    hang = record_module._known_to_hang("tokenization", records.FOLDER)
    assert ("tokenization.wordpiece_encode", "never_ends") in hang
    assert all(name.startswith("tokenization.") for name, _ in hang)
    assert record_module._known_to_hang("no_topic", records.FOLDER) == set()


def test_a_record_that_is_broken_is_written_again(course):
    build(course.root)
    path = course.root / "gradelib" / "topics" / "village" / "records.json"
    before = path.read_bytes()
    path.write_text("{", encoding="utf-8")
    records.load.cache_clear()
    assert record(course.root, TOPIC) == [path]
    assert path.read_bytes() == before
