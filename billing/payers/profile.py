"""What one payer expects of a claim."""

from __future__ import annotations

from typing import Literal

from clinic.domain.value import Value

Form = Literal["837p", "cms1500"]


class PayerProfile(Value, frozen=True, kw_only=True):
    """A payer, or a group of payers that ask for the same.

    A file in ``billing/payers`` holds one as ``PROFILE`` and is found by itself.
    """

    key: str
    """The name of its file; of a practice's own profile that of the file it began from."""
    name: str
    """For a person to read: of a file's profile a message id."""
    form: Form
    """How it takes claims."""
    filings: tuple[str, ...] = ()
    """Claim filing indicators (X12 SBR09) it answers for; of no use beside a known payer number."""
    identifiers: tuple[str, ...] = ()
    """Payer numbers (2010BB NM109) it answers for, whatever the filing indicator."""
    filing_limit_days: int | None = None
    """Days from the last day of service within which an original claim must reach it; None where it sets no limit."""
    off: tuple[str, ...] = ()
    """Codes of edits that do not hold for it."""
    on: tuple[str, ...] = ()
    """Codes of edits made for other payers that hold for it too."""
    authorization_codes: tuple[str, ...] = ()
    """Acts that need a prior authorization: codes, or ranges from the first to the last as ``70540-70559``."""
    needs_referral: bool = False
    """Whether care by anyone but the primary physician needs a referral's number."""
    needs_taxonomy: bool = False
    """Whether it tells the billing provider by its taxonomy code too."""
    most_acts: int | None = None
    """Lines it takes on one claim, where fewer than the form holds."""
    refuses_replacements: bool = False
    """Whether it takes originals only: a correction is asked of it by other means."""
