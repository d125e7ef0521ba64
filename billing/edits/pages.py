"""The catalogue as pages of the documentation: one an edit, and an index. Pure text: whoever calls writes the files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from billing.edits.catalogue import Difference, Row, Translate, rows
from billing.edits.example import JUDGED_ON
from billing.edits.registry import Edit
from clinic.domain.words import N_

SEVERITY = {"block": N_("Blocks"), "warn": N_("Warns"), "advise": N_("Advises")}
SCOPE = {"claim": N_("the claim"), "line": N_("each line"), "pair": N_("each two lines")}

_TITLE = N_("Edits")
_INTRODUCTION = N_(
    "What is checked before a claim leaves. Codes are permanent. A block would be refused before adjudication or says "
    "what is false; a warning is probably denied, or facts outside the claim decide; advice could make it better."
)
_CODE, _SEVERITY, _CHECKED, _BOX, _PLACE, _SINCE = (
    N_("Code"),
    N_("Severity"),
    N_("Looks at"),
    N_("Box"),
    N_("X12"),
    N_("Since"),
)
_FAULT, _MESSAGE, _CHECKS, _WHY, _FIX = (
    N_("Fault"),
    N_("Message"),
    N_("What it checks"),
    N_("Why payers deny"),
    N_("How to fix"),
)
_FAILS, _PASSES = N_("Example that fails"), N_("Example that passes")
_CLEAN, _FIELD, _CLAIM, _EXAMPLE = (
    N_("The clean claim as it is."),
    N_("Field"),
    N_("Clean claim"),
    N_("Example"),
)
_SOURCE, _PAYERS, _CODES, _SAYS_MORE, _JUDGED = (
    N_("Source"),
    N_("Only for"),
    N_("Only for acts"),
    N_("Says more than"),
    N_("Judged on"),
)
_FIELDS, _EVERY_TEXT, _FILE = N_("Fields"), N_("every text of the claim"), N_("File")

WORDS = (
    *SEVERITY.values(),
    *SCOPE.values(),
    *(_TITLE, _INTRODUCTION, _CODE, _SEVERITY, _CHECKED, _BOX, _PLACE, _SINCE, _FAULT, _MESSAGE, _CHECKS, _WHY, _FIX),
    *(_FAILS, _PASSES, _CLEAN, _FIELD, _CLAIM, _EXAMPLE, _SOURCE, _PAYERS, _CODES, _SAYS_MORE, _JUDGED, _FIELDS),
    *(_EVERY_TEXT, _FILE),
)
"""The words of the pages themselves."""


_ROWS = 12
"""An example of fifty lines is told by the first few."""
_NAME = re.compile(r"%\((\w+)\)s")


def pages(edits: Iterable[Edit], translate: Translate) -> dict[str, str]:
    """Markdown by file name: ``README.md`` is the index, ``PTR-01.md`` an edit."""
    found = list(rows(edits, translate))
    return {"README.md": index(found, translate), **{f"{row.code}.md": page(row, translate) for row in found}}


def index(found: Sequence[Row], translate: Translate) -> str:
    """The table of all edits."""
    heads = [translate(each) for each in (_CODE, _SEVERITY, _FAULT, _CHECKED, _BOX, _PLACE)]
    lines = [f"# {translate(_TITLE)}", "", translate(_INTRODUCTION), "", *_table(heads)]
    lines += [
        _cells(
            f"[{row.code}]({row.code}.md)",
            translate(SEVERITY[row.severity]),
            row.title,
            translate(SCOPE[row.scope]),
            _boxes(row),
            _elements(row),
        )
        for row in found
    ]
    return _text(lines)


def page(row: Row, translate: Translate) -> str:
    """One edit."""
    fields = ", ".join(f"`{each}`" for each in row.fields) or translate(_EVERY_TEXT)
    facts = [
        (_SEVERITY, translate(SEVERITY[row.severity])),
        (_CHECKED, translate(SCOPE[row.scope])),
        (_PAYERS, ", ".join(f"`{each}`" for each in row.payers)),
        (_CODES, " ".join(row.trigger_codes)),
        (_FIELDS, fields),
        (_BOX, _boxes(row)),
        (_PLACE, _elements(row)),
        (_SAYS_MORE, ", ".join(f"[{each}]({each}.md)" for each in row.makes_redundant)),
        (_SOURCE, row.source),
        (_SINCE, row.since.isoformat()),
        (_FILE, f"`billing/edits/{row.module}.py`"),
    ]
    lines = [f"# {row.code}: {row.title}", "", row.summary, ""]
    lines += [f"- **{translate(name)}**: {value}" for name, value in facts if value]
    for heading, text in (
        (_MESSAGE, f"> {_shown(row.message)}"),
        (_CHECKS, row.checks),
        (_WHY, row.why),
        (_FIX, row.fix),
    ):
        lines += ["", f"## {translate(heading)}", "", text]
    for heading, examples in ((_FAILS, row.fails), (_PASSES, row.passes)):
        lines += ["", f"## {translate(heading)}"]
        if row.judged_on != JUDGED_ON:
            lines += ["", f"{translate(_JUDGED)} {row.judged_on.isoformat()}."]
        for each in examples:
            lines += ["", *_example(each, translate)]
    return _text(lines)


def _example(found: Sequence[Difference], translate: Translate) -> Iterator[str]:
    if not found:
        yield translate(_CLEAN)
        return
    yield from _table([translate(each) for each in (_FIELD, _CLAIM, _EXAMPLE)])
    for each in found[:_ROWS]:
        yield _cells(f"`{each.field}`", _code(each.clean), _code(each.example))
    if len(found) > _ROWS:
        yield _cells("…", "…", "…")


def _code(text: str | None) -> str:
    if text is None:
        return "-"
    return f"`{text if len(text) <= 300 else text[:300] + ' …'}`"


def _shown(message: str) -> str:
    """A message with the names of what fills it set off."""
    return _NAME.sub(r"*\1*", message)


def _boxes(row: Row) -> str:
    return ", ".join(dict.fromkeys(place.box for place in row.places if place.box))


def _elements(row: Row) -> str:
    found = (f"{place.loop} {place.element or place.segment}" for place in row.places if place.loop)
    return ", ".join(dict.fromkeys(found))


def _table(heads: Sequence[str]) -> list[str]:
    return [_cells(*heads), _cells(*("---" for _ in heads))]


def _cells(*cells: str) -> str:
    safe = (cell.replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(safe)} |"


def _text(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"
