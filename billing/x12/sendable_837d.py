"""What a dental claim must keep that no single segment shows; the writing counterpart of ``situations_837d``."""

from __future__ import annotations

from billing.domain.dental import (
    MAX_ATTACHMENTS,
    MAX_MISSING,
    MAX_MODIFIERS,
    MAX_NOTES,
    MAX_TEETH,
    DentalActLine,
    DentalClaim,
    Prosthesis,
)
from billing.x12.writer import Sheet
from clinic.domain.code import CDT
from clinic.domain.words import N_

_CORRECT = N_("Correct it.")


def look_dental(sheet: Sheet, claim: DentalClaim) -> None:
    """Looks at what only a dental claim has.

    Raises:
        Refused: it would make a file that breaks a rule between segments, or lose something.
    """
    part = claim.part
    if part.predetermination and len({act.service for act in claim.acts}) > 1:
        sheet.stop(
            "2300 CLM19",
            N_("A predetermination has several days: nothing was done yet, so all its lines have the day it is asked."),
            N_("Give all lines that day."),
        )
    for count, most, place, what in (
        (
            len(part.missing),
            MAX_MISSING,
            "2300 DN201",
            N_("The file takes %(most)s missing teeth, not %(count)s."),
        ),
        (len(part.notes), MAX_NOTES, "2300 NTE02", N_("The file takes %(most)s notes, not %(count)s.")),
        (
            len(part.attachments),
            MAX_ATTACHMENTS,
            "2300 PWK01",
            N_("The file takes %(most)s attachments, not %(count)s."),
        ),
    ):
        if count > most:
            sheet.stop(place, what, N_("Leave some out."), count=count, most=most)
    for each in part.attachments:
        if each.control is None and each.sent != "AA":
            sheet.stop(
                "2300 PWK06",
                N_("An attachment that is sent needs the number that is on it."),
                N_("Enter the number, or say that it is sent on request."),
            )
    if claim.authority is not None and claim.authority.clia is not None:
        sheet.stop("2300 REF01", N_("A dental claim has no place for a CLIA number."), N_("Remove it."))


def look_at_line(sheet: Sheet, at: int, act: DentalActLine, claim: DentalClaim) -> None:
    """Looks at one line, counted from 1.

    Raises:
        Refused: it would make a file that breaks a rule between segments, or lose something.
    """
    part = act.part
    if act.code.system != CDT:
        sheet.stop(f"2400 SV301-2 line {at}", N_("The procedure code is not a dental one."), _CORRECT)
    if act.quantity.unit != "UN":
        sheet.stop(f"2400 SV306 line {at}", N_("A dental act is counted in units."), _CORRECT)
    if len(part.modifiers) > MAX_MODIFIERS:
        sheet.stop(f"2400 SV301-3 line {at}", N_("A line takes four modifiers at most."), N_("Keep four."))
    if part.pointers and not claim.part.diagnoses:
        sheet.stop(f"2400 SV311 line {at}", N_("A line points to a diagnosis, and there is none."), _CORRECT)
    if len({each.qualifier for each in part.dates}) < len(part.dates):
        sheet.stop(f"2400 DTP01 line {at}", N_("A date of a line is given twice."), N_("Keep one of each kind."))
    _look_at_teeth(sheet, at, act)
    _look_at_prosthesis(sheet, at, part.prosthesis)


def _look_at_teeth(sheet: Sheet, at: int, act: DentalActLine) -> None:
    part = act.part
    if len(part.teeth) > MAX_TEETH:
        what = N_("A line takes %(most)s teeth, not %(count)s.")
        sheet.stop(f"2400 TOO02 line {at}", what, N_("Divide it."), count=len(part.teeth), most=MAX_TEETH)
    if any(len(set(tooth.surfaces)) < len(tooth.surfaces) for tooth in part.teeth):
        sheet.stop(f"2400 TOO03 line {at}", N_("A surface of a tooth is named twice."), N_("Keep one."))
    if len(part.teeth) > 1 and act.quantity.value != 1:
        sheet.stop(
            f"2400 SV306 line {at}",
            N_("Several teeth stand on a line that counts more than one."),
            N_("Give each tooth its own line."),
        )


def _look_at_prosthesis(sheet: Sheet, at: int, prosthesis: Prosthesis | None) -> None:
    if prosthesis is None:
        return
    if prosthesis.placement == "R" and prosthesis.replaced is None:
        sheet.stop(
            f"2400 DTP03 line {at}",
            N_("A prosthesis that replaces another needs the day the other was placed."),
            N_("Enter it, and say whether it is estimated."),
        )
    if prosthesis.placement == "I" and prosthesis.replaced is not None:
        sheet.stop(
            f"2400 DTP01 line {at}",
            N_("The first prosthesis replaces none, and a day of placement is given."),
            N_("Remove the day, or say that it replaces another."),
        )
