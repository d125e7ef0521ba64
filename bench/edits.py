"""Edits: claims a second with all of them on and every rule table loaded, beside two peers on the same claims.

pyx12 checks the syntax of the file against the guide, claim-validator (where it is installed) the fields of a claim;
the edits check what a payer would say of the claim. None does the others' work: the ratios say only what a check before
sending costs. Times are of the processor, so that what else the machine does is left out.

Kinds of claims: a day of plain visits; the varied ones of the tests (every field that exists turns up, up to thirteen
lines); visits whose lines are drawn from all eleven thousand codes, so that nothing is remembered from the last claim.

    python -m bench.edits [CLAIMS] [ROUNDS] [PAIRS]
"""

from __future__ import annotations

import importlib
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

from bench._rule_tables import PAIRS, codes, path_of_pairs, put_tables
from billing.domain.professional import ProfessionalClaim
from billing.edits import EDITS, Facts, Plan, check
from billing.edits.example import claim_with, icd10, line
from billing.payers import PROFILES
from billing.services.paper import overflowing
from billing.services.rules import Rules
from billing.x12 import write_837p
from clinic.codes.layout import Mapped
from clinic.codes.library import Library
from clinic.codes.pairs import PairsFile
from clinic.domain.code import pointed
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
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
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


def strange_visits(count: int) -> list[ProfessionalClaim]:
    """Claims of one to six lines with any codes there are."""
    chance = Random(20260702)
    known = codes()
    return [
        claim_with(
            number=f"S{number:06d}",
            acts=tuple(
                line(number=str(at), code=code, service=Period(ON - timedelta(days=number % 60)))
                for at, code in enumerate(chance.sample(known, chance.randint(1, 6)), start=1)
            ),
        )
        for number in range(count)
    ]


def judged(claims: Sequence[ProfessionalClaim], facts: Facts, rounds: int) -> None:
    """Print speed and latency for these claims."""

    def all_of_them() -> int:
        return sum(len(check(claim, facts)) for claim in claims)

    found = all_of_them()
    seconds = best(all_of_them, rounds)
    each = []
    for claim in claims:
        start = time.process_time()
        check(claim, facts)
        each.append(time.process_time() - start)
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


def opened(library: Library, rounds: int) -> None:
    """Print how soon the pairs are ready, what a question costs, and what memory they take."""
    path = path_of_pairs(library)
    known = codes()

    def ready() -> None:
        if PairsFile(Mapped(path)).between(known[0], known[1]):
            raise SystemExit("a code is paired with its neighbour: the table is not the one that was made")

    seconds = best(ready, rounds)
    chance = Random(5)
    asked = [(chance.choice(known), chance.choice(known)) for _ in range(100_000)]
    before = _own_memory()
    file = PairsFile(Mapped(path))
    between = file.between
    first = best(lambda: [between(one, two) for one, two in asked], 1)
    again = best(lambda: [between(one, two) for one, two in asked], rounds)
    hits = sum(bool(between(one, two)) for one, two in asked)
    print(
        f"pairs: {len(file):,} in {path.stat().st_size / 1e6:.1f} MB, ready in {seconds * 1000:.2f} ms, "
        f"a question {again / len(asked) * 1e6:.2f} µs ({first / len(asked) * 1e6:.2f} µs with each code new; "
        f"{hits / len(asked):.1%} are pairs), {(_own_memory() - before) / 1e6:.1f} MB of its own a process"
    )


def _own_memory() -> int:
    """Bytes that this process shares with no other."""
    text = Path("/proc/self/smaps_rollup").read_text() if Path("/proc/self/smaps_rollup").exists() else ""
    return 1024 * sum(int(row.split()[1]) for row in text.splitlines() if row.startswith("Private_Dirty"))


def claim_validator(claims: Sequence[ProfessionalClaim], rounds: int) -> float | None:
    """Claims a second of claim-validator's rules over the same claims; None where it is not installed."""
    try:
        peer = importlib.import_module("claim_validator")
    except ImportError:
        return None
    given = [peer.ClaimData(**_as_it_takes_them(claim)) for claim in claims]
    return len(given) / best(lambda: [peer.validate(each) for each in given], rounds)


def _as_it_takes_them(claim: ProfessionalClaim) -> dict[str, object]:
    billing, rendering, patient = claim.billing.identifier, claim.part.rendering, claim.patient
    return {
        "billing_provider_npi": billing.value if billing else None,
        "rendering_provider_npi": rendering.identifier.value if rendering and rendering.identifier else None,
        "subscriber_id": claim.coverage.member_id,
        "patient_first_name": getattr(patient.name, "first", None),
        "patient_last_name": getattr(patient.name, "last", None),
        "patient_relationship": claim.coverage.relationship,
        "payer_id": claim.coverage.payer.identifier.value,
        "payer_name": claim.coverage.payer.name.name,
        "patient_dob": patient.birth.isoformat() if patient.birth else None,
        "patient_gender": patient.sex,
        "place_of_service": claim.part.place,
        "total_charge": claim.total.cents / 100,
        "diagnosis_codes": [
            {"code": pointed(code), "pointer": at, "type": "principal" if at == 1 else "secondary"}
            for at, code in enumerate(claim.part.diagnoses, start=1)
        ],
        "lines": [
            {
                "procedure_code": act.code.value,
                "modifiers": list(act.part.modifiers),
                "diagnosis_pointers": list(act.part.pointers),
                "charge_amount": act.charge.cents / 100,
                "units": float(act.quantity.value),
                "service_date_from": act.service.start.isoformat(),
            }
            for act in claim.acts
        ],
    }


def main() -> None:
    """Measure and print."""
    count, rounds, wanted = (int(each) for each in [*sys.argv[1:], *("2000", "5", str(PAIRS))[len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as instance:
        library = Library(lend_codes(Path(instance)))
        bare = Facts(on=ON, codes=library)
        varied, visits, strange = sample_claims(count), plain_visits(count), strange_visits(count)
        print(f"edits: {len(EDITS)} on, {count} claims, best of {rounds} rounds, one process")
        print("plain visits, no rule table loaded")
        judged(visits, bare, rounds)
        put_tables(library, wanted)
        opened(library, rounds)
        facts = Facts(on=ON, codes=library, tables=Rules(library))
        on_paper = Facts(on=ON, codes=library, tables=facts.tables, overflows=overflowing)
        print("plain visits, all tables loaded")
        judged(visits, facts, rounds)
        print("plain visits, the paper form looked at too")
        judged(visits, on_paper, rounds)
        print("visits of any codes")
        judged(strange, facts, rounds)
        print("varied claims")
        judged(varied, facts, rounds)
        compiling = best(lambda: Plan(EDITS.values(), "professional", PROFILES["commercial"]), 50)
        print(f"plan compiled in {compiling * 1000:.3f} ms")
        few = visits[: max(1, count // 20)]
        ours = len(few) / best(lambda: [check(claim, facts) for claim in few], rounds)
        peer = validated(few, 2)
        print(f"pyx12 on the same visits: {peer:,.0f} claims/s; edits are {ours / peer:,.0f} times as fast")
        other = claim_validator(few, 2)
        if other is None:
            print("claim-validator is not installed: pip install claim-validator")
        else:
            print(
                f"claim-validator on the same visits: {other:,.0f} claims/s; "
                f"edits are {ours / other:,.0f} times as fast"
            )


if __name__ == "__main__":
    main()
