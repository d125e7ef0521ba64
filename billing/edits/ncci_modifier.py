"""Two acts that are usually one need a modifier that says they were two."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import paired
from clinic.domain.words import N_


@edit(
    "NCC-02",
    title=N_("Act that needs a modifier beside another"),
    message=N_(
        "%(code)s is part of %(first)s on line %(other)s unless a modifier says they were apart; neither line has one."
    ),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].code"),
    when="case.bundled",
    once=True,
    makes_redundant=("GLB-01", "GLB-02"),
    source="NCCI Policy Manual for Medicare Services, chapter I; NCCI PTP edits of the quarter",
    since="2026-11-24",
)
def ncci_modifier(case: Case) -> Iterator[Fault]:
    """Two acts that are usually one need a modifier that says they were two.

    What it checks:
        No line has a column-2 code of an NCCI pair with modifier indicator 1 beside its column-1 code, same day and
        provider, without one of the NCCI modifiers on either line: 59, XE, XP, XS, XU, an anatomic one, 58, 78, 79,
        27, 91, or 24, 25, 57 on a visit.

    Why payers deny:
        The column-2 code is denied as included in the other. It is among the most frequent denials of all.

    How to fix:
        If they were apart (another session, site, organ or visit) and the note shows it, add the modifier to the
        act that is part of the other: 25 on a visit, LT or RT for a side, XE, XP, XS, XU or 59 else. If they were
        one, take the second off.
    """
    for bundle in case.bundled:
        if bundle.rule.indicator == "1" and not bundle.lifted_by:
            codes = case.codes
            yield at(
                f"acts[{bundle.second}].code",
                code=codes[bundle.second],
                first=codes[bundle.first],
                other=bundle.first + 1,
            )


_VISIT = line(number="2", code="99213")

FACTS = EXAMPLE_FACTS.ruled_by(paired("20610", "99213", "1"))
FAILS = (claim_with(acts=(line(code="20610"), _VISIT)),)
PASSES = (
    claim_with(acts=(line(code="20610"), line(number="2", code="99213", modifiers=("25",)))),
    claim_with(acts=(line(code="20610", modifiers=("RT",)), _VISIT)),
)
