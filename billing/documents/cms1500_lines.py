"""Box 24 of the CMS-1500: one service line, its shaded upper half and its lower half."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from billing.documents.cms1500_wording import amount, qualified, short_day
from billing.documents.rows import Rows
from billing.domain.professional import MAX_MODIFIERS, ProfessionalActLine, ProfessionalClaim

Texts = Sequence[str]
line: Rows[Callable[[ProfessionalClaim, ProfessionalActLine], Texts]] = Rows()
"""Keys here end in ``.#``, for the line's place on the page."""

TAXONOMY_QUALIFIER = "ZZ"


@line("24.# supplement")
def supplement(claim: ProfessionalClaim, act: ProfessionalActLine) -> Texts:  # noqa: ARG001  one signature for all rows
    """Drug (``N4``) before description (``ZZ``), three blanks between."""
    part = act.part
    if part.drug is None:
        return (f"ZZ{part.description}" if part.description else "",)
    drug = f"N4{part.drug.ndc.value} {part.drug.quantity.unit}{part.drug.quantity.plain()}"
    return (f"{drug}   ZZ{part.description}" if part.description else drug,)


@line("24I.# qualifier", "24J.# other id", "24J.# npi")
def rendering(claim: ProfessionalClaim, act: ProfessionalActLine) -> Texts:
    """Who did it: the line's own, else the claim's, else the one who bills."""
    who = act.part.rendering or claim.part.rendering
    if who is None:
        return "", "", claim.billing.identifier.value if claim.billing.identifier else ""
    npi = who.identifier.value if who.identifier else ""
    if who.other is None and who.taxonomy is not None:
        return TAXONOMY_QUALIFIER, who.taxonomy.value, npi
    return *qualified(who.other), npi


@line("24A.# from MM", "24A.# from DD", "24A.# from YY", "24A.# to MM", "24A.# to DD", "24A.# to YY")
def service(claim: ProfessionalClaim, act: ProfessionalActLine) -> Texts:  # noqa: ARG001  one signature for all rows
    """One day stands in both places."""
    start = short_day(act.service.start)
    return *start, *(short_day(act.service.end) if act.service.end else start)


@line("24B.# place", "24C.# emergency", "24H.# epsdt")
def circumstances(claim: ProfessionalClaim, act: ProfessionalActLine) -> Texts:
    """Blank for no."""
    part = act.part
    return part.place or claim.part.place, "Y" if part.emergency else "", "Y" if part.epsdt else ""


@line("24D.# code", *[f"24D.# modifier {number}" for number in range(1, MAX_MODIFIERS + 1)])
def procedure(claim: ProfessionalClaim, act: ProfessionalActLine) -> Texts:  # noqa: ARG001  one signature for all rows
    """What is over four modifiers stands in the fourth, too long for it, so that it is told."""
    found = act.part.modifiers
    if len(found) > MAX_MODIFIERS:
        found = (*found[: MAX_MODIFIERS - 1], " ".join(found[MAX_MODIFIERS - 1 :]))
    return act.code.value, *found, *_NONE[len(found) :]


@line("24E.# pointers")
def pointers(claim: ProfessionalClaim, act: ProfessionalActLine) -> Texts:  # noqa: ARG001  one signature for all rows
    """Letters of box 21, most important first; a pointer to nothing is a question mark."""
    return ("".join([_LETTERS.get(pointer, "?") for pointer in act.part.pointers]),)


@line("24F.# dollars", "24F.# cents")
def charge(claim: ProfessionalClaim, act: ProfessionalActLine) -> Texts:  # noqa: ARG001  one signature for all rows
    """Of all units of the line."""
    return amount(act.charge)


@line("24G.# units")
def units(claim: ProfessionalClaim, act: ProfessionalActLine) -> Texts:  # noqa: ARG001  one signature for all rows
    """Without trailing zeros."""
    return (act.quantity.plain(),)


_NONE = ("",) * MAX_MODIFIERS
_LETTERS = dict(enumerate("ABCDEFGHIJKL", start=1))
