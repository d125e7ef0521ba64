"""A practice's own edit made into one like all others: declared, compiled into the plan, told in the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from billing.edits.declare import Declaration, Fault, at
from billing.edits.example import EXAMPLE_FACTS
from billing.edits.facts import AnyAct, AnyClaim
from billing.edits.own.compare import COMPARISONS
from billing.edits.own.fields import FIELDS
from billing.edits.own.rule import Condition, Rule, meant
from billing.edits.registry import Edit

FAMILY = "OWN"
_Question = Callable[[AnyClaim, AnyAct], bool]


def code_of(number: int) -> str:
    """``OWN-01`` of 1."""
    return f"{FAMILY}-{number:02d}"


def own_edit(number: int, rule: Rule, since: date) -> Edit:
    """The edit that a tidy rule says, as ``OWN-01`` and so on."""
    code = code_of(number)
    field = FIELDS[rule.must.field]
    path = field.path.removeprefix("acts[].") if rule.scope == "line" else field.path
    pointing = f"acts[].{path}" if rule.scope == "line" and field.of == "line" else path
    declared = Declaration(
        code=code,
        title=rule.title,
        message=rule.message.replace("%", "%%"),
        severity=rule.severity,
        scope=rule.scope,
        kinds=("professional",),
        payers=(),
        trigger_codes=_triggers(rule),
        same_code=False,
        when="",
        once=True,
        fields=(pointing,) if rule.scope == "claim" or field.of == "line" else ("acts[].code",),
        makes_redundant=(),
        source=FAMILY,
        since=since,
        function=_of_claim(rule, path) if rule.scope == "claim" else _of_line(rule, path),
        asks=("claim",) if rule.scope == "claim" else ("claim", "line"),
        summary=rule.title,
        sections=(rule.message, rule.message, rule.fix),
    )
    return Edit(module=code, declared=declared, fails=(), passes=(), facts=EXAMPLE_FACTS)


def _triggers(rule: Rule) -> frozenset[str]:
    """Codes without one of which no line can fit: then the plan does not even ask."""
    for each in rule.when:
        if (each.field, each.how) in {("code", "is"), ("acts", "has")}:
            return frozenset(each.values)
    return frozenset()


def _question(condition: Condition) -> _Question:
    read = FIELDS[condition.field].read
    holds = COMPARISONS[condition.how][2](meant(condition))
    return lambda claim, line: holds(read(claim, line))


def _of_claim(rule: Rule, path: str) -> Callable[..., Iterator[Fault]]:
    when = tuple(_question(each) for each in rule.when)
    must = _question(rule.must)

    def look(claim: AnyClaim) -> Iterator[Fault]:
        nothing: Any = None  # no field of a claim looks at a line
        if all(holds(claim, nothing) for holds in when) and not must(claim, nothing):
            yield at(path)

    return look


def _of_line(rule: Rule, path: str) -> Callable[..., Iterator[Fault]]:
    when = tuple(_question(each) for each in rule.when)
    must = _question(rule.must)
    pointing = path if FIELDS[rule.must.field].of == "line" else "code"

    def look(claim: AnyClaim, line: AnyAct) -> Iterator[Fault]:
        if all(holds(claim, line) for holds in when) and not must(claim, line):
            yield at(pointing)

    return look
