"""A question, which a kernel answers without what a person's cell needs, and what it leaves."""

from gradelib.checking import records
from gradelib.checking.codec import pack, unpack
from gradelib.sandbox.confine import available
from gradelib.teacher.course import Limits
from gradelib.teacher.kernels.run import Work, run
from tests.teacher.test_kernel import texts

REASONS = available()
NAME = "start_here.most_likely"


def asked(answer, *after):
    """Run a cell that defines an answer, ask it, and run what comes after."""
    inputs = [drawn.inputs for drawn in records.load("start_here").drawn(NAME)]
    work = Work(
        {0: answer, **dict(enumerate(after, 2))},
        {NAME: pack({NAME: inputs})},
        {NAME: 60.0},
        Limits(),
        sandboxed=not REASONS,
        places={NAME: (1,)},
        needs={NAME: (0,)},
    )
    result = run(work)
    (reply,) = result.replies[NAME]
    return result, reply.packed


def test_a_question_leaves_nothing_to_the_next_cell():
    answer = (
        "import matplotlib.pyplot as plt\ndef most_likely(*_, **__):\n"
        "    plt.plot([1, 2])\n    print('asked')\n    display('shown')\n    return 1 / 0"
    )
    result, packed = asked(answer, "print('next', '_' in globals())\nplt.get_fignums()")
    outcomes = unpack(packed)[NAME]
    assert set(outcomes["error"]) == {"ZeroDivisionError"}
    assert set(outcomes["printed"]) == {"asked\n"}
    assert [output["output_type"] for output in result.outputs[2]] == ["stream", "execute_result"]
    assert result.outputs[2][1]["data"]["text/plain"] == "[]"


def test_an_answer_that_asks_for_input_is_given_an_empty_text():
    answer = "def most_likely(words, probabilities):\n    return input('which? ')"
    result, packed = asked(answer, "input('and now? ')")
    outcomes = unpack(packed)[NAME]
    assert set(outcomes["value"]) == {""}
    assert "nobody was there to answer input()" in outcomes["printed"][0]
    assert result.outputs[2][0]["data"]["text/plain"] == "''"


def test_an_answer_that_ends_its_kernel_costs_no_later_cell():
    answer = "def most_likely(words, probabilities):\n    get_ipython().ask_exit()"
    result, packed = asked(answer, "print(3)")
    assert packed == "while this was checked: it ended the kernel"
    assert not result.stopped
    assert texts(result.outputs[2]) == "3\n"
