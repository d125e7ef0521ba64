"""Coverage rules that a practice types from the policies of its payers: docs/coverage.md shows the table.

One file is the whole table: a release judges the days from its first one, and the next release takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clinic.codes.coverage import LIFETIME, SHAPE, CoverageFile, Row, Span, coverage_sections, edges
from clinic.codes.delimited import ENDINGS, Column, Record, Table, dated
from clinic.codes.kind import Draft, Kind, Wish, edition_of
from clinic.codes.named_days import day_named
from clinic.codes.source_file import Source, SourceFile
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_ACT = re.compile(r"[0-9A-Za-z]{1,7}(?:\s*-\s*[0-9A-Za-z]{1,7})?")
_CODE = r"[A-Za-z][0-9A-Za-z]{2}(?:\.?[0-9A-Za-z]{1,4})?"
_DIAGNOSIS = re.compile(rf"{_CODE}(?:\.?[*-]|\s*-\s*{_CODE})?")
_NUMBER = re.compile(r"\d{1,4}")
_COLUMNS = (
    Column("policy", ("policy",), re.compile(r".{1,60}"), needed=True, says=N_("the name of a policy")),
    Column("filing", ("filing",), re.compile(r"[0-9A-Za-z]{2}"), optional=True, says=N_("a claim filing indicator")),
    Column("payer", ("payer",), re.compile(r"[0-9A-Za-z-]{2,40}"), optional=True, says=N_("the number of a payer")),
    Column("act", ("act",), _ACT, needed=True, says=N_("the code of an act, or a range of them")),
    Column("rule", ("rule",), re.compile(r"supports|never|frequency", re.IGNORECASE), needed=True,
           says=N_("supports, never or frequency")),
    Column("diagnosis", ("diagnosis",), _DIAGNOSIS, optional=True,
           says=N_("a diagnosis, a range of them, or a beginning with a star")),
    Column("times", ("times",), _NUMBER, optional=True, says=N_("a number of units")),
    Column("per", ("per",), re.compile(r"\d{1,4}|lifetime", re.IGNORECASE), optional=True,
           says=N_("a number of days, or lifetime")),
    Column("from", ("from",), optional=True),
    Column("to", ("to",), optional=True),
    Column("source", ("source",), re.compile(r".{1,300}"), optional=True, says=N_("where it is written")),
)  # fmt: skip
_REMEDY = N_("Correct the file; docs/coverage.md shows the columns.")


def _read(source: Source, wish: Wish) -> list[Draft]:
    file = source.one(*ENDINGS, pattern="cover")
    release = edition_of(KIND, wish, file.name, start=day_named(file.name) or day_named(source.paths[0].name))
    body = coverage_sections(read_coverage(file))
    if not body.rows:
        raise Refused(N_("no rule was found in this file."), where=file.name, remedy=_REMEDY)
    return [Draft(release, body)]


def read_coverage(file: SourceFile) -> Iterator[Row]:
    """The rules of a file, in its order, one at a time.

    Raises:
        Refused: a line is none; it is named.
    """
    table = Table(file, _COLUMNS, strict=True, remedy=_REMEDY)
    for record in table.records():
        yield _row(table, record)


def _row(table: Table, record: Record) -> Row:
    cells = record.cells
    rule = cells["rule"].lower()
    times, per = _often(table, record, rule)
    since, until = dated(table, record, "from", "from"), dated(table, record, "to", "to")
    if since is not None and until is not None and until < since:
        raise table.refusal(N_("the last day lies before the first."), record.line, "to")
    if rule == "supports" and not cells["diagnosis"]:
        raise table.refusal(N_("no diagnosis is named that supports it."), record.line, "diagnosis")
    return Row(
        policy=cells["policy"],
        source=cells["source"],
        filing=cells["filing"].upper(),
        payer=cells["payer"].upper(),
        acts=_span(table, record, "act"),
        rule=rule,
        diagnoses=_span(table, record, "diagnosis") if cells["diagnosis"] else None,
        times=times,
        per=per,
        since=since,
        until=until,
    )


def _often(table: Table, record: Record, rule: str) -> tuple[int, int]:
    """Units, and the days they are for."""
    times, per = record.cells["times"], record.cells["per"].lower()
    if rule != "frequency":
        if times or per:
            raise table.refusal(N_("how often belongs to rows of frequency."), record.line, "times" if times else "per")
        return 0, LIFETIME
    if not times or not per:
        raise table.refusal(N_("a frequency needs both: how often, and in how many days."), record.line, "times")
    days = LIFETIME if per == "lifetime" else int(per)
    if not int(times) or (per != "lifetime" and not days):
        raise table.refusal(N_("how often, and in how many days, are counted from one."), record.line, "times")
    return int(times), days


def _span(table: Table, record: Record, key: str) -> Span:
    """What a cell names: one code, a range of them, or (a diagnosis) all that begin so."""
    text = record.cells[key].replace(".", "").replace(" ", "").upper()
    first, _, last = text.rstrip("*").partition("-")
    if text.endswith(("*", "-")):
        span = Span(first, first)
    else:
        span = Span(first, last or first, key == "diagnosis" and bool(last))
    low, high = edges(span)
    if high < low:
        raise table.refusal(N_("the range ends before it begins."), record.line, key)
    if last and key == "act" and len(first) != len(last):
        raise table.refusal(N_("both ends of a range are of one length."), record.line, key)
    return span


KIND = Kind(
    key="coverage",
    systems=("coverage",),
    title="Coverage rules",
    licence="The practice's own table, typed from the policies of its payers",
    origin=N_("The practice types it from the coverage policies of its payers: one file is the whole table."),
    layout=N_(
        "A table with the columns policy, filing, payer, act, rule (supports, never, frequency), diagnosis, times, "
        "per, from, to and source; docs/coverage.md says what stands in each. A column that is none of these is "
        "refused by name."
    ),
    months=12,
    read=_read,
    shape=SHAPE,
    opener=CoverageFile,
)
