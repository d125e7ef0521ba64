"""Problems of the list as they are weighed beside what notes say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from billing.coding.suggest.combine import Weighed
from billing.coding.suggest.lexicon import Lexicon
from billing.coding.suggest.standing import of_history
from billing.coding.suggest.suggest import HAD, STATUS, weighed
from billing.coding.suggest.values import Status
from billing.coding.suggest.written import ListedProblem
from clinic.domain.words import N_

_CODED = N_("It is on the problem list with this code.")
_LISTED = N_("It is on the problem list.")
_HEADING = "Problem list:\n"
_SURE, _OPEN = 0.95, 0.75
"""How sure a problem's own code is; less where it leaves open what kind it is."""


def of_problems(problems: Iterable[ListedProblem], lexicon: Lexicon) -> list[Weighed]:
    """What the list leads to: by a problem's own code where that may be billed, else by its words."""
    found: list[Weighed] = []
    for problem in problems:
        own = list(_coded(problem, lexicon))
        for each in own or _read(problem, lexicon):
            each.source, each.source_id, each.text = "problem", problem.id, problem.words
            found.append(each)
    return found


def _coded(problem: ListedProblem, lexicon: Lexicon) -> Iterator[Weighed]:
    value = problem.code.value.replace(".", "") if problem.code else ""
    node = lexicon.node(value) if value else None
    if node is None or not (node.billable or (node.sevenths and len(value) == 7)):
        return
    left_open = "nspecified" in node.display
    status: Status = "affirmed" if problem.active else "history"
    why = (_CODED,) if problem.active else (STATUS["history"],)
    score = _OPEN if left_open else _SURE
    yield Weighed(node, value, 0, 0, status, "problems", left_open, official=True, score=score, why=why)
    had = None if problem.active else of_history(value)
    there = lexicon.node(had) if had else None
    if there is not None:
        yield Weighed(
            there, there.value, 0, 0, "affirmed", "past", left_open=False, official=False, score=_OPEN, why=(HAD,)
        )


def _read(problem: ListedProblem, lexicon: Lexicon) -> Iterator[Weighed]:
    if problem.code is not None and lexicon.node(problem.code.value) is None:
        return  # a code of another kind, such as how it happened, says more than its words
    heading = _HEADING if problem.active else "Past history:\n"
    for each in weighed(heading + problem.words, lexicon):
        if each.status == "affirmed" and problem.active:
            each.why = (_LISTED, *(why for why in each.why if why != _LISTED))
        yield each
