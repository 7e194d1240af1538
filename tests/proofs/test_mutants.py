"""Each operator makes of a small function what it says, and a mutant can be named and run."""

import ast
import math

import pytest

from tests.proofs.mutants import build, mutants


def changes(source: str, operator: str, **options) -> set[str]:
    """What one operator puts in place of the code that it changes."""
    found = [mutant for mutant in mutants(source, **options) if mutant.operator == operator]
    return {mutant.change.split("` -> `")[1].split("`")[0] for mutant in found}


def of(expression: str, operator: str, arguments: str = "x, y, words") -> set[str]:
    made = changes(f"def f({arguments}):\n    return {expression}", operator)
    return {text.removeprefix("return ") for text in made}


@pytest.mark.parametrize(
    ("operator", "expression", "expected"),
    [
        ("arithmetic", "x + y", {"x - y", "x", "y"}),
        ("arithmetic", "x / y", {"x * y", "x // y", "y / x", "x", "y"}),
        ("arithmetic", "x @ y", {"x * y", "y @ x", "x", "y"}),
        ("comparison", "x < y", {"x <= y", "x > y"}),
        ("comparison", "x == y", {"x != y"}),
        ("comparison", "x in words", {"x not in words"}),
        ("boolean", "x and y", {"x or y", "x", "y"}),
        ("boolean", "x or y or words",
         {"x and y and words", "y or words", "x or words", "x or y"}),
        ("sign", "-x", {"x"}),
        ("sign", "not x", {"x"}),
        ("number", "x[3]", {"x[4]", "x[2]"}),
        ("number", "x.sum(dim=-1)", {"x.sum(dim=0)", "x.sum(dim=-2)"}),
        ("number", "0.5", {"1.5", "-0.5"}),
        ("constant", "sorted(x, reverse=True)", {"sorted(x, reverse=False)"}),
        ("constant", "'##'", {"''", "'#'", "'##x'"}),
        ("constant", "b'ab'", {"b''", "b'a'", "b'b'", "b'abx'"}),
        ("bounds", "x[1:]", {"x[:]", "x[1:-1]"}),
        ("bounds", "x[:y]", {"x[1:y]", "x[:]", "x[:y + 1]"}),
        ("bounds", "x[::2]", {"x[1::2]", "x[:-1:2]", "x[:]"}),
        ("call_arguments", "zip(x, y)", {"zip(y, x)", "zip(x)"}),
        ("call_arguments", "range(x, y)", {"range(y, x)", "range(x)", "range(y)"}),
        ("call_arguments", "x.sum(dim=1, keepdim=True)", {"x.sum(dim=1)", "x.sum(keepdim=True)"}),
        ("call_removed", "x.float().mean()", {"x.float()", "x.mean()"}),
        ("call_removed", "torch.exp(x)", {"x"}),
        ("call_removed", "len(x)", {"x"}),
        ("twin", "max(x)", {"min(x)"}),
        ("twin", "torch.tril(x)", {"torch.triu(x)"}),
        ("twin", "x.mean()", {"x.sum()"}),
        ("attribute", "x.T", {"x"}),
        ("choice", "x if words else y", {"x", "y", "y if words else x"}),
        ("elements", "[x, y]", {"[y, x]", "[x]", "[y]"}),
        ("elements", "{x, y}", {"{x}", "{y}"}),
        ("entries", "{'a': x, 'b': y}", {"{'a': y, 'b': x}", "{'a': x}", "{'b': y}"}),
        ("comprehension", "[w for w in words if w]",
         {"[w for w in [*words][1:] if w]", "[w for w in [*words][:-1] if w]",
          "[w for w in words]", "[w for w in words if not w]"}),
        ("nothing", "x", {"return"}),
    ],
)  # fmt: skip
def test_an_operator_changes_an_expression(operator, expression, expected):
    assert of(expression, operator) == expected


def test_arguments_are_confused_only_with_those_of_the_same_type():
    source = "def f(a: int, b: int, c: str): return a * len(c)"
    assert changes(source, "argument") == {"return b * len(c)"}


def test_symmetric_calls_are_not_swapped():
    assert of("x.transpose(1, 2)", "call_arguments") == {"x.transpose(1)"}


LOOP = """
def total(numbers, limit):
    result = 0
    for number in numbers:
        if number > limit:
            continue
        result += number
    while result > 100:
        result = result - 100
    return result
"""


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("rounds", {"for number in [*numbers][1:]:", "for number in [*numbers][:-1]:",
                    "for number in []:"}),
        ("condition", {"if not number > limit:", "if True:", "if False:",
                       "while not result > 100:", "while False:"}),
        ("update", {"result -= number", "result = number"}),
        ("dropped", {"pass"}),
        ("jump", {"break"}),
    ],
)  # fmt: skip
def test_an_operator_changes_a_statement(operator, expected):
    assert changes(LOOP, operator) == expected


def test_the_only_assignment_of_a_name_is_not_dropped():
    dropped = {m.change.split("`")[1] for m in mutants(LOOP) if m.operator == "dropped"}
    assert dropped == {"result = 0", "continue", "result += number", "result = result - 100"}
    once = "def f(x):\n    y = x + 1\n    return y"
    assert changes(once, "dropped") == set()


def test_a_guard_is_dropped_and_raises_another_error_but_says_the_same():
    source = "def f(x):\n    if x < 0:\n        raise ValueError(f'got {x + 1}')\n    return x"
    assert changes(source, "dropped") == {"pass"}
    assert changes(source, "other_error") == {"raise ArithmeticError(f'got {x + 1}')"}
    assert "x - 1" not in "".join(mutant.code for mutant in mutants(source))


def test_docstrings_annotations_and_given_methods_are_left_alone():
    source = '''
class Head:
    """A head of 3."""

    def given(self, x: "int | 4") -> int:
        """Give 5."""
        return x + 6

    def asked(self, x: "int | 7") -> int:
        """Ask for 8."""
        return x + 9
'''
    texts = {mutant.change for mutant in mutants(source, given=("given",))}
    assert "`return x + 9` -> `return x - 9`" in texts
    assert not [text for text in texts if set("345678") & set(text.split("` -> `")[0])]


def test_a_default_is_changed_too():
    source = "def f(x, temperature=1.0): return x / temperature"
    assert "x, temperature=2.0" in changes(source, "number")


def test_a_mutant_is_named_without_line_numbers():
    source = "def f(words):\n    return zip(words, words[1:])"
    moved = source.replace("return", "# a comment\n\n    return")
    names = [str(mutant) for mutant in mutants(source)]
    assert names == [str(mutant) for mutant in mutants(moved)]
    assert "f: `return zip(words, words[1:])` -> `return zip(words, words[0:])`" in names


def test_two_mutants_never_share_a_name_or_a_code():
    source = "def f(x):\n    x = x + 1\n    x = x * 2\n    x = x + 1\n    return x"
    made = mutants(source)
    assert len({str(m) for m in made}) == len(made) == len({m.code for m in made})
    assert "f: `x = x + 1` -> `x = x - 1` (2)" in {str(m) for m in made}


def test_a_mutant_differs_from_the_reference_and_runs_in_its_namespace():
    source = "def f(x: Missing) -> float:\n    return math.sqrt(x) + helper(x)"
    namespace = {"math": math, "helper": lambda x: 100}
    made = {mutant.change: mutant for mutant in mutants(source)}
    assert ast.unparse(ast.parse(source)) not in {mutant.code for mutant in made.values()}
    minus = made["`return math.sqrt(x) + helper(x)` -> `return math.sqrt(x) - helper(x)`"]
    assert build(minus, namespace)(9) == 3 - 100
    assert "f" not in namespace


def test_a_mutant_that_calls_itself_calls_itself():
    source = "def factorial(n):\n    return n * factorial(n - 1) if n else 1"
    wrong = next(mutant for mutant in mutants(source) if "else 2" in mutant.code)
    assert build(wrong, {})(3) == 12


def test_an_assigned_value_has_mutants_too():
    made = {str(mutant) for mutant in mutants("rates = [0.5, 2]")}
    assert "rates: `rates = [0.5, 2]` -> `rates = [2, 0.5]`" in made


def test_code_that_is_no_code_any_more_is_left_out():
    for mutant in mutants("def f(xs):\n    for x in xs:\n        x += 1\n    return f'{xs!r:>3}'"):
        compile(mutant.code, "<mutant>", "exec")
