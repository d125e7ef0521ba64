"""Medicare Part B."""

from billing.payers.profile import PayerProfile
from clinic.domain.words import N_

PROFILE = PayerProfile(
    key="medicare_b",
    name=N_("Medicare Part B"),
    form="837p",
    filings=("MB",),
    # One calendar year after the date of service: 42 CFR 424.44(a)(1).
    filing_limit_days=365,
)
