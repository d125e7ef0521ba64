"""Claims with the diagnoses of the examples that edits fail by, and the notes by which these are judged."""

from random import Random

import msgspec

from billing.domain.professional import ProfessionalClaim
from billing.edits import EDITS
from billing.edits.example import DAY
from billing.edits.examplenotes import ExampleNote, ExampleNotes, ExampleTold

replace = msgspec.structs.replace


def all_notes() -> ExampleNotes:
    """The notes of all examples in one."""
    notes: dict[ExampleNote, None] = {}
    told: dict[str, ExampleTold] = {}
    for each in EDITS.values():
        tables = each.facts.tables(DAY, "practitioner")
        if tables is not None and isinstance(tables.notes, ExampleNotes):
            notes.update(dict.fromkeys(tables.notes.notes))
            told.update(tables.notes.said)
    return ExampleNotes(tuple(notes), told)


_EXAMPLES = [
    claim
    for each in EDITS.values()
    if "diagnoses" in each.declared.fields[0] or each.code[:3] in {"LAT", "CFS"} or each.code == "DIA-21"
    for claim in each.fails
    if claim.kind == "professional"
]


def with_diagnoses(claim: ProfessionalClaim, rng: Random, number: int | None = None) -> ProfessionalClaim:
    """The claim with the diagnoses of an example, and with the pointers and modifiers of its first line.

    Numbers go through the examples in turn.
    """
    example = rng.choice(_EXAMPLES) if number is None else _EXAMPLES[number % len(_EXAMPLES)]
    first = example.acts[0].part if example.acts else None
    acts = claim.acts
    if first is not None:
        acts = tuple(
            replace(act, part=replace(act.part, pointers=first.pointers, modifiers=first.modifiers)) for act in acts
        )
        if rng.random() < 0.5:
            acts = tuple(replace(act, code=example.acts[0].code) for act in acts)
    return replace(claim, frequency="1", acts=acts, part=replace(claim.part, diagnoses=example.part.diagnoses))
