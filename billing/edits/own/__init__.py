"""Edits that a practice writes itself: a form of conditions on named fields, no program."""

from billing.edits.own.declared import own_edit
from billing.edits.own.rule import Condition, Rule

__all__ = ["Condition", "Rule", "own_edit"]
