"""Billing's rows of the policy table."""

from __future__ import annotations

from clinic.domain.words import N_
from clinic.policy import Right, RoleName, declare

_BILLING = frozenset({RoleName.BILLER, RoleName.MANAGER})

declare(
    (
        Right("claim.read", N_("See claims"), _BILLING | {RoleName.PROVIDER}),
        Right("claim.code", N_("Code visits into claims"), _BILLING, acts=True),
        Right("claim.review", N_("Review coded claims"), _BILLING | {RoleName.PROVIDER}, acts=True),
        Right("claim.sign", N_("Sign claims in one's own name"), frozenset({RoleName.PROVIDER}), acts=True),
        Right("claim.send", N_("Send claims to payers"), _BILLING, acts=True),
        Right("edits.read", N_("See the catalogue of edits"), frozenset(RoleName)),
    )
)
