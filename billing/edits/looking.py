"""Edits in a row written as one function, in which each stands under its ``when``.

Nearly every claim has nothing wrong, and then most of the time would go into calling functions that say nothing. So the
conditions are written out as they were declared. Those that begin alike are looked at once; what stands only on the
payer's profile is looked at when the function is written; and what several conditions read of the claim is read once.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

from billing.edits.declare import GIVEN, Declaration, Scope
from billing.edits.telling import Seen
from billing.payers import PayerProfile

_Asked = tuple[tuple[str, ...], list[str]]
"""An edit as it is written: its conditions, and the lines that ask it."""

Look = Callable[..., None]
"""Asks edits in a row: a function of what their scope gives, the list of what is seen, and the line or lines."""

_OF_PROFILE = "case.profile."
_PLAIN = {"claim", "line", "first", "second"}
"""What is a plain value: reading a part of it does nothing else."""


def looking(scope: Scope, edits: Sequence[Declaration], profile: PayerProfile) -> Look:
    """Ask these edits, each only where its ``when`` holds; findings are put in order later."""
    known: dict[str, Any] = {"Seen": Seen}
    asked: list[_Asked] = []
    for number, by in enumerate(edits):
        parts = _of_claim(by.when, profile)
        if parts is not None:
            known[f"by{number}"], known[f"edit{number}"] = by, by.function
            call = [
                f"for fault in edit{number}({', '.join(by.asks)}):",
                f"    seen.append(Seen(by{number}, fault, at, first_at))",
            ]
            asked.append((parts, call))
    read, asked = _read_once(asked)
    lines = [f"def look({', '.join(GIVEN[scope])}, seen, at, first_at=None):", "    pass"]
    lines += [f"    {name} = {source}" for name, source in read]
    lines += _nested(asked, "    ")
    exec("\n".join(lines), known)  # noqa: S102  the source holds the declarations of edits and nothing from outside
    found: Look = known["look"]
    return found


@cache
def conditions(when: str) -> tuple[str, ...]:
    """The parts of an expression that all have to hold, in order; none where there is none."""
    if not when:
        return ()
    tree = ast.parse(when.strip(), mode="eval").body
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    return tuple([ast.unparse(each) for each in parts])


def _of_claim(when: str, profile: PayerProfile) -> tuple[str, ...] | None:
    """The conditions without those that the profile decides; None where it decides that they cannot hold."""
    kept = []
    for part in conditions(when):
        if not _only_of_profile(part):
            kept.append(part)
        elif not eval(part, {"case": SimpleNamespace(profile=profile)}):  # noqa: S307  a declaration, nothing from outside
            return None
    return tuple(kept)


@cache
def _only_of_profile(condition: str) -> bool:
    """Whether a condition speaks of the profile alone."""
    dotted = [text for node in ast.walk(ast.parse(condition)) if (text := _dotted(node))]
    named = {node.id for node in ast.walk(ast.parse(condition)) if isinstance(node, ast.Name)}
    return named == {"case"} and all(
        each in {"case", "case.profile"} or each.startswith(_OF_PROFILE) for each in dotted
    )


def _nested(asked: Sequence[_Asked], indent: str) -> Iterator[str]:
    """Source that asks edits under their conditions, those that begin alike under one."""
    groups: dict[str, list[_Asked]] = {}
    for parts, call in asked:
        if parts:
            groups.setdefault(parts[0], []).append((parts[1:], call))
        else:
            yield from (f"{indent}{each}" for each in call)
    for condition, inside in groups.items():
        joined = condition
        if len(inside) == 1:
            parts, call = inside[0]
            joined = " and ".join(f"({each})" for each in (condition, *parts))
            inside = [((), call)]  # noqa: PLW2901  one edit alone needs one line
        yield f"{indent}if {joined}:"
        yield from _nested(inside, indent + "    ")


def _read_once(asked: Sequence[_Asked]) -> tuple[list[tuple[str, str]], list[_Asked]]:
    """Names for what is read again and again, with what they stand for; and the conditions with those names in them.

    Only what is read whatever the claim holds has a name: all else may be absent where nobody asks for it.
    """
    certain = {path for parts, _ in asked if parts for path in _surely_read(parts[0])}
    times = Counter(path for parts, _ in asked for part in parts for path in _paths(part))
    names: dict[str, str] = {}
    read = []
    for path in sorted(certain):
        if times[path] > 1:
            outer, _, last = path.rpartition(".")
            names[path] = f"_{path.replace('.', '_')}"
            read.append((names[path], f"{names.get(outer, outer)}.{last}"))
    renamed = {part: _renamed(part, names) for parts, _ in asked for part in parts}
    return read, [(tuple([renamed[part] for part in parts]), call) for parts, call in asked]


@cache
def _paths(condition: str) -> tuple[str, ...]:
    """Every path into a plain value that a condition reads, those on the way included."""
    return tuple(_plain(ast.walk(ast.parse(condition))))


@cache
def _surely_read(condition: str) -> tuple[str, ...]:
    """Those it reads whatever the claim holds."""
    return tuple(_plain(_first(ast.parse(condition, mode="eval").body)))


def _plain(nodes: Iterator[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Attribute):
            text = _dotted(node)
            if text and text.partition(".")[0] in _PLAIN:
                yield text


def _first(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that are evaluated in any case."""
    yield node
    inside: list[ast.AST]
    if isinstance(node, ast.BoolOp):
        inside = [node.values[0]]
    elif isinstance(node, ast.IfExp):
        inside = [node.test]
    elif isinstance(node, ast.Compare):
        inside = [node.left, node.comparators[0]]
    else:
        inside = list(ast.iter_child_nodes(node))
    for each in inside:
        yield from _first(each)


def _dotted(node: ast.AST) -> str | None:
    """``line.part.place`` of names alone; None of anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        outer = _dotted(node.value)
        return f"{outer}.{node.attr}" if outer else None
    return None


def _renamed(condition: str, names: dict[str, str]) -> str:
    """A condition with names in place of the paths they stand for."""
    return ast.unparse(_Renaming(names).visit(ast.parse(condition, mode="eval")))


class _Renaming(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        name = self._names.get(_dotted(node) or "")
        return ast.Name(name, ast.Load()) if name else self.generic_visit(node)
