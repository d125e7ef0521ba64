"""Loading tests from a CSV file: every row of it, or none."""

from __future__ import annotations

from datetime import date

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting
from lab.domain.catalogue import TestFacts
from lab.domain.catalogue_csv import Fault, read_tests
from lab.domain.whole_catalogue import differing
from lab.services.catalogue import catalogue_on
from lab.services.catalogue_versions import a_reason, add_version, of_the_practice

MOST_BYTES = 2_000_000


class Line(Value, frozen=True, kw_only=True):
    """What the file does to one test."""

    key: str
    what: str
    """``added``, ``changed`` or ``unchanged``."""
    fields: tuple[str, ...] = ()


class Report(Value, frozen=True, kw_only=True):
    """What came of a file, or would."""

    lines: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = ()

    def count(self, what: str) -> int:
        """How many tests were ``added``, ``changed`` or ``unchanged``."""
        return sum(line.what == what for line in self.lines)


def look_over_tests(actor: Actor, text: str, on: date, laboratory_id: int | None = None) -> Report:
    """What a file would do from a day on; nothing is changed."""
    return _report(actor, text, on, laboratory_id)[0]


def load_tests(actor: Actor, text: str, effective_on: date, reason: str, *, laboratory_id: int | None = None) -> Report:
    """Put the rows of a file into the catalogue from a day on, in one act. Where one is faulty, nothing is changed.

    Columns that the file has not stay as they are; an empty cell takes back what was stated.

    Raises:
        Refused: there is no reason, or the file is too long.
        Unknown: there is no such laboratory.
    """
    why = a_reason(reason)
    with acting(actor, "lab.catalogue") as work:
        of_the_practice(work, laboratory_id)
        report, tests = _report(actor, text, effective_on, laboratory_id)
        if report.faults:
            work.journal("practice", actor.practice_id, detail=f"lab_tests refused faults={len(report.faults)}")
            return report
        for line in report.lines:
            if line.what != "unchanged":
                add_version(work, tests[line.key], effective_on, why, laboratory_id)
        work.journal("practice", actor.practice_id, detail=f"lab_tests_loaded rows={len(report.lines)}")
    return report


def as_text(content: bytes, where: str) -> str:
    """A file's bytes as text.

    Raises:
        Refused: it is not UTF-8, or too long.
    """
    if len(content) > MOST_BYTES:
        raise Refused(N_("This file is larger than %(most)s bytes."), where=where, most=MOST_BYTES)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            N_("Byte %(place)s is not UTF-8."),
            where=where,
            remedy=N_("Save the file as CSV in UTF-8."),
            place=error.start + 1,
        ) from None


def _report(actor: Actor, text: str, on: date, laboratory_id: int | None) -> tuple[Report, dict[str, TestFacts]]:
    catalogue = catalogue_on(actor.practice_id, on, laboratory_id)
    tests, faults = read_tests(text, catalogue.holders, catalogue.questions, catalogue.tests)
    lines = []
    for key, test in tests.items():
        before = catalogue.tests.get(key)
        fields = () if before is None else tuple(differing(before, test))
        what = "added" if before is None else "changed" if fields else "unchanged"
        lines.append(Line(key=key, what=what, fields=fields))
    return Report(lines=tuple(lines), faults=faults), tests
