"""Edits made up for a test, declared and registered as those in files are."""

from types import ModuleType
from typing import Any

from billing.edits.declare import edit
from billing.edits.example import claim_with
from billing.edits.registry import Edit, read

DOC = """Something.

What it checks:
    This.

Why payers deny:
    That.

How to fix:
    So.
"""


def declared(function: Any, code: str = "TST-01", doc: str = DOC, **given: Any) -> Any:
    """The function as an edit, of a claim's number unless the test says otherwise."""
    function.__doc__ = doc
    function.__module__ = "billing.edits.made_up"
    usual = {
        "title": "Title",
        "message": "Message.",
        "severity": "block",
        "scope": "claim",
        "fields": ("number",),
        "source": "none",
        "since": "2026-01-01",
    }
    return edit(code, **{**usual, **given})(function)


def module(*functions: Any, **names: Any) -> ModuleType:
    """A module that holds them, with examples unless the test says otherwise."""
    made = ModuleType("billing.edits.made_up")
    for at, function in enumerate(functions):
        setattr(made, f"function_{at}", function)
    for name, value in {"FAILS": (claim_with(),), "PASSES": (claim_with(),), **names}.items():
        setattr(made, name, value)
    return made


def made(function: Any, code: str = "TST-01", **given: Any) -> Edit:
    """The function as a registered edit."""
    return read(module(declared(function, code, **given)))
