"""``flask edi``: X12 files read, with a verdict on their form and their sums."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import msgspec
from flask.cli import AppGroup

from billing.domain.claim import Claim
from billing.x12 import Fault, Reading, ReadTransaction, read_837
from clinic.cli.refusing import refusing
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

group = AppGroup("edi", help="X12 files: read and judged.")


@group.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One object a transaction.")
@refusing
def read(file: Path, *, as_json: bool) -> None:
    """Read FILE, an 837P (005010X222A1) or 837D (005010X224A2): what is in it, whether form and sums are right.

    Exit code 1 if something is wrong in it, 2 if it is not such a file.
    """
    reading = _read(file)
    rows = [_row(file, reading, each) for each in reading.transactions] or [_row(file, reading, None)]
    for row in rows:
        if as_json:
            click.echo(msgspec.json.encode(row).decode())
        else:
            _show(row)
    sys.exit(0 if reading.ok else 1)


def _read(file: Path) -> Reading:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise Refused(
            N_("The file cannot be read: %(why)s."),
            where=str(file),
            remedy=N_("Give the path of a file that is there."),
            why=error.strerror or "",
        ) from None
    reading = read_837(data)
    for fault in reading.envelope:
        if fault.code == "TA105-022":
            raise Refused(
                N_("This is not an X12 file: it does not begin with an ISA segment."),
                where=str(file),
                remedy=N_("Give the file as it was received."),
            )
        if fault.code == "IK502-1":
            said = dict(fault.params)
            raise Refused(
                N_("Transaction %(transaction)s %(version)s is not read here."),
                where=f"{file}, segment {fault.segment_number}",
                remedy=N_("What is read is 837 005010X222A1, professional claims, and 005010X224A2, dental claims."),
                transaction=said["transaction"],
                version=said["version"],
            )
    return reading


def _row(file: Path, reading: Reading, transaction: ReadTransaction | None) -> dict[str, Any]:
    """One transaction, with the faults of the envelopes that name it, and of those that name none."""
    control = transaction.control if transaction else None
    faults = [fault for fault in reading.envelope if fault.transaction in (control, None)]
    claims = transaction.claims if transaction else ()
    if transaction:
        faults = sorted([*faults, *transaction.errors], key=lambda fault: fault.segment_number)
    return {
        "file": str(file),
        "transaction": f"{transaction.kind} {transaction.version} {transaction.control}" if transaction else None,
        "ok": not faults,
        "balanced": all(claim.charged() == claim.total for claim in claims),
        "errors": [_error(fault) for fault in faults],
        "claims": [_claim(claim) for claim in claims],
        "unmapped": [
            {"segment": each.segment_number, "loop": each.loop, "element": each.element, "text": each.text}
            for each in (transaction.unmapped if transaction else ())
        ],
    }


def _error(fault: Fault) -> dict[str, Any]:
    return {
        "code": fault.code,
        "segment": fault.segment,
        "element": fault.element,
        "message": str(fault),
        "number": fault.segment_number,
        "loop": fault.loop,
        "claim": fault.claim,
    }


def _claim(claim: Claim[Any, Any]) -> dict[str, Any]:
    return {
        "claim": claim.number,
        "kind": claim.kind,
        "total": claim.total.cents,
        "currency": claim.total.currency,
        "lines": len(claim.acts),
        "balanced": claim.charged() == claim.total,
    }


def _show(row: dict[str, Any]) -> None:
    verdict = "in order" if row["ok"] else f"{len(row['errors'])} errors"
    sums = "sums agree" if row["balanced"] else "sums differ"
    click.echo(f"{row['transaction'] or 'no transaction'}: {len(row['claims'])} claims, {verdict}, {sums}.")
    for claim in row["claims"]:
        units, rest = divmod(claim["total"], 100)
        note = "" if claim["balanced"] else "  the lines add up to something else"
        click.echo(f"  {claim['claim']:<38} {units:>9}.{rest:02d} {claim['currency']}  {claim['lines']:>2} lines{note}")
    for error in row["errors"]:
        place = " ".join(part for part in (error["loop"], error["element"] or error["segment"]) if part)
        claim = f", claim {error['claim']}" if error["claim"] else ""
        click.echo(f"  {error['code']:<10} segment {error['number']}, {place}{claim}: {error['message']}")
    if row["unmapped"]:
        click.echo(
            f"  {len(row['unmapped'])} segments or elements say what a claim here does not hold; --json shows them."
        )
