"""To which ordered test a report from elsewhere belongs. Identity is never guessed: what is not certain, a person says.

A report is matched where exactly one open line fits it by our order's or container's number, test and person, or,
without our numbers, by last and first name, birth date and test. One contradiction keeps it waiting.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.domain.incoming import Report, folded
from lab.domain.order_story import REPORTED

Mark = Literal["same", "differs", "unsaid"]


class Candidate(Value, frozen=True, kw_only=True):
    """A line that was ordered, with what a report may name it by."""

    line_id: int
    order_id: int
    order_number: str
    patient_id: int
    last: str
    chart_number: str
    test: str
    test_name: str
    state: str
    in_house: bool = False
    first: str | None = None
    birth: date | None = None
    sex: str | None = None
    loinc: str | None = None
    containers: tuple[str, ...] = ()
    ordered_on: date | None = None
    collected_on: date | None = None


class Difference(NamedTuple):
    """One thing both sides say, side by side."""

    words: str
    theirs: str
    ours: str
    mark: Mark


class Fit(NamedTuple):
    """A candidate and how it stands to the report."""

    candidate: Candidate
    differences: tuple[Difference, ...]
    number: bool
    """One of our numbers names it."""
    test: bool
    person: Mark
    score: int


OPEN = frozenset({"active"}) | REPORTED
"""States of a line that a report may be put to; a reported one is corrected by it."""


def fit(report: Report, candidate: Candidate) -> Fit:
    """How a line stands to a report."""
    person = report.person
    numbered = candidate.order_number in report.order_numbers
    contained = bool(set(candidate.containers) & set(report.container_numbers))
    tested = bool(candidate.loinc and candidate.loinc in report.loincs) or any(
        folded(code.code) == folded(candidate.test) for code in report.codes
    )
    rows = (
        _row(N_("Last name"), person.last, candidate.last),
        _row(N_("First name"), person.first, candidate.first),
        _row(N_("Born"), _day(person.birth), _day(candidate.birth)),
        _row(N_("Sex"), person.sex, candidate.sex),
        _any(N_("Chart"), person.numbers, (candidate.chart_number,)),
        _any(N_("Order"), report.order_numbers, (candidate.order_number,)),
        _any(N_("Container"), report.container_numbers, candidate.containers),
        Difference(
            N_("Test"),
            next((code.text or code.code for code in report.codes), ""),
            candidate.test_name,
            "same" if tested else "differs",
        ),
    )
    who = _who(rows)
    score = 8 * (numbered or contained) + 4 * tested + {"same": 4, "unsaid": 0, "differs": -6}[who]
    score += (candidate.state == "active") + 2 * (rows[0].mark == "same") + 2 * (rows[2].mark == "same")
    return Fit(candidate, rows, numbered or contained, tested, who, score)


def _who(rows: Sequence[Difference]) -> Mark:
    """The person: the same where last and first name and birth date agree and nothing of them differs."""
    last, first, born, sex = rows[:4]
    # a chart number of the sender's own may stand where ours would: it never contradicts
    if "differs" in {last.mark, first.mark, born.mark, sex.mark}:
        return "differs"
    return "same" if (last.mark, first.mark, born.mark) == ("same", "same", "same") else "unsaid"


def _row(words: str, theirs: str | None, ours: str | None) -> Difference:
    if not theirs or not ours:
        return Difference(words, theirs or "", ours or "", "unsaid")
    return Difference(words, theirs, ours, "same" if folded(theirs) == folded(ours) else "differs")


def _any(words: str, theirs: Sequence[str], ours: Sequence[str]) -> Difference:
    said, have = ", ".join(theirs), ", ".join(ours)
    if not theirs or not ours:
        return Difference(words, said, have, "unsaid")
    return Difference(words, said, have, "same" if set(theirs) & set(ours) else "differs")


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def certain(report: Report, candidates: Sequence[Candidate]) -> Candidate | None:
    """The one line the report belongs to without doubt; None where a person has to say."""
    fits = [each for each in (fit(report, one) for one in candidates) if each.test and each.person == "same"]
    fits = [each for each in fits if each.candidate.state in OPEN and not each.candidate.in_house]
    if report.order_numbers or report.container_numbers:
        fits = [each for each in fits if each.number and _numbers_agree(each)]
    elif len({each.candidate.patient_id for each in fits}) > 1:
        return None
    else:
        # without our number a report that is in already could be meant: only what is awaited is certain
        fits = [each for each in fits if each.candidate.state == "active"]
    return fits[0].candidate if len(fits) == 1 else None


def _numbers_agree(each: Fit) -> bool:
    """Neither the order's nor a container's number contradicts."""
    return all(row.mark != "differs" for row in each.differences[5:7])


def nearest(report: Report, candidates: Sequence[Candidate], most: int = 8) -> list[Fit]:
    """Lines a person may choose from, the likeliest first."""
    fits = [each for each in (fit(report, one) for one in candidates) if each.score > 0]
    return sorted(fits, key=lambda each: (-each.score, -each.candidate.line_id))[:most]
