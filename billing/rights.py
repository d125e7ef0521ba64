"""Billing's rows of the policy table."""

from __future__ import annotations

from clinic.domain.words import N_
from clinic.policy import Right, RoleName, declare

_BILLING = frozenset({RoleName.BILLER, RoleName.MANAGER})
_MANAGE = frozenset({RoleName.MANAGER, RoleName.ADMINISTRATOR})

declare(
    (
        Right("claim.read", N_("See claims"), _BILLING | {RoleName.PROVIDER}),
        Right("claim.code", N_("Code visits into claims"), _BILLING, acts=True),
        Right("suggestion.read", N_("See what coders made of suggestions"), _BILLING | _MANAGE),
        Right("suggestion.forget", N_("Have a habit of coding forgotten"), _MANAGE, acts=True),
        Right("claim.review", N_("Review coded claims"), _BILLING | {RoleName.PROVIDER}, acts=True),
        Right("claim.sign", N_("Sign claims in one's own name"), frozenset({RoleName.PROVIDER}), acts=True),
        Right("claim.ask", N_("Ask about claims, and take up the answers"), _BILLING | {RoleName.PROVIDER}, acts=True),
        Right(
            "claim.answer",
            N_("Answer questions about claims as who rendered"),
            frozenset({RoleName.PROVIDER}),
            acts=True,
        ),
        Right("claim.send", N_("Send claims to payers"), _BILLING, acts=True),
        Right("route.write", N_("Say which way claims go to payers"), _MANAGE, acts=True),
        Right("enrolment.write", N_("Look after enrolments with payers"), _BILLING | _MANAGE, acts=True),
        Right("claim.assign", N_("Assign claims"), _BILLING, acts=True),
        Right("claim.oversee", N_("See who works on what, and what is late"), frozenset({RoleName.MANAGER})),
        Right("claim.whatif", N_("See which claims other code sets would stop"), _BILLING, acts=True),
        Right("edits.read", N_("See the catalogue of edits"), frozenset(RoleName)),
        Right("profile.write", N_("Say what payers ask of claims"), _MANAGE, acts=True),
        Right("edits.write", N_("Write edits of the practice's own"), _MANAGE, acts=True),
    )
)
