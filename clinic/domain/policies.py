"""The policy on the card: what must be known of it, and which rank it may have beside the others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from clinic.domain.policy_words import ASSIGNMENTS, FILINGS, INSURANCE_TYPES, RANKS, RELATIONS, RELEASES
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_

SELF = "18"
"""The patient is the subscriber (X12 PAT01)."""


class Policy(Value, frozen=True, kw_only=True):
    """A policy as facts keep it: every column of ``clinic.models.Coverage`` but its keys."""

    payer_id: int
    rank: str
    member_id: str
    filing: str
    relation: str
    assigns_benefits: str
    release: str
    group_number: str | None = None
    plan_name: str | None = None
    insurance_type: str | None = None
    subscriber_last: str | None = None
    subscriber_first: str | None = None
    subscriber_middle: str | None = None
    subscriber_suffix: str | None = None
    subscriber_birth: date | None = None
    subscriber_sex: str | None = None
    subscriber_street: str | None = None
    subscriber_city: str | None = None
    subscriber_state: str | None = None
    subscriber_postal_code: str | None = None
    starts: date | None = None
    ends: date | None = None


SUBSCRIBER = tuple(name for name in Policy.__struct_fields__ if name.startswith("subscriber_"))
_ASKED = (
    ("subscriber_last", N_("The insured person's last name is missing.")),
    ("subscriber_first", N_("The insured person's first name is missing.")),
    ("subscriber_birth", N_("The insured person's birth date is missing.")),
    ("subscriber_sex", N_("The insured person's sex is missing.")),
    ("subscriber_street", N_("The insured person's street is missing.")),
    ("subscriber_city", N_("The insured person's city is missing.")),
)
"""What a claim must say of a subscriber other than the patient (X12 2010BA N3, N4, DMG; CMS-1500 boxes 4, 7, 11a)."""

_CHOSEN = {
    "rank": RANKS,
    "filing": FILINGS,
    "relation": RELATIONS,
    "insurance_type": INSURANCE_TYPES,
    "assigns_benefits": ASSIGNMENTS,
    "release": RELEASES,
}


def in_force(starts: date | None, ends: date | None, on: date) -> bool:
    """Whether a policy answers for a day; without a start it always did, without an end it still does."""
    return (starts is None or starts <= on) and (ends is None or ends >= on)


def overlap(one: Policy, other: Policy) -> bool:
    """Whether there is a day on which both are in force."""
    first = max(one.starts or date.min, other.starts or date.min)
    last = min(one.ends or date.max, other.ends or date.max)
    return first <= last


def check_policy(policy: Policy, others: Iterable[Policy], today: date) -> None:
    """Look a policy over, beside the patient's other ones.

    Raises:
        Refused: where the field is that has to change.
    """
    for field, table in _CHOSEN.items():
        chosen = getattr(policy, field)
        if chosen not in table and not (field == "insurance_type" and chosen is None):
            raise Refused(N_("This is not one of the choices."), where=field, remedy=N_("Choose one of the list."))
    if not policy.member_id:
        raise Refused(N_("The member id is missing."), where="member_id", remedy=N_("It stands on the card."))
    if policy.starts and policy.ends and policy.ends < policy.starts:
        raise Refused(N_("The policy ends before it starts."), where="ends", remedy=N_("Look at both days."))
    if policy.relation != SELF:
        _check_subscriber(policy, today)
    if any(other.rank == policy.rank and overlap(policy, other) for other in others):
        raise Refused(
            N_("Another policy of this rank is in force in that time."),
            where="rank",
            remedy=N_("Choose another rank, or end the other policy first."),
        )


def _check_subscriber(policy: Policy, today: date) -> None:
    for field, words in _ASKED:
        if not getattr(policy, field):
            raise Refused(words, where=field, remedy=N_("Ask for it, or choose that the patient is the insured."))
    if policy.subscriber_birth and policy.subscriber_birth > today:
        raise Refused(N_("The insured person is not born yet on that day."), where="subscriber_birth")
