"""What counts as alike: not names, comments, layout, nor what the exercise makes everyone write."""

import pytest
from bs4 import BeautifulSoup

from gradelib.teacher.alike.gather import base_of
from gradelib.teacher.alike.page import MOST_PAIRS, alike_page
from gradelib.teacher.alike.pairs import Pair, Piece, Shared, pairs_of
from gradelib.teacher.alike.tokens import RUN, runs, tokens_of
from gradelib.teacher.course import Course
from tests.teacher.small_course import ROOT

TASK = "start_here.softmax"
STUB = 'def softmax(logits, temperature=1.0):\n    raise NotImplementedError("write it here")\n'
REFERENCE = """
def softmax(logits, temperature=1.0):
    largest = logits.amax(dim=-1, keepdim=True)
    weights = ((logits - largest) / temperature).exp()
    return weights / weights.sum(dim=-1, keepdim=True)
"""
STRANGE = """
def softmax(logits, temperature=1.0):
    rows = []
    for row in logits.reshape(-1, logits.shape[-1]).tolist():
        biggest = max(row)
        powers = [math.exp((value - biggest) / temperature) for value in row]
        rows.append([power / sum(powers) for power in powers])
    return torch.tensor(rows).reshape(logits.shape)
"""
COPIED = '''
def softmax(x, t=1.0):
    """My own work."""
    out = []  # a list

    for r in x.reshape(
        -1, x.shape[-1]
    ).tolist():
        m = max(r)
        p = [math.exp((v - m) / t) for v in r]  # powers
        out.append([a / sum(p) for a in p])
    return torch.tensor(out).reshape(x.shape)
'''
OTHER = """
def softmax(logits, temperature=1.0):
    scaled = torch.as_tensor(logits) / temperature
    total = torch.logsumexp(scaled, -1)
    answer = torch.empty_like(scaled)
    while not torch.isfinite(total).all():
        total = torch.nan_to_num(total)
    answer.copy_(torch.exp(scaled - total.unsqueeze(-1)))
    return answer
"""


def pairs(base=(STUB, REFERENCE), **sources: str) -> list[Pair]:
    pieces = [Piece(student, TASK, source) for student, source in sources.items()]
    return pairs_of(pieces, {TASK: base})


def words(source: str) -> list[str]:
    return [token.text for token in tokens_of(source)]


def test_names_comments_texts_and_layout_do_not_count():
    assert words(STRANGE) == words(COPIED)


def test_what_is_called_counts():
    assert words("x = torch.exp(y)") != words("x = torch.log(y)")


@pytest.mark.parametrize("source", ["def f(:", "", "x" * 60_000, "\0", "(((("])
def test_what_is_no_python_has_no_tokens(source):
    assert runs(tokens_of(source)) == []


def test_a_run_knows_its_lines():
    source = "\n".join(f"x{k} = f(x{k}, {k})" for k in range(9))
    found = runs(tokens_of(source))
    assert len(found) == len(tokens_of(source)) - RUN + 1
    assert (found[0].first, found[-1].last) == (1, 9)


def test_one_who_renames_is_found_and_one_who_thinks_alone_is_not():
    (pair,) = pairs(ana=STRANGE.lstrip(), ben=COPIED, cleo=OTHER)
    assert (pair.left, pair.right) == ("ana", "ben")
    assert pair.part > 0.9
    (shared,) = pair.shared
    assert shared.left_lines == frozenset(range(1, 8))


def test_what_the_reference_and_the_stub_have_says_nothing():
    renamed = REFERENCE.replace("weights", "w").replace("largest", "top")
    assert pairs(ana=REFERENCE, ben=renamed, cleo=REFERENCE) == []
    assert pairs(ana=STUB, ben=STUB) == []
    assert pairs(base=(STUB, STRANGE), ana=STRANGE, ben=COPIED) == []


def test_what_many_write_says_nothing():
    many = {f"s{number}": STRANGE for number in range(8)}
    assert pairs(**many) == []
    assert len(pairs(ana=STRANGE, ben=COPIED, cleo=STRANGE)) == 3  # three may be a group


def test_a_line_in_common_is_no_pair():
    left = OTHER.replace("return answer", "print('ready', answer.shape)\n    return answer")
    right = STRANGE.replace(
        "rows = []", "answer = logits\n    print('ready', answer.shape)\n    rows = []"
    )
    assert pairs(ana=left, ben=right) == []


def test_what_is_rare_counts_more_and_comes_first():
    pieces = [Piece(s, TASK, STRANGE) for s in ("ana", "ben", "cleo")]
    pieces += [Piece(s, "start_here.other", OTHER) for s in ("ben", "dan")]
    found = pairs_of(pieces, {})
    assert (found[0].left, found[0].right) == ("ben", "dan")


def test_alike_in_one_exercise_of_many_of_ones_own_is_little():
    own = [
        Piece(student, f"topic.e{number}", OTHER.replace("1", f"{number}{student}"[:2]))
        for number in range(2, 9)
        for student in ("1", "2")
    ]
    copied = [Piece("1", TASK, STRANGE), Piece("2", TASK, STRANGE)]
    assert pairs_of(copied, {})[0].part == 1
    found = pairs_of(copied + own, {})
    assert all(pair.part < 1 for pair in found)


def test_the_courses_own_answers_are_what_everyone_may_write():
    course = Course.find(ROOT)
    base = base_of(course, course.weeks[0])["start_here.softmax"]
    assert len(base) > 10
    assert any("NotImplementedError" in source for source in base)  # the stub
    assert all("def softmax(" in source or "softmax =" in source for source in base)


EVIL = "x = '<script>alert(1)</script></pre><h2>guilty</h2>'"


def test_the_page_shows_both_as_text_marks_what_is_alike_and_accuses_nobody():
    shared = Shared(TASK, f"a = 1\n{EVIL}", "b = 2", frozenset({2}), frozenset(), 9)
    soup = BeautifulSoup(alike_page("T", [Pair("ana", "ben", 0.81, 9.0, [shared])]), "html.parser")
    assert not soup.find_all("script")
    assert [mark.get_text() for mark in soup.find_all("mark")] == [EVIL]
    assert soup.find("h2").get_text() == "ana and ben: 81 percent"
    text = soup.get_text()
    assert "This is a place to look, and no verdict." in text
    for word in ("plagiari", "cheat", "guilty of"):
        assert word not in text.lower()


def test_the_page_is_bounded():
    shared = Shared(TASK, "y\n" * 5000, "x" * 100_000, frozenset(), frozenset(), 9)
    some = [Pair("ana", str(number), 0.5, 9.0, [shared]) for number in range(100)]
    page = alike_page("T", some)
    assert f"{100 - MOST_PAIRS} more pairs" in page
    assert len(page) < 100_000
    assert "No pair is more alike" in alike_page("T", [])
