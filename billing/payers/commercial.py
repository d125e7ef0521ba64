"""A commercial insurer in general: who answers for a payer nobody described."""

from billing.payers.profile import PayerProfile
from clinic.domain.words import N_

PROFILE = PayerProfile(
    key="commercial",
    name=N_("Commercial insurer"),
    form="837p",
    filings=("CI", "BL", "HM", "12", "13", "14", "15"),
    # Contracts differ; 90 days is the shortest that large insurers usually set. A warning too early costs a look,
    # a limit missed costs the claim. Where the contract says more, the practice's own profile for that payer says so.
    filing_limit_days=90,
)
