"""What a payer profile may say: refused at the field, before anything is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NoReturn

from msgspec.structs import replace

from billing.coding.wording import claim_text
from billing.edits import EDITS
from billing.payers import PROFILES, Off, OwnProfile
from billing.payers.own import base_of
from billing.services.own_profiles import BLOCKING
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.choices import among, claim_filings

FORMS = {"837p": N_("file (837P)"), "cms1500": N_("paper (CMS-1500)")}
LONGEST = {"name": 60, "filing_limit_reason": 200, "reason": 200}
LONGEST_LIMIT = 3650
"""Days: ten years, beyond what any payer grants."""
MOST_LINES = 50
"""What an 837P holds (005010X222A1, loop 2400)."""
MOST_OFF = 24
"""Edits that one profile may switch off: whoever needs more wants other edits, not other profiles."""
_ACTS = re.compile(r"([A-Z0-9]{5})(?:-([A-Z0-9]{5}))?\Z")


def in_order(profile: OwnProfile) -> OwnProfile:
    """It as it is kept.

    Raises:
        Refused: it says what no profile may say; ``where`` is its field, ``off[2].reason`` for a part of one.
    """
    name = " ".join(profile.name.split())
    if not name or len(name) > LONGEST["name"]:
        _no(N_("A profile has a name of at most 60 characters."), "name", N_("Give it the payer's name."))
    among(profile.base, PROFILES, "base")
    among(profile.form, FORMS, "form")
    kept = replace(
        profile,
        name=name,
        identifiers=_numbers(profile.identifiers),
        filings=_filings(profile.filings),
        off=_off(profile),
        on=_on(profile),
        authorization_codes=tuple(_acts(profile.authorization_codes)),
        filing_limit_reason=" ".join((profile.filing_limit_reason or "").split()) or None,
    )
    if not kept.identifiers and not kept.filings:
        _no(
            N_("It answers for nobody."),
            "identifiers",
            N_("Give the numbers of its payers, or the kinds of coverage it answers for."),
        )
    _limits(kept)
    return kept


def _numbers(given: Iterable[str]) -> tuple[str, ...]:
    numbers = tuple(dict.fromkeys(filter(None, map(claim_text, given))))
    for each in numbers:
        if len(each) > 80 or " " in each:
            _no(
                N_("%(number)s is no payer number."),
                "identifiers",
                N_("Give numbers as the clearinghouse has them, with blanks between them."),
                number=each[:80],
            )
    return numbers


def _filings(given: Iterable[str]) -> tuple[str, ...]:
    filings = tuple(dict.fromkeys(each.strip().upper() for each in given if each.strip()))
    for each in filings:
        if each not in claim_filings():
            _no(
                N_("%(code)s is no kind of coverage."),
                "filings",
                N_("Give codes of the list, as MB or CI, with blanks between them."),
                code=each[:10],
            )
    return filings


def _off(profile: OwnProfile) -> tuple[Off, ...]:
    found: dict[str, Off] = {}
    if len(profile.off) > MOST_OFF:
        _no(N_("At most %(most)s edits are switched off."), "off", N_("Leave some on."), most=MOST_OFF)
    for at, each in enumerate(profile.off):
        code, reason = each.code.strip().upper(), " ".join(each.reason.split())
        where = f"off[{at}].code"
        if code not in EDITS:
            remedy = N_("Take one of the catalogue. An edit of your own says itself for whom it holds.")
            _no(N_("There is no edit %(code)s."), where, remedy, code=code[:20])
        if code in BLOCKING:
            _no(
                N_("%(code)s blocks and cannot be switched off."),
                where,
                N_("Without it a claim would be refused unread, or would state what is false. Mend the claim instead."),
                code=code,
            )
        if code in found:
            _no(N_("%(code)s stands here twice."), where, N_("Take one of the two out."), code=code)
        if code in profile.on:
            _no(N_("%(code)s is to be on and off."), where, N_("Take it out of one of the two."), code=code)
        if len(reason) < 3 or len(reason) > LONGEST["reason"]:
            _no(
                N_("%(code)s is switched off without a reason."),
                f"off[{at}].reason",
                N_("Say in 200 characters where it stands that this payer does not ask for it."),
                code=code,
            )
        found[code] = Off(code, reason)
    return tuple(found[code] for code in sorted(found))


def _on(profile: OwnProfile) -> tuple[str, ...]:
    base = base_of(profile.base)
    codes = sorted({each.strip().upper() for each in profile.on if each.strip()})
    for code in codes:
        if code not in EDITS:
            _no(N_("There is no edit %(code)s."), "on", N_("Take one of the catalogue."), code=code[:20])
        payers = EDITS[code].declared.payers
        if (not payers or base.key in payers) and code not in base.off:
            _no(N_("%(code)s is on already."), "on", N_("Take it out: it holds without being named."), code=code)
    return tuple(codes)


def _acts(given: Iterable[str]) -> Iterable[str]:
    for each in dict.fromkeys(one.strip().upper() for one in given if one.strip()):
        found = _ACTS.match(each)
        if not found or (found[2] and found[2] < found[1]):
            _no(
                N_("%(code)s is no code of an act and no range of them."),
                "authorization_codes",
                N_("Give codes or ranges as 70540-70559, with blanks between them."),
                code=each[:20],
            )
        yield each


def _limits(profile: OwnProfile) -> None:
    days, most = profile.filing_limit_days, profile.most_acts
    if days is not None and not 1 <= days <= LONGEST_LIMIT:
        remedy = N_("Give days from 1 to 3650, or nothing where the payer sets no limit.")
        _no(N_("This is no filing limit."), "filing_limit_days", remedy)
    reason = profile.filing_limit_reason or ""
    if (days != base_of(profile.base).filing_limit_days and not reason) or len(reason) > 200:
        _no(
            N_("The limit is another than the built-in one."),
            "filing_limit_reason",
            N_("Say in 200 characters where it stands: the contract, the payer's manual and its page."),
        )
    if most is not None and not 1 <= most <= MOST_LINES:
        remedy = N_("Give a number from 1 to 50, or nothing where the form alone sets the limit.")
        _no(N_("No claim has so many lines."), "most_acts", remedy)


def _no(what: str, where: str, remedy: str, **params: str | int) -> NoReturn:
    raise Refused(what, where=where, remedy=remedy, **params)
