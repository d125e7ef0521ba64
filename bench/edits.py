"""Edits: claims a second with all of them on, beside pyx12 validating the same claims written as an 837P.

The peer checks the syntax of the file against the guide; the edits check what a payer would say of the claim. Neither
does the other's work: the ratio says only what a check before sending costs. Two kinds of claims are measured: the
varied ones of the tests (every field that exists turns up, up to thirteen lines), and a day of plain visits.

    python -m bench.edits [CLAIMS] [ROUNDS]
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import quantiles

from pyx12.params import params
from pyx12.x12n_document import x12n_document

from billing.domain.professional import ProfessionalClaim
from billing.edits import EDITS, Facts, Plan, check
from billing.edits.example import claim_with, icd10, line
from billing.payers import PROFILES
from billing.services.paper import overflowing
from billing.x12 import write_837p
from clinic.codes.library import Library
from clinic.domain.money import Money
from clinic.domain.period import Period
from tests.fixtures.codes import lend_codes
from tests.oracle.sender import TRANSMISSION
from tests.strategies.samples import sample_claims

ON = date(2026, 7, 1)


def best(work: Callable[[], object], rounds: int) -> float:
    """Seconds of the fastest round: what the work costs when nothing else runs."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def plain_visits(count: int) -> list[ProfessionalClaim]:
    """Clean claims of one to four lines and one to four diagnoses, as a practice sends them all day."""
    chance = Random(20260701)
    codes = ("I10", "E119", "J069", "E785", "M25561", "R42", "Z23", "K219")
    acts = ("99213", "99214", "36415", "85025", "80053", "93000")
    made = []
    for number in range(count):
        day = Period(ON - timedelta(days=chance.randrange(60)))
        diagnoses = chance.sample(codes, chance.randint(1, 4))
        lines = tuple(
            line(
                number=str(at),
                code=code,
                service=day,
                charge=Money(chance.randrange(2000, 40000)),
                pointers=tuple(chance.sample(range(1, len(diagnoses) + 1), chance.randint(1, len(diagnoses)))),
            )
            for at, code in enumerate(chance.sample(acts, chance.randint(1, 4)), start=1)
        )
        made.append(claim_with(number=f"V{number:06d}", diagnoses=icd10(*diagnoses), acts=lines))
    return made


def judged(claims: Sequence[ProfessionalClaim], facts: Facts, rounds: int) -> None:
    """Print speed and latency for these claims."""

    def all_of_them() -> int:
        return sum(len(check(claim, facts)) for claim in claims)

    found = all_of_them()
    seconds = best(all_of_them, rounds)
    each = []
    for claim in claims:
        start = time.perf_counter()
        check(claim, facts)
        each.append(time.perf_counter() - start)
    p95 = quantiles(each, n=20)[-1]
    lines = sum(len(claim.acts) for claim in claims) / len(claims)
    print(
        f"  {len(claims) / seconds:>9,.0f} claims/s   p95 {p95 * 1e6:,.0f} µs   ({lines:.1f} lines, {found} findings)"
    )


def validated(claims: Sequence[ProfessionalClaim], rounds: int) -> float:
    """Claims a second of pyx12 over the same claims as one file."""
    text = write_837p(TRANSMISSION, claims).decode("ascii")

    def work() -> None:
        if not x12n_document(params(), io.StringIO(text), None, None):
            raise SystemExit("pyx12 finds a fault in the file: the comparison would be of other work")

    return len(claims) / best(work, rounds)


def main() -> None:
    """Measure and print."""
    count, rounds = (int(each) for each in [*sys.argv[1:], *("2000", "5")[len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as instance:
        facts = Facts(on=ON, codes=Library(lend_codes(Path(instance))))
        on_paper = Facts(on=ON, codes=facts.codes, overflows=overflowing)
        varied, visits = sample_claims(count), plain_visits(count)
        print(f"edits: {len(EDITS)} on, {count} claims, best of {rounds} rounds, one process")
        print("plain visits")
        judged(visits, facts, rounds)
        print("plain visits, the paper form looked at too")
        judged(visits, on_paper, rounds)
        print("varied claims")
        judged(varied, facts, rounds)
        compiling = best(lambda: Plan(EDITS.values(), "professional", PROFILES["commercial"]), 50)
        print(f"plan compiled in {compiling * 1000:.3f} ms")
        few = visits[: max(1, count // 20)]
        peer = validated(few, 2)
        ours = len(few) / best(lambda: [check(claim, facts) for claim in few], rounds)
        print(f"pyx12 on the same visits: {peer:,.0f} claims/s; edits are {ours / peer:,.0f} times as fast")


if __name__ == "__main__":
    main()
