"""What can go wrong in a node of a syntax tree: an operator gives the nodes to put in its place.

Nothing here walks a tree, compiles or runs (`mutants`).
"""

from __future__ import annotations

import ast
import builtins
import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["OPERATORS", "Scope", "but", "called", "is_number", "operator"]


@dataclass(frozen=True)
class Scope:
    """What the function around a node knows: its arguments (with annotation) and its own names."""

    arguments: dict[str, str]
    bound: frozenset[str]
    returns: str = ""  # the annotation of what it returns


Operator = Callable[[ast.AST, Scope], Iterable[ast.AST]]
OPERATORS: dict[type[ast.AST], list[Operator]] = {}


def table(text: str) -> dict[type[ast.AST], list[type[ast.AST]]]:
    """Read lines of a node's type and those that may take its place."""
    lines = [[getattr(ast, name) for name in line.split()] for line in text.split(",")]
    return {first: others for first, *others in lines}


ARITHMETIC = table(
    "Add Sub, Sub Add, Mult Div Add, Div Mult FloorDiv, FloorDiv Div Mult, Mod FloorDiv, Pow Mult,"
    "MatMult Mult, BitAnd BitOr, BitOr BitAnd, BitXor BitAnd, LShift RShift, RShift LShift"
)
COMPARISONS = table(
    "Lt LtE Gt, LtE Lt GtE, Gt GtE Lt, GtE Gt LtE, Eq NotEq, NotEq Eq, Is IsNot, IsNot Is,"
    "In NotIn, NotIn In"
)
ORDERED = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
SYMMETRIC = {"max", "min", "maximum", "minimum", "transpose", "swapaxes", "isclose", "allclose"}
ENDLESS = {"count", "cycle", "repeat"}  # of itertools: not to be put into a list
PAIRS = "min max, any all, argmin argmax, amin amax, floor ceil, zeros ones, tril triu, mean sum"
PAIRS += ", zeros_like ones_like, startswith endswith, find rfind, strip lstrip, lower upper"
TWINS = dict(pair.split() for pair in PAIRS.split(", "))
TWINS |= {right: left for left, right in TWINS.items()}


def operator(*kinds: type[ast.AST]) -> Callable[[Operator], Operator]:
    def register(function: Operator) -> Operator:
        for kind in kinds:
            OPERATORS.setdefault(kind, []).append(function)
        return function

    return register


def but(node: ast.AST, **fields: object) -> ast.AST:
    """Return the node with some fields changed."""
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def is_number(node: ast.AST | None) -> bool:
    """A number as it is written, with its sign."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return isinstance(node.operand, ast.Constant) and is_number(node.operand)
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def without(items: list, index: int) -> list:
    return items[:index] + items[index + 1 :]


def swapped(items: list) -> Iterator[list]:
    """Each pair of neighbours the other way round."""
    for left, right in pairwise(range(len(items))):
        yield [*items[:left], items[right], items[left], *items[right + 1 :]]


# Expressions


@operator(ast.BinOp)
def arithmetic(node: ast.BinOp, scope: Scope) -> Iterator[ast.AST]:
    """Another operator, the operands the other way round, or one of them alone."""
    for other in ARITHMETIC.get(type(node.op), ()):
        yield but(node, op=other())
    if isinstance(node.op, ORDERED):
        yield but(node, left=node.right, right=node.left)
    yield node.left
    yield node.right


@operator(ast.Compare)
def comparison(node: ast.Compare, scope: Scope) -> Iterator[ast.AST]:
    """The border on the other side, or the other direction."""
    for index, op in enumerate(node.ops):
        for other in COMPARISONS[type(op)]:
            yield but(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]])


@operator(ast.BoolOp)
def boolean(node: ast.BoolOp, scope: Scope) -> Iterator[ast.AST]:
    """`or` for `and`, or one operand fewer."""
    yield but(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for index in range(len(node.values)):
        rest = without(node.values, index)
        yield but(node, values=rest) if len(rest) > 1 else rest[0]


@operator(ast.UnaryOp)
def sign(node: ast.UnaryOp, scope: Scope) -> list[ast.AST]:
    return [node.operand]


@operator(ast.Constant, ast.UnaryOp)
def number(node: ast.AST, scope: Scope) -> Iterator[ast.AST]:
    """One more, one less. An axis is a number too."""
    if is_number(node):
        value = ast.literal_eval(node)
        yield from (ast.Constant(value + 1), ast.Constant(value - 1))


@operator(ast.Constant)
def constant(node: ast.Constant, scope: Scope) -> Iterator[ast.AST]:
    """The other truth; a text that is empty, a character shorter, or a character longer."""
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, (str, bytes)):
        more = "x" if isinstance(value, str) else b"x"
        yield from (ast.Constant(text) for text in (value[:0], value[:-1], value[1:], value + more))


@operator(ast.Slice)
def bounds(node: ast.Slice, scope: Scope) -> Iterator[ast.AST]:
    """A bound that is missing, new, or one off. (Bounds that are numbers change as numbers do.)"""
    one = ast.Constant(1)
    for name, new in (("lower", one), ("upper", ast.Constant(-1))):
        old = getattr(node, name)
        yield but(node, **{name: None if old else new})
        if old and not is_number(old):
            yield but(node, **{name: ast.BinOp(old, ast.Add(), one)})
    if node.step:
        yield but(node, step=None)


@operator(ast.Call)
def call_arguments(node: ast.Call, scope: Scope) -> Iterator[ast.AST]:
    """Arguments swapped, the last (of a range: each) or a keyword left out."""
    count = len(node.args)
    if called(node) not in SYMMETRIC:
        yield from (but(node, args=args) for args in swapped(node.args))
    for index in range(0 if called(node) == "range" else count - 1, count * (count > 1)):
        yield but(node, args=without(node.args, index))
    for index in range(len(node.keywords)):
        yield but(node, keywords=without(node.keywords, index))


@operator(ast.Call)
def call_removed(node: ast.Call, scope: Scope) -> Iterator[ast.AST]:
    """`x.float()` becomes `x`, `torch.exp(x)` and `self.head(x)` become `x`."""
    root = node.func
    while isinstance(root, ast.Attribute):
        root = root.value
    local = not isinstance(root, ast.Name) or root.id in scope.bound
    own = isinstance(root, ast.Name) and root.id == "self"
    if isinstance(node.func, ast.Attribute) and local:
        yield node.func.value
    if node.args and (own or not local) and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]


@operator(ast.Call)
def twin(node: ast.Call, scope: Scope) -> Iterator[ast.AST]:
    """`max` for `min`, `triu` for `tril`."""
    other = TWINS.get(called(node))
    if isinstance(node.func, ast.Name) and hasattr(builtins, other or ""):
        yield but(node, func=ast.Name(other, ast.Load()))
    elif other and isinstance(node.func, ast.Attribute):
        yield but(node, func=but(node.func, attr=other))


@operator(ast.Attribute)
def attribute(node: ast.Attribute, scope: Scope) -> list[ast.AST]:
    """A transpose that is forgotten."""
    return [node.value] if node.attr in ("T", "mT") else []


@operator(ast.Name)
def argument(node: ast.Name, scope: Scope) -> Iterator[ast.AST]:
    """Another argument of the same type."""
    if isinstance(node.ctx, ast.Load) and scope.arguments.get(node.id):
        for name, annotation in scope.arguments.items():
            if name != node.id and annotation == scope.arguments[node.id]:
                yield ast.Name(name, ast.Load())


@operator(ast.IfExp)
def choice(node: ast.IfExp, scope: Scope) -> list[ast.AST]:
    return [node.body, node.orelse, but(node, body=node.orelse, orelse=node.body)]


@operator(ast.List, ast.Tuple, ast.Set)
def elements(node: ast.AST, scope: Scope) -> Iterator[ast.AST]:
    """Neighbours swapped, or an element left out."""
    if not isinstance(node, ast.Set):
        yield from (but(node, elts=elts) for elts in swapped(node.elts))
    if not isinstance(getattr(node, "ctx", None), ast.Store):
        yield from (but(node, elts=without(node.elts, index)) for index in range(len(node.elts)))


@operator(ast.Dict)
def entries(node: ast.Dict, scope: Scope) -> Iterator[ast.AST]:
    """Values swapped between keys, or an entry left out."""
    yield from (but(node, values=values) for values in swapped(node.values))
    for index in range(len(node.keys)):
        yield but(node, keys=without(node.keys, index), values=without(node.values, index))


@operator(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
def comprehension(node: ast.AST, scope: Scope) -> Iterator[ast.AST]:
    """A condition negated or left out, or fewer rounds."""
    for index, part in enumerate(node.generators):
        changed = [but(part, iter=iter_) for iter_ in fewer(part.iter)]
        for place, test in enumerate(part.ifs):
            rest = without(part.ifs, place)
            changed += [but(part, ifs=rest), but(part, ifs=[*rest, ast.UnaryOp(ast.Not(), test)])]
        for new in changed:
            parts = [*node.generators[:index], new, *node.generators[index + 1 :]]
            yield but(node, generators=parts)


def called(node: ast.AST) -> str:
    """The name of what is called, without its module."""
    func = getattr(node, "func", None)
    return getattr(func, "attr", None) or getattr(func, "id", "")


def fewer(iterable: ast.AST) -> Iterator[ast.AST]:
    """The rounds of a loop but the first, and but the last."""
    if called(iterable) not in ENDLESS:
        items = ast.List([ast.Starred(iterable, ast.Load())], ast.Load())
        for bound in (ast.Slice(lower=ast.Constant(1)), ast.Slice(upper=ast.Constant(-1))):
            yield ast.Subscript(items, bound, ast.Load())


# Statements


@operator(ast.If, ast.While)
def condition(node: ast.AST, scope: Scope) -> Iterator[ast.AST]:
    """Negated, never, and always (but for loops, which would not end)."""
    yield but(node, test=ast.UnaryOp(ast.Not(), node.test))
    for truth in (False, True)[: 1 + isinstance(node, ast.If)]:
        yield but(node, test=ast.Constant(truth))


@operator(ast.For)
def rounds(node: ast.For, scope: Scope) -> Iterator[ast.AST]:
    yield from (but(node, iter=iterable) for iterable in fewer(node.iter))
    yield but(node, iter=ast.List([], ast.Load()))


@operator(ast.AugAssign)
def update(node: ast.AugAssign, scope: Scope) -> Iterator[ast.AST]:
    """`x -= 1` or `x = 1` for `x += 1`."""
    yield from (but(node, op=other()) for other in ARITHMETIC.get(type(node.op), ()))
    yield ast.Assign([node.target], node.value, lineno=node.lineno)


@operator(ast.Expr, ast.AugAssign, ast.Assign, ast.Raise, ast.Return, ast.Break, ast.Continue)
def dropped(node: ast.stmt, scope: Scope) -> Iterator[ast.AST]:
    """Nothing in place of a statement. (Where a name is missing then, the mutant is no use.)"""
    yield ast.Pass()


@operator(ast.Return)
def nothing(node: ast.Return, scope: Scope) -> list[ast.AST]:
    return [but(node, value=None)] if node.value else []


@operator(ast.Break, ast.Continue)
def jump(node: ast.stmt, scope: Scope) -> list[ast.AST]:
    return [ast.Continue() if isinstance(node, ast.Break) else ast.Break()]


@operator(ast.Raise)
def other_error(node: ast.Raise, scope: Scope) -> Iterator[ast.AST]:
    """Another error than the one that was asked for."""
    if isinstance(node.exc, ast.Call):
        yield but(node, exc=but(node.exc, func=ast.Name("ArithmeticError", ast.Load())))
