"""Workers' compensation: paper, because the report of the injury goes with it."""

from __future__ import annotations

from billing.payers.profile import PayerProfile
from clinic.domain.words import N_

PROFILE = PayerProfile(
    key="workers_compensation",
    name=N_("Workers' compensation"),
    form="cms1500",
    filings=("WC",),
    filing_limit_days=365,
)
