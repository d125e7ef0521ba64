"""The cause goes with the injury."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    episode,
    icd10_values,
    is_later,
)
from clinic.domain.words import N_


@edit(
    "EXT-03",
    title=N_("Cause and injury in two episodes"),
    message=N_("%(code)s says first treatment, and the injuries are told as later ones."),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'later' in case.topics",
    source="ICD-10-CM Official Guidelines, section I.C.20.a.2",
    since="2026-11-25",
)
def cause_episode(claim: AnyClaim) -> Iterator[Fault]:
    """The cause goes with the injury.

    What it checks:
        An external cause has no seventh character A where all injuries of the claim are healing or have left something
        behind.

    Why payers deny:
        In nearly all cases the two characters agree. Where they do not, the claim says both first and later visit.

    How to fix:
        Give the cause the character of the injury, or leave it out at later visits.
    """
    values = icd10_values(claim)
    if is_later(values):
        for place, value in enumerate(values):
            if value[:1] in {"V", "W", "X", "Y"} and episode(value) == "A":
                yield at(f"part.diagnoses[{place}]", code=value)


FACTS = holding("S93401D W010XXD")
FAILS = (claim_with(diagnoses=icd10("S93401D", "W010XXA")),)
PASSES = (claim_with(diagnoses=icd10("S93401D", "W010XXD")),)
