"""The catalogue's three tables as CSV: read row by row with what is wrong where, and written back."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.domain.catalogue import Holder, TestFacts
from lab.domain.catalogue_fields import FIELDS, Told, read_cell, write_cell
from lab.domain.catalogue_rules import faults
from lab.domain.questions import Question

MOST_ROWS = 5000


class Fault(Value, frozen=True, kw_only=True):
    """What is wrong in one row. ``line`` counts from 1, the heading's line; ``field`` is a column, "" the whole row."""

    line: int
    field: str
    what: str
    params: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """English, in one line, for the command line."""
        place = f"line {self.line}" + (f", {self.field}" if self.field else "")
        return f"{place}: {self.what % dict(self.params)}"


class Row(Value, frozen=True, kw_only=True):
    """One row as it was stated: only the columns the file has."""

    line: int
    key: str
    facts: dict[str, Any]


class Table(Value, frozen=True, kw_only=True):
    """A file that was read: its good rows and all its faults."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_rows(text: str) -> Table:
    """Rows of a tests file. Columns are named as the fields are, in any order; only ``key`` must be there."""
    try:
        lines = list(_lines(text))
    except csv.Error as error:
        return Table(
            faults=(Fault(line=1, field="", what=N_("It is no CSV: %(why)s."), params=(("why", str(error)),)),)
        )
    if not lines:
        return Table(faults=(Fault(line=1, field="", what=N_("The file is empty.")),))
    _, heading = lines[0]
    found = tuple(_heading(heading))
    if found:
        return Table(faults=found)
    rows: list[Row] = []
    wrong: list[Fault] = []
    seen: dict[str, int] = {}
    for line, cells in lines[1 : MOST_ROWS + 1]:
        facts, bad = _row(line, heading, cells)
        key = facts.get("key")
        if isinstance(key, str) and key in seen:
            bad.append(_fault(line, "key", (N_("It stands in line %(line)s already."), (("line", str(seen[key])),))))
        wrong += bad
        if isinstance(key, str):
            seen.setdefault(key, line)
            if not bad:
                rows.append(Row(line=line, key=key, facts=facts))
    if len(lines) > MOST_ROWS + 1:
        what = N_("It has more than %(count)s rows.")
        wrong.append(Fault(line=MOST_ROWS + 2, field="", what=what, params=(("count", str(MOST_ROWS)),)))
    return Table(rows=tuple(rows), faults=tuple(wrong))


def read_tests(
    text: str,
    holders: Mapping[str, Holder],
    questions: Collection[str],
    base: Mapping[str, TestFacts] | None = None,
) -> tuple[dict[str, TestFacts], tuple[Fault, ...]]:
    """Whole tests: each row laid over the test of its key in ``base``. What is faulty is left out and told."""
    table = read_rows(text)
    base = base or {}
    tests: dict[str, TestFacts] = {}
    wrong = list(table.faults)
    known = {*base, *(row.key for row in table.rows)}
    for row in table.rows:
        test, told = assemble(base.get(row.key), row.facts)
        found = [_fault(row.line, field, why) for field, why in told]
        if test is not None:
            found += [_fault(row.line, field, why) for field, why in faults(test, holders, questions, known)]
        wrong += found
        if test is not None and not found:
            tests[row.key] = test
    return tests, tuple(sorted(wrong, key=lambda each: each.line))


def assemble(base: TestFacts | None, differing: Mapping[str, Any]) -> tuple[TestFacts | None, list[tuple[str, Told]]]:
    """A test of what a base says and what differs; None with the needed fields that nobody states."""
    stated: dict[str, Any] = {} if base is None else msgspec.to_builtins(base)
    stated.update(differing)
    missing = [name for name, field in FIELDS.items() if field.needed and stated.get(name) in (None, "", (), [])]
    if missing:
        return None, [(name, (N_("It is needed."), ())) for name in missing]
    kept = {name: value for name, value in stated.items() if value is not None}
    return msgspec.convert(kept, TestFacts), []


def write_tests(tests: Iterable[TestFacts]) -> str:
    """All fields of some tests as CSV, in the order of the columns. ``read_tests`` reads it back to the same."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows([write_cell(getattr(test, name)) for name in FIELDS] for test in tests)
    return out.getvalue()


def read_holders(text: str) -> dict[str, Holder]:
    """The shipped table of containers.

    Raises:
        msgspec.ValidationError: a cell is not of its kind; the table comes with the program, so that is a bug.
    """
    names = {field.name for field in msgspec.structs.fields(Holder)}
    holders = {}
    for row in csv.DictReader(io.StringIO(text)):
        cells: dict[str, Any] = {name: cell for name, cell in row.items() if name in names and cell}
        for name in ("gel", "serves_one"):
            cells[name] = cells.get(name) == "yes"
        if "pieces" in cells:
            cells["pieces"] = cells["pieces"].split("|")
        holder = msgspec.convert(cells, Holder, strict=False)
        holders[holder.key] = holder
    return holders


def read_questions(text: str) -> dict[str, Question]:
    """The shipped table of questions.

    Raises:
        msgspec.ValidationError: as ``read_holders``.
    """
    questions = {}
    for row in csv.DictReader(io.StringIO(text)):
        cells: dict[str, Any] = {**row, "options": row["options"].split("|") if row["options"] else []}
        question = msgspec.convert(cells, Question)
        questions[question.key] = question
    return questions


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each begins on; empty ones are skipped."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = reader.line_num + 1


def _heading(heading: list[str]) -> Iterator[Fault]:
    for number, name in enumerate(heading):
        if name not in FIELDS:
            yield _fault(1, name[:40], (N_("There is no such column."), ()))
        elif name in heading[:number]:
            yield _fault(1, name, (N_("The column stands twice."), ()))
    if "key" not in heading:
        yield _fault(1, "key", (N_("The column is missing."), ()))


def _row(line: int, heading: list[str], cells: list[str]) -> tuple[dict[str, Any], list[Fault]]:
    if len(cells) != len(heading):
        what = N_("It has %(cells)s cells, the heading %(columns)s.")
        return {}, [_fault(line, "", (what, (("cells", str(len(cells))), ("columns", str(len(heading))))))]
    facts: dict[str, Any] = {}
    wrong = []
    for name, cell in zip(heading, cells, strict=True):
        value, told = read_cell(FIELDS[name], cell)
        if told is not None:
            wrong.append(_fault(line, name, told))
        else:
            facts[name] = value
    return facts, wrong


def _fault(line: int, field: str, told: Told) -> Fault:
    what, params = told
    return Fault(line=line, field=field, what=what, params=params)
