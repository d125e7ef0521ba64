"""Edits: what is wrong with a claim, told before a payer tells it. ``check(claim, facts)`` is the way in."""

from billing.edits.facts import CodeBook, CodeStatus, Facts, Overflow
from billing.edits.plan import Plan, check, compiled
from billing.edits.registry import EDITS, Edit

__all__ = ["EDITS", "CodeBook", "CodeStatus", "Edit", "Facts", "Overflow", "Plan", "check", "compiled"]
