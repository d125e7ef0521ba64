"""How fast an 837P is written and read with every check, beside x12sdk (writes) and pyx12 (validates), in one run.

`python bench/x12.py [COUNT]`: COUNT claims of three lines for us; the peers get a part of them, for they are slower.
Times are CPU time of this process, the best of three.
"""

from __future__ import annotations

import gc
import io
import logging
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pyx12.params
import pyx12.x12n_document
from x12sdk.generate import generate_837p
from x12sdk.io import X12ModelReader

from billing.domain.claim import Act, Claim, Coverage
from billing.domain.professional import Professional, ProfessionalAct, ProfessionalClaim
from billing.x12 import Transmission, read_837p, write_837p
from clinic.domain.code import EIN, ICD10CM, NPI, PAYER, TAXONOMY, Code, Identifier, procedure
from clinic.domain.money import Money, total
from clinic.domain.party import BillingProvider, Payer, Provider
from clinic.domain.period import Period
from clinic.domain.person import Address, Contact, OrganizationName, Person, PersonName
from clinic.domain.quantity import Quantity

_PEER_SHARE = 20
"""One claim in so many is given to the peers."""

_TIMES = 3
_FIRST = ("ANNA", "BORIS", "CLARA", "DAVID", "ELENA", "FELIX", "GRETA", "HUGO", "IRIS", "JONAS")
_LAST = ("ALDER", "BIRCH", "CEDAR", "DOGWOOD", "ELM", "FIR", "GUM", "HAZEL", "IVY", "JUNIPER")
_CODES = (("99213", 12500), ("99214", 18050), ("36415", 900), ("85025", 2475), ("80053", 3110), ("93000", 4500))
_DIAGNOSES = ("I10", "E119", "J069", "Z0000", "M545", "R51")
_PLACE = Address("12 ELM STREET", "SPRINGFIELD", None, "IL", "627040001")
_BILLING = BillingProvider(
    name=OrganizationName("ELM STREET CLINIC"),
    address=_PLACE,
    tax=Identifier(EIN, "123456789"),
    identifier=Identifier(NPI, "1234567893"),
    taxonomy=Code(TAXONOMY, "207Q00000X"),
    contact=Contact("PAT BAKER", "2175550100"),
)
_DOCTORS = tuple(
    Provider(
        name=PersonName(last, first),
        identifier=Identifier(NPI, npi),
        taxonomy=Code(TAXONOMY, "207Q00000X"),
    )
    for last, first, npi in (
        ("STONE", "MARA", "1245319599"),
        ("RIVER", "OLAF", "1679576722"),
        ("HILL", "JUNE", "1003000126"),
    )
)
_PAYERS = tuple(
    Payer(
        OrganizationName(name), Identifier(PAYER, number), Address("1 PLAN PLAZA", "CHICAGO", None, "IL", "606010001")
    )
    for name, number in (("NORTH HEALTH", "10101"), ("SOUTH MUTUAL", "20202"), ("EAST CARE", "30303"))
)
TRANSMISSION = Transmission(
    sender_qualifier="ZZ",
    sender="ELMSTREET",
    receiver_qualifier="ZZ",
    receiver="CLEARING",
    submitter=OrganizationName("ELM STREET CLINIC"),
    submitter_id="ELM01",
    contact=Contact("PAT BAKER", "2175550100"),
    receiver_name="CLEARINGHOUSE",
    receiver_id="CLR01",
    interchange=1,
    group=1,
    transaction="0001",
    created=datetime(2025, 3, 4, 9, 30),  # noqa: DTZ001  the sender's local time
    usage="T",
    reference="BATCH1",
)


def claims(count: int) -> list[ProfessionalClaim]:
    """A practice's claims: one billing provider, three doctors, three payers; every patient, day and charge its own."""
    rng = Random(5)
    return [_claim(rng, number) for number in range(1, count + 1)]


def _claim(rng: Random, number: int) -> ProfessionalClaim:
    served = date(2025, 1, 2) + timedelta(days=rng.randrange(60))
    acts = tuple(_act(rng, number, at, served) for at in range(1, 4))
    is_self = rng.random() < 0.7
    patient = _person(rng)
    return Claim(
        kind="professional",
        number=f"C{number:08d}",
        billing=_BILLING,
        patient=patient,
        coverage=Coverage(
            payer=rng.choice(_PAYERS),
            member_id=f"M{rng.randrange(10**9):09d}",
            filing="CI",
            rank="P",
            relationship="18" if is_self else "19",
            subscriber=None if is_self else _person(rng),
            group_number=f"G{rng.randrange(1000):04d}",
            assigns_benefits="Y",
            release="Y",
        ),
        acts=acts,
        part=Professional(
            diagnoses=tuple(Code(ICD10CM, code) for code in rng.sample(_DIAGNOSES, 2)),
            place="11",
            rendering=rng.choice(_DOCTORS),
            signed="Y",
            assignment="A",
        ),
        total=total([act.charge for act in acts]),
        frequency="1",
    )


def _act(rng: Random, number: int, at: int, served: date) -> Act[ProfessionalAct]:
    code, cents = rng.choice(_CODES)
    return Act(
        number=f"{number}-{at}",
        code=procedure(code),
        service=Period(served),
        quantity=Quantity(Decimal(1)),
        charge=Money(cents + rng.randrange(500)),
        part=ProfessionalAct(pointers=(1, 2), modifiers=("25",) if code == "99213" else ()),
    )


def _person(rng: Random) -> Person:
    return Person(
        PersonName(rng.choice(_LAST), rng.choice(_FIRST), rng.choice("ABCDE")),
        date(1930, 1, 1) + timedelta(days=rng.randrange(33000)),
        rng.choice(("F", "M")),
        Address(
            f"{rng.randrange(1, 9999)} OAK AVENUE",
            "SPRINGFIELD",
            None,
            "IL",
            f"6270{rng.randrange(10)}{rng.randrange(10000):04d}",
        ),
    )


def main(count: int = 10_000) -> None:
    """Prints the table."""
    ours = claims(count)
    few = claims(max(count // _PEER_SHARE, 20))
    data = write_837p(TRANSMISSION, ours)
    small = write_837p(TRANSMISSION, few)
    assert read_837p(data).claims == tuple(ours)
    # What the bench itself keeps is no work of those measured: the collector is not to walk it for any of them.
    gc.collect()
    gc.freeze()
    write = _rate(lambda: write_837p(TRANSMISSION, ours), count)
    read = _rate(lambda: read_837p(data), count)
    generated = _rate(lambda: _x12sdk(len(few)), len(few))
    parsed = _rate(lambda: _x12sdk_read(small), len(few))
    validated = _rate(lambda: _pyx12(small), len(few))
    print(f"837P, {count} claims of 3 lines, {len(data) / 1e6:.1f} MB, {data.count(b'~') / count:.1f} segments a claim")
    print(f"{'':34}{'claims/s':>10}{'ratio':>8}")
    for name, rate, ratio in (
        ("write, checked: this house", write, write / generated),
        ("write: x12sdk 2.2 generate_837p", generated, 1.0),
        ("read, checked: this house", read, read / validated),
        ("read, checked: pyx12 4.0", validated, 1.0),
        ("read to models: x12sdk 2.2", parsed, parsed / validated),
    ):
        print(f"{name:34}{rate:>10,.0f}{ratio:>8.1f}")


def _rate(work: Callable[[], object], count: int) -> float:
    best = float("inf")
    for _ in range(_TIMES):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return count / best


def _x12sdk(count: int) -> object:
    return generate_837p(seed=5, claims=count)


def _x12sdk_read(data: bytes) -> int:
    with X12ModelReader(data.decode()) as reader:
        return sum(1 for _ in reader.models())


def _pyx12(data: bytes) -> bool:
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.edi"
        path.write_bytes(data)
        found = pyx12.x12n_document.x12n_document(pyx12.params.params(), str(path), io.StringIO(), None)
    assert found, "pyx12 finds faults in what we wrote"
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
