"""More of what goes wrong in a node: the slips of those who write with tensors and callbacks.

They stand beside `operators`, and are registered in the same table.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Iterator

from .operators import Scope, but, called, is_number, operator

__all__: list[str] = []

FROM_THE_LEFT, FROM_THE_RIGHT = (0, 1, 2), (-1, -2, -3)
NEARLY_INFINITE = (20.0, 1000.0)
ORDERS = {"topk": "largest", "sort": "descending", "argsort": "descending", "sorted": "reverse"}
AGGREGATES = {"sum": ("prod", "amax"), "mean": ("amax",), "amax": ("mean",), "any": ("all",)}
IN_PLACE = {"masked_fill", "scatter", "clamp"}
CALLED_BACK = ("Callable", "Cache", "DecoderLM")


def call(value: ast.expr, method: str, *args: object, **keywords: object) -> ast.Call:
    """Return `value.method(*args, **keywords)`, all of them constants."""
    given = [ast.keyword(name, ast.Constant(one)) for name, one in keywords.items()]
    function = ast.Attribute(value, method, ast.Load())
    return ast.Call(function, [ast.Constant(one) for one in args], given)


@operator(ast.Call)
def other_axis(node: ast.Call, scope: Scope) -> Iterator[ast.AST]:
    """Along another axis."""
    for index, keyword in enumerate(node.keywords):
        if keyword.arg in ("dim", "axis") and is_number(keyword.value):
            value = ast.literal_eval(keyword.value)
            axes = FROM_THE_LEFT if value >= 0 else (0, *FROM_THE_RIGHT)
            for axis in (one for one in axes if abs(one - value) > 1):  # `number` has the others
                new = but(keyword, value=ast.Constant(axis))
                yield but(node, keywords=[*node.keywords[:index], new, *node.keywords[index + 1 :]])


@operator(ast.Call)
def keywords_swapped(node: ast.Call, scope: Scope) -> Iterator[ast.AST]:
    """The values of two neighbouring keywords swapped."""
    for index in range(len(node.keywords) - 1):
        left, right = node.keywords[index : index + 2]
        pair = [but(left, value=right.value), but(right, value=left.value)]
        yield but(node, keywords=[*node.keywords[:index], *pair, *node.keywords[index + 2 :]])


@operator(ast.Slice)
def other_end(node: ast.Slice, scope: Scope) -> Iterator[ast.AST]:
    """What a slice leaves out instead of what it takes, or as much from the other end."""
    if node.step is None and (node.lower is None) != (node.upper is None):
        bound = node.lower or node.upper
        yield but(node, lower=node.upper, upper=node.lower)
        yield but(node, lower=None, upper=None, step=ast.Constant(2))
        negative = (
            bound.operand if isinstance(bound, ast.UnaryOp) else ast.UnaryOp(ast.USub(), bound)
        )
        yield (
            but(node, lower=negative, upper=None)
            if node.upper
            else but(node, lower=None, upper=negative)
        )


@operator(ast.Call)
def other_order(node: ast.Call, scope: Scope) -> Iterator[ast.AST]:
    """Sorted the other way round."""
    name = ORDERS.get(called(node), "")
    if name and name not in [keyword.arg for keyword in node.keywords]:
        new = ast.keyword(name, ast.Constant(name != "largest"))
        yield but(node, keywords=[*node.keywords, new])


@operator(ast.Call)
def other_aggregate(node: ast.Call, scope: Scope) -> Iterator[ast.AST]:
    """A product for a sum, a maximum for a mean."""
    if isinstance(node.func, ast.Attribute):
        for other in AGGREGATES.get(node.func.attr, ()):
            yield but(node, func=but(node.func, attr=other))


@operator(ast.Call)
def squeezed_inside(node: ast.Call, scope: Scope) -> Iterator[ast.AST]:
    """All axes of size one are taken away, not the one that is named."""
    if called(node) == "squeeze" and node.args:
        yield but(node, args=[])


@operator(ast.Return)
def squeezed(node: ast.Return, scope: Scope) -> Iterator[ast.AST]:
    """All axes of size one are taken away at the end."""
    if node.value and scope.returns == "Tensor":
        yield but(node, value=call(node.value, "squeeze"))


@operator(ast.Return)
def rounded(node: ast.Return, scope: Scope) -> Iterator[ast.AST]:
    """Rounded, as one prints numbers."""
    if node.value and scope.returns == "Tensor":
        yield but(node, value=call(node.value, "round", decimals=2))
    if node.value and scope.returns == "float":
        function = ast.Name("round", ast.Load())
        yield but(node, value=ast.Call(function, [node.value, ast.Constant(2)], []))


@operator(ast.Attribute)
def nearly_infinite(node: ast.Attribute, scope: Scope) -> Iterable[ast.AST]:
    """A number that is large only beside small ones."""
    return [ast.Constant(size) for size in NEARLY_INFINITE] if node.attr == "inf" else []


@operator(ast.Call)
def logarithm_afterwards(node: ast.Call, scope: Scope) -> Iterator[ast.AST]:
    """The logarithm of a softmax, which may be zero."""
    if called(node) == "log_softmax" and isinstance(node.func, ast.Attribute):
        yield call(but(node, func=but(node.func, attr="softmax")), "log")


@operator(ast.Call)
def in_place(node: ast.Call, scope: Scope) -> Iterator[ast.AST]:
    """An argument is changed."""
    function = node.func
    if not (isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)):
        return
    if function.attr in IN_PLACE and function.value.id in scope.arguments:
        yield but(node, func=but(function, attr=f"{function.attr}_"))


@operator(ast.Call)
def handed_on(node: ast.Call, scope: Scope) -> Iterator[ast.AST]:
    """A callback is handed something else: twice it, its softmax, a first row, a last column."""
    function = node.func
    owner = function.value if isinstance(function, ast.Attribute) else function
    said = scope.arguments.get(owner.id, "") if isinstance(owner, ast.Name) else ""
    if not any(name in said for name in CALLED_BACK):
        return
    for index, argument in enumerate(node.args):
        if isinstance(argument, ast.Starred):
            continue
        for new in _changed(argument):
            yield but(node, args=[*node.args[:index], new, *node.args[index + 1 :]])


def _changed(value: ast.expr) -> Iterator[ast.expr]:
    yield ast.BinOp(value, ast.Mult(), ast.Constant(2))
    yield call(value, "softmax", -1)
    first = ast.Slice(upper=ast.Constant(1))
    yield ast.Subscript(value, first, ast.Load())
    last = ast.Tuple([ast.Constant(...), ast.Slice(lower=ast.Constant(-1))], ast.Load())
    yield ast.Subscript(copy.deepcopy(value), last, ast.Load())
