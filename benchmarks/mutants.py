"""Every small slip that a text could hold: an operator flipped, a number one off. None chosen by hand."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import CodeType

_FLIPS: Mapping[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_OPPOSITES: Mapping[type[ast.AST], type[ast.AST]] = {
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}
_SWAPPED = {"min": "max", "max": "min", "any": "all", "all": "any"}
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Mutant:
    """A slip: the text of its line, what becomes of what, whether it is a rule's figure, and the program."""

    line: str
    change: str
    is_figure: bool
    program: CodeType


@dataclass(frozen=True, slots=True)
class _Slip:
    """``node.field`` becomes ``new``; told by how ``shown`` reads before and after."""

    node: ast.AST
    field: str
    new: object
    shown: ast.AST
    is_figure: bool = False


def mutants(source: str, name: str) -> list[Mutant]:
    """Return every mutant of a module's text.

    Mutated: comparisons, and/or, not, + and -, min/max, any/all, numbers. Left alone: strings and how often
    one is repeated, a rule's examples (they are the test), and of an ``InForce`` its article and date.
    """
    tree, lines = ast.parse(source), source.splitlines()
    return [_mutant(slip, tree, lines, name) for slip in _slips(tree, tree, is_figure=False)]


def _mutant(slip: _Slip, tree: ast.Module, lines: list[str], name: str) -> Mutant:
    """Compile the tree with the slip in it, and take it out again."""
    old, before = getattr(slip.node, slip.field), ast.unparse(slip.shown)
    setattr(slip.node, slip.field, slip.new)
    line = lines[getattr(slip.node, "lineno", 1) - 1].strip()
    change = f"{before} -> {ast.unparse(slip.shown)}"
    program = compile(tree, f"<mutant of {name}>", "exec")
    setattr(slip.node, slip.field, old)
    return Mutant(line, change, slip.is_figure, program)


def _slips(node: ast.AST, parent: ast.AST, *, is_figure: bool) -> Iterator[_Slip]:
    """Yield the slips in a node and below; ``is_figure``: within the figure of an ``InForce``."""
    if _is_example(node):
        return
    yield from _of_operators(node)
    yield from _of_words(node)
    yield from _of_numbers(node, parent, is_figure=is_figure)
    is_in_force = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "InForce"
    children = _figure(node) if is_in_force else ast.iter_child_nodes(node)
    for child in children:
        yield from _slips(child, node, is_figure=is_figure or is_in_force)


def _is_example(node: ast.AST) -> bool:
    match node:
        case ast.keyword(arg="keeps" | "breaks"):
            return True
        case ast.BinOp(op=ast.Mult(), left=ast.Constant(value=str())):
            return True
    return False


def _figure(call: ast.AST) -> list[ast.expr]:
    """Return the figure of an ``InForce`` call: its first argument."""
    assert isinstance(call, ast.Call)
    return [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "figure")]


def _of_operators(node: ast.AST) -> Iterator[_Slip]:
    match node:
        case ast.Compare(ops=ops):
            for n, op in enumerate(ops):
                for flip in _FLIPS[type(op)]:
                    yield _Slip(node, "ops", [*ops[:n], flip(), *ops[n + 1 :]], node)
        case ast.BoolOp(op=op) | ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _OPPOSITES:
            yield _Slip(node, "op", _OPPOSITES[type(op)](), node)
        case ast.UnaryOp(op=ast.USub()):
            yield _Slip(node, "op", ast.UAdd(), node)
        case ast.UnaryOp(op=ast.Not(), operand=operand):  # told as "not not x": x itself
            twice = ast.copy_location(ast.UnaryOp(ast.Not(), operand), node)
            yield _Slip(node, "operand", twice, node)


def _of_words(node: ast.AST) -> Iterator[_Slip]:
    match node:
        case ast.Call(func=ast.Name(id="min" | "max" | "any" | "all" as word) as called):
            yield _Slip(called, "id", _SWAPPED[word], called)


def _of_numbers(node: ast.AST, parent: ast.AST, *, is_figure: bool) -> Iterator[_Slip]:
    match node:
        case ast.Constant(value=bool()):
            return
        case ast.Constant(value=int() | float() as number):
            shown = node if is_figure or len(ast.unparse(parent)) > _LONGEST_SHOWN else parent
            for by in (-1, 1):
                yield _Slip(node, "value", number + by, shown, is_figure)
