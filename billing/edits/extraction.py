"""What is to be translated in a file of an edit: strings in ``N_(…)``, and the texts of its docstring.

A method for pybabel; in its mapping file, before the line of all other Python files:

    [extractors]
    edits = billing.edits.extraction:extract
    [edits: billing/edits/*_*.py]
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import IO, Any

from billing.edits.declare import read_docstring

Message = tuple[int, str | None, str, list[str]]


def extract(
    file: IO[bytes],
    _keywords: Any,
    _comment_tags: Any,
    options: Any,  # noqa: ARG001  babel gives it by its name
) -> Iterator[Message]:
    """Line, function name, message id and comments of each text, in the order of the file.

    Raises:
        ValueError: a docstring of an edit lacks a heading.
    """
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_":
            (text,) = node.args
            yield node.lineno, None, ast.literal_eval(text), []
        elif isinstance(node, ast.FunctionDef) and any(_is_edit(each) for each in node.decorator_list):
            summary, sections = read_docstring(ast.get_docstring(node) or "", node.name)
            for each in (summary, *sections):
                yield node.lineno, None, each, []


def _is_edit(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "edit"
