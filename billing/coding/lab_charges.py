"""What the bench did, as what is billed for it: pure, from facts to lines without a price.

- One draw a visit and way of drawing (36415 by venipuncture, 36416 by finger or heel), however many tubes.
- A test run in house under a certificate of waiver bears QW, but for nine numbers that need none (CMS).
- A further run of the same number on the same day is a repeat (91); a further target of one test is distinct (59), and
  so is a run on a specimen from another site: each performed instance stands for itself.
- A test that another laboratory ran and the practice bills for bears 90.
- One for which the patient signed a notice that the payer may not pay, and wants the payer to be asked, bears GA, or GX
  and GY where the notice said that it is never a benefit. Where the patient pays and the payer is not asked, it goes on
  no claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from lab.domain.charges import LabCharge, LabFact

DRAWS = {"venipuncture": "36415", "capillary": "36416"}

WITHOUT_QW = frozenset({"81002", "81025", "82270", "82272", "82962", "83026", "84830", "85013", "85651"})
"""Waived numbers that take no QW (CMS list, reference/lab.md section 9)."""

REQUIRED, VOLUNTARY = ("GA",), ("GX", "GY")
"""Modifiers of a notice that the payer asks for, and of one given of the practice's own accord."""

WAIVED, OUTSIDE, REPEATED, DISTINCT = "QW", "90", "91", "59"


def lab_charges(facts: Sequence[LabFact]) -> tuple[LabCharge, ...]:
    """The lines that facts make: draws first, then tests in the order they were told."""
    return (*_draws(facts), *_tests(facts))


def _draws(facts: Sequence[LabFact]) -> Iterator[LabCharge]:
    seen: dict[tuple[str, str], LabFact] = {}
    diagnoses: dict[tuple[str, str], dict[str, None]] = {}
    for fact in facts:
        if fact.drawn is None:
            continue
        key = (fact.visit, fact.drawn)
        seen.setdefault(key, fact)
        diagnoses.setdefault(key, {}).update(dict.fromkeys(fact.diagnoses))
    for (visit, drawn), fact in seen.items():
        told = tuple(diagnoses[visit, drawn])
        yield LabCharge(visit=visit, on=fact.on, code=DRAWS[drawn], units=1, diagnoses=told)


def _tests(facts: Sequence[LabFact]) -> Iterator[LabCharge]:
    sites: dict[tuple[str, date, str, bool], set[str | None]] = {}
    for fact in facts:
        self_pay = fact.notice == "self_pay"
        for code in fact.procedures:
            # what no claim bears repeats nothing on one
            before = sites.setdefault((fact.visit, fact.on, code, self_pay), set())
            elsewhere = fact.site is not None and None not in before and fact.site not in before
            again = [DISTINCT if elsewhere else REPEATED] if before else []
            before.add(fact.site)
            for target in range(fact.targets or 1):
                modifiers = (
                    *([WAIVED] if fact.waived and not fact.outside and code not in WITHOUT_QW else []),
                    *([OUTSIDE] if fact.outside else []),
                    *([DISTINCT] if target else again),
                    *_noticed(fact),
                )
                yield LabCharge(
                    visit=fact.visit,
                    on=fact.on,
                    code=code,
                    units=1,
                    modifiers=modifiers,
                    diagnoses=fact.diagnoses,
                    clia=fact.clia,
                    tests=(fact.test,) if fact.test else (),
                    self_pay=self_pay,
                )


def _noticed(fact: LabFact) -> tuple[str, ...]:
    if fact.notice != "ask_payer":
        return ()
    return VOLUNTARY if fact.excluded else REQUIRED
