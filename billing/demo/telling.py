"""What the demo says it made: the visits by where they stand, the findings by code, and how long it took."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from billing.demo.day import Done
from billing.models import ClaimRecord, Submission
from billing.services.claim_value import assemble, coding_of
from billing.services.judging import judge
from clinic.base import db
from clinic.models import Patient, Visit
from lab.demo.telling import summary

_STANDS = {
    "sent": "sent",
    "printed": "printed, to be mailed",
    "signed": "ready to send",
    "reviewed": "for the provider to sign",
    "coded": "for a reviewer",
    "coding": "with the biller, held by findings",
    "visit": "not begun",
    "dental": "dental, labelled and waiting",
}
"""Where a visit may stand, in the order of the table."""


def tell(practice_id: int, done: Sequence[Done], files: int, seconds: float) -> None:
    """Print the tables."""
    console = Console(width=110)
    console.print(_visits(done))
    console.print(_findings(practice_id))
    patients = len(db.session.scalars(select(Patient.id).where(Patient.practice_id == practice_id)).all())
    forms = Counter(db.session.scalars(select(Submission.form).where(Submission.practice_id == practice_id)))
    left = ", ".join(f"{count} × {form}" for form, count in sorted(forms.items()))
    console.print(f"{patients} patients, {len(done)} visits; left: {left or 'nothing'}")
    console.print(summary(practice_id), highlight=False)
    console.print(f"{files} files, {seconds:.1f} s in all")


def _visits(done: Sequence[Done]) -> Table:
    rows: defaultdict[str, list[Done]] = defaultdict(list)
    for each in done:
        rows[_stands(each)].append(each)
    table = Table(title="A week at Northlake Family Practice")
    table.add_column("stands")
    for head in ("visits", "charges", "seconds"):
        table.add_column(head, justify="right")
    table.add_column("claims")
    for stands, words in _STANDS.items():
        records = [db.session.get_one(ClaimRecord, each.claim_id) for each in rows[stands] if each.claim_id]
        table.add_row(
            words,
            str(len(rows[stands])),
            f"{sum(record.total_cents for record in records) / 100:,.2f}" if records else "",
            f"{sum(each.seconds for each in rows[stands]):.2f}",
            " ".join(record.number for record in records),
        )
    return table


def _stands(done: Done) -> str:
    if done.claim_id is None:
        visit = db.session.get_one(Visit, done.visit_id)
        return "dental" if visit.department == "dental" else "visit"
    record = db.session.get_one(ClaimRecord, done.claim_id)
    return record.preparation if record.journey == "none" else record.journey


def _findings(practice_id: int) -> Table:
    """Every finding on a claim that has not left, by code."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    waiting = select(ClaimRecord).where(ClaimRecord.practice_id == practice_id, ClaimRecord.journey == "none")
    for record in db.session.scalars(waiting):
        assembled = assemble(record)
        for missing in assembled.missing:
            found["missing", missing.field].add(record.number)
        if assembled.claim is not None:
            for finding in judge(assembled.claim, coding_of(record)).findings:
                found[finding.severity, finding.code].add(record.number)
    table = Table(title="What holds the others, by code")
    for head in ("severity", "code", "claims", "which"):
        table.add_column(head, justify="right" if head == "claims" else "left")
    for (severity, code), numbers in sorted(found.items()):
        table.add_row(severity, code, str(len(numbers)), " ".join(sorted(numbers)))
    return table
