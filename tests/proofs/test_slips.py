"""Each slip makes of a small function what it says."""

import pytest

from tests.proofs.mutants import mutants


def changes(source: str, operator: str) -> set[str]:
    found = [mutant for mutant in mutants(source) if mutant.operator == operator]
    return {mutant.change.split("` -> `")[1].split("`")[0] for mutant in found}


@pytest.mark.parametrize(
    ("operator", "expression", "expected"),
    [
        ("other_axis", "x.cumsum(dim=3)", {"x.cumsum(dim=0)", "x.cumsum(dim=1)"}),
        ("keywords_swapped", "f(a=x, b=y)", {"f(a=y, b=x)"}),
        ("other_end", "x[:y]", {"x[y:]", "x[::2]", "x[-y:]"}),
        ("other_end", "x[y:]", {"x[:y]", "x[::2]", "x[:-y]"}),
        ("other_order", "sorted(x)", {"sorted(x, reverse=True)"}),
        ("other_order", "x.topk(y)", {"x.topk(y, largest=False)"}),
        ("other_aggregate", "x.sum()", {"x.prod()", "x.amax()"}),
        ("squeezed_inside", "x.squeeze(1)", {"x.squeeze()"}),
        ("squeezed", "x", {"x.squeeze()"}),
        ("rounded", "x", {"x.round(decimals=2)"}),
        ("nearly_infinite", "-torch.inf", {"-20.0", "-1000.0"}),
        ("logarithm_afterwards", "x.log_softmax(y)", {"x.softmax(y).log()"}),
        ("in_place", "x.masked_fill(y, 0)", {"x.masked_fill_(y, 0)"}),
        ("handed_on", "choose(x)",
         {"choose(x * 2)", "choose(x.softmax(-1))", "choose(x[:1])", "choose(x[..., -1:])"}),
    ],
)  # fmt: skip
def test_a_slip_changes_an_expression(operator, expression, expected):
    head = "def g(x: Tensor, y: int, choose: Callable[[Tensor], Tensor]) -> Tensor:"
    made = changes(f"{head}\n    return {expression}", operator)
    assert {text.removeprefix("return ") for text in made} == expected


def test_a_number_is_rounded_as_a_number():
    source = "def g(x: float) -> float:\n    return x / 3"
    assert changes(source, "rounded") == {"return round(x / 3, 2)"}


def test_only_callbacks_are_handed_something_else():
    source = "def g(x: Tensor) -> Tensor:\n    return x.view(len(x), 2)"
    assert changes(source, "handed_on") == set()
