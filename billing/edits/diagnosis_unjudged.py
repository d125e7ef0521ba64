"""No release of the code set is loaded at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.code import ICD9CM, Code
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "DIA-08",
    title=N_("No release of the code set is loaded"),
    message=N_("No release is loaded that could judge the diagnoses on %(date)s."),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses",),
    when="case.doubtful",
    kinds=("professional", "dental"),
    source="45 CFR 162.1002",
    since="2026-11-24",
)
def diagnosis_unjudged(case: Case) -> Iterator[Fault]:
    """A diagnosis can be judged only where its code set is loaded.

    What it checks:
        At least one release of the code set of each diagnosis is loaded.

    Why payers deny:
        They do not deny for this. But nobody here has seen whether the codes exist.

    How to fix:
        Load a release of the code set with "flask codes load", or look the codes up by hand.
    """
    for status in case.judged:
        if not status.release:
            yield at(date=f"{case.day}")
            return


_EARLY = (line(service=Period(date(2012, 5, 7))),)

FAILS = (claim_with(diagnoses=(Code(ICD9CM, "4019"),), acts=_EARLY, frequency="8", replaces="2012060001234"),)
PASSES = (claim_with(frequency="7", replaces="2012060001234"),)
