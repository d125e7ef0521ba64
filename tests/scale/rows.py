"""A large practice's visits, claims, facts and files, a slice at a time."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from billing.coding.story import LATEST, Held
from billing.domain.canonical import to_json
from billing.models import ClaimRecord, ClaimVisit, Submission, SubmittedClaim
from billing.services.claim_value import assemble, load
from clinic.domain.value import as_json
from clinic.models import Fact, JournalAct, Note, Visit, VisitAct
from tests.billing.services.steps import digest_of
from tests.fixtures.people import Practice
from tests.scale.tables import many

NOW = datetime(2026, 5, 6, 15, 0, tzinfo=UTC)
BATCH = 200
"""Claims in one file that left."""
SLICE = 20_000
STEPS = (
    ("coding", 0.3, False),
    ("coding", 0.05, True),
    ("coded", 0.2, False),
    ("reviewed", 0.2, False),
    ("signed", 0.25, False),
)
"""Of the claims that have not left: at which preparation, what part of them, and whether sent back."""


class Size(NamedTuple):
    """How large a practice."""

    patients: int
    claims: int

    @property
    def here(self) -> int:
        """Claims that have not left: one in twenty."""
        return self.claims // 20

    @property
    def uncoded(self) -> int:
        """Visits that no claim bills yet."""
        return self.claims // 100


class Policy(NamedTuple):
    """A patient and the policy that pays first; none for some."""

    patient_id: int
    coverage_id: int | None


class Rows:
    """Visits, claims, facts and submissions, a slice at a time."""

    def __init__(
        self,
        practice: Practice,
        template: int,
        chance: random.Random,
        policies: list[Policy],
        providers: list[int],
    ) -> None:
        self.practice = practice
        self.chance = chance
        self.policies = policies
        self.providers = providers
        record = load(practice.actor("biller"), template)
        lines = [line | {"service": {"start": "1999-12-31", "end": None}} for line in record.coding["lines"]]
        self.coding = json.dumps(record.coding | {"coverage_id": "POLICY", "rendering_id": "PROVIDER", "lines": lines})
        """As text with places for what each claim has of its own."""
        self.total = record.total_cents
        self.digest = digest_of(practice, template)
        self.snapshot = to_json(assemble(record).claim)
        self.steps = [step for step in STEPS for _ in range(round(step[1] * 100))]
        billers = [practice.staff["biller"].id, practice.staff["manager"].id]
        self.hands = [None, None, *billers]

    def write(self, size: Size) -> None:
        """All of them, and a visit for each that nobody has coded."""
        gone = size.claims - size.here
        for start in range(0, size.claims, SLICE):
            numbers = range(start, min(start + SLICE, size.claims))
            days = [self._day(number, gone) for number in numbers]
            self._visits(numbers, days, claimed=True)
            self._claims(numbers, days, gone)
        self._submissions(gone)
        later = range(size.claims, size.claims + size.uncoded)
        days = [NOW.date() - timedelta(days=self.chance.randrange(20)) for _ in later]
        self._visits(later, days, claimed=False)

    def _day(self, number: int, gone: int) -> date:
        """What left is older than what has not."""
        if number < gone:
            return date(2024, 1, 2) + timedelta(days=number * 800 // gone)
        return NOW.date() - timedelta(days=self.chance.randrange(60))

    def _id(self, number: int) -> int:
        return 1_000 + number

    def _visits(self, numbers: range, days: list[date], *, claimed: bool) -> None:
        practice = self.practice
        rows = [
            {
                "id": self._id(number),
                "practice_id": practice.row.id,
                "patient_id": self._policy(number).patient_id,
                "location_id": practice.location.id,
                "provider_id": self.providers[number % len(self.providers)],
                "on": on,
                "reason": "blood pressure",
                "department": "medical",
                "claimed": claimed,
                "created_at": datetime(on.year, on.month, on.day, 16, tzinfo=UTC),
            }
            for number, on in zip(numbers, days, strict=True)
        ]
        many(Visit, rows)
        notes = [
            {
                "practice_id": practice.row.id,
                "visit_id": row["id"],
                "section": "assessment",
                "text": "Essential hypertension, above goal.",
                "author_id": practice.staff["provider"].id,
                "written_at": row["created_at"],
            }
            for row in rows
        ]
        many(Note, notes)
        acts = [
            {
                "practice_id": practice.row.id,
                "visit_id": row["id"],
                "system": "cpt",
                "code": "99213",
                "words": "visit",
                "quantity": 1,
            }
            for row in rows
        ]
        many(VisitAct, acts)

    def _policy(self, number: int) -> Policy:
        return self.policies[number * 7919 % len(self.policies)]

    def _claims(self, numbers: range, days: list[date], gone: int) -> None:
        practice_id, made = self.practice.row.id, list(self._made(numbers, days, gone))
        many(ClaimRecord, [row for row, _facts in made])
        many(
            ClaimVisit,
            [{"practice_id": practice_id, "claim_id": row["id"], "visit_id": row["id"]} for row, _facts in made],
        )
        many(Fact, [fact for _row, facts in made for fact in facts])
        many(
            JournalAct,
            [
                {
                    "practice_id": practice_id,
                    "at": row["created_at"],
                    "actor_id": self.practice.staff["biller"].id,
                    "act": "claim.code",
                    "thing": "claim",
                    "thing_id": row["id"],
                    "detail": "claim.opened",
                    "mac": "0" * 64,
                }
                for row, _facts in made
            ],
        )

    def _made(
        self, numbers: range, days: list[date], gone: int
    ) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
        for number, on in zip(numbers, days, strict=True):
            left = number < gone
            preparation, _part, returned = ("signed", 0, False) if left else self.chance.choice(self.steps)
            policy, rendering = self._policy(number), self.providers[number % len(self.providers)]
            coding = (
                self.coding.replace('"POLICY"', json.dumps(policy.coverage_id))
                .replace('"PROVIDER"', str(rendering))
                .replace("1999-12-31", on.isoformat())
            )
            opened = datetime(on.year, on.month, on.day, 17, tzinfo=UTC)
            due = on + timedelta(days=90) if policy.coverage_id else None
            row = {
                "id": self._id(number),
                "practice_id": self.practice.row.id,
                "number": str(10_000 + self._id(number)),
                "kind": "professional",
                "patient_id": policy.patient_id,
                "coverage_id": policy.coverage_id,
                "rendering_id": rendering,
                "service_on": on,
                "coding": coding,
                "preparation": preparation,
                "journey": "sent" if left else "none",
                "adjudication": "none",
                "owes": "payer",
                "total_cents": self.total,
                "blocks": 0 if left or self.chance.random() < 0.8 else 1,
                "warnings": 0 if left or self.chance.random() < 0.8 else 1,
                "digest": None if preparation == "coding" else self.digest,
                "assigned_to_id": None if left else self.chance.choice(self.hands),
                "due_on": due,
                "returned": returned,
                "stopped": {"what": "Findings hold claim %(number)s.", "params": {"number": str(number)}}
                if not left and preparation == "signed" and self.chance.random() < 0.1
                else None,
                "sequence": 1,
                "created_at": opened,
                "changed_at": opened,
            }
            yield row, self._facts(row, coding)

    def _facts(self, row: dict[str, Any], coding: str) -> list[dict[str, Any]]:
        """How it was opened; of what has not left, each step after it too."""
        body = {
            "number": row["number"],
            "kind": row["kind"],
            "patient_id": row["patient_id"],
            "service_on": row["service_on"].isoformat(),
            "visits": [row["id"]],
            "coding": "CODING",
            "blocks": row["blocks"],
            "warnings": row["warnings"],
            "due_on": row["due_on"].isoformat() if row["due_on"] else None,
        }
        told: list[tuple[str, Any]] = [("claim.opened", json.dumps(body).replace('"CODING"', coding))]
        held = as_json(Held(digest=self.digest))
        if row["journey"] == "none":
            told += {
                "coding": [("claim.coded", held), ("claim.returned", {})] if row["returned"] else [],
                "coded": [("claim.coded", held)],
                "reviewed": [("claim.coded", held), ("claim.reviewed", held)],
                "signed": [("claim.coded", held), ("claim.reviewed", held), ("claim.signed", held)],
            }[row["preparation"]]
        row["sequence"] = len(told)
        return [
            {
                "practice_id": row["practice_id"],
                "thing": "claim",
                "thing_id": row["id"],
                "sequence": sequence,
                "type": type_,
                "version": LATEST[type_],
                "at": row["created_at"] + timedelta(minutes=sequence),
                "actor_id": self.practice.staff["biller"].id,
                "reason": "the diagnosis is not the one of the note" if type_ == "claim.returned" else None,
                "body": said,
            }
            for sequence, (type_, said) in enumerate(told, 1)
        ]

    def _submissions(self, gone: int) -> None:
        """What left, in files of two hundred; the last of them with the whole text of its claims."""
        practice_id, staff = self.practice.row.id, self.practice.staff["biller"].id
        files = range(-(-gone // BATCH))
        many(
            Submission,
            [
                {
                    "id": index + 1,
                    "practice_id": practice_id,
                    "form": "837p",
                    "control_number": index + 1,
                    "file_name": f"837p-{index + 1:09d}.edi",
                    "body": b"ISA*00*          *00*          *ZZ*NORTHLAKE",
                    "sha256": hashlib.sha256(str(index).encode()).hexdigest(),
                    "actor_id": staff,
                    "at": datetime(2024, 1, 3, tzinfo=UTC) + timedelta(hours=index * 20),
                }
                for index in files
            ],
        )
        for start in range(0, gone, SLICE):
            many(
                SubmittedClaim,
                [
                    {
                        "practice_id": practice_id,
                        "submission_id": number // BATCH + 1,
                        "claim_id": self._id(number),
                        "snapshot": self.snapshot,
                        "digest": self.digest,
                    }
                    for number in range(start, min(start + SLICE, gone))
                ],
            )
