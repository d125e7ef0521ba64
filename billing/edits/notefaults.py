"""Faults by what the notes of ICD-10-CM say of the diagnoses of a claim together: at the diagnosis, with the note."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at
from billing.edits.facts import AnyClaim
from billing.edits.noted import NOT_NOTED, Demanded, NoteRule

_LONGEST = 160
"""So much of a note is told; lists of examples are longer."""


def excluding(claim: AnyClaim, case: Case, how: str) -> Iterator[Fault]:
    """Pairs that an excludes1 note keeps apart, told at the later of the two."""
    diagnoses = claim.part.diagnoses
    for each in (case.noted or NOT_NOTED).excluded:
        if each.how == how:
            yield at(
                f"part.diagnoses[{max(each.at, each.other)}]",
                code=diagnoses[each.at].value,
                other=diagnoses[each.other].value,
                **_said(each.rule),
            )


def demanding(claim: AnyClaim, demanded: tuple[Demanded, ...], how: str) -> Iterator[Fault]:
    """Diagnoses whose note is not kept."""
    diagnoses = claim.part.diagnoses
    for each in demanded:
        if each.how == how:
            other = {} if each.other is None else {"other": diagnoses[each.other].value}
            yield at(f"part.diagnoses[{each.at}]", code=diagnoses[each.at].value, **other, **_said(each.rule))


def siding(claim: AnyClaim, case: Case, how: str) -> Iterator[Fault]:
    """Pairs that differ in the side of the body alone, told at the one that is too much."""
    diagnoses = claim.part.diagnoses
    for each in (case.noted or NOT_NOTED).sides:
        if each.how == how:
            code, other = diagnoses[each.at].value, diagnoses[each.other].value
            both = {} if each.both is None else {"both": each.both}
            yield at(f"part.diagnoses[{each.at}]", code=code, other=other, **both)


def _said(rule: NoteRule) -> dict[str, str]:
    text = rule.text
    return {"owner": rule.owner, "note": text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"}
