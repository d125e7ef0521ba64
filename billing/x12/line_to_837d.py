"""A service line of an 837D: 2400 with its teeth, and who did it (2420A, 2420B)."""

from __future__ import annotations

from billing.domain.dental import ACT_DAYS, MAX_MODIFIERS, DentalActLine, DentalClaim
from billing.x12.parties_837 import Party, put_provider
from billing.x12.parties_to_x12 import amount, day, dtp, line
from billing.x12.read_837d import GRAMMAR
from billing.x12.sendable_837d import look_at_line
from billing.x12.writer import Sheet, joined

_rule = GRAMMAR.rule
_RENDERING = Party(GRAMMAR, "2420A", "82", numbers=True, role="PE")
_ASSISTANT = Party(GRAMMAR, "2420B", "DD", numbers=True, role="AS")
_LX, _SV3, _TOO, _NUMBER, _ASKED = (_rule("2400", key) for key in ("LX", "SV3", "TOO", "REF*6R", "REF*G3"))
_DATES = {code: _rule("2400", f"DTP*{code}") for code in (*ACT_DAYS, "472", "441", "139")}


def put_act(sheet: Sheet, at: int, act: DentalActLine, claim: DentalClaim) -> None:
    """The line at this place, counted from 1. Its day is said only where it is not that of the claim's first.

    Raises:
        Refused: it cannot be written.
    """
    look_at_line(sheet, at, act, claim)
    part, prosthesis = act.part, act.part.prosthesis
    modifiers = part.modifiers
    service = joined("AD", act.code.value, *modifiers, *("",) * (MAX_MODIFIERS - len(modifiers)), part.description)
    sheet.put(_LX, line("LX", str(at)))
    sheet.put(
        _SV3,
        line(
            "SV3",
            service,
            amount(act.charge.cents),
            part.place,
            joined(*part.areas),
            prosthesis.placement if prosthesis else "",
            act.quantity.plain(),
            "",
            "",
            "",
            "",
            joined(*map(str, part.pointers)),
        ),
    )
    for each in part.teeth:
        sheet.put(_TOO, line("TOO", "JP", each.tooth, joined(*each.surfaces)))
    if not claim.part.predetermination and act.service != claim.acts[0].service:
        sheet.put(_DATES["472"], dtp("472", act.service))
    if prosthesis is not None and prosthesis.replaced is not None:
        code = "139" if prosthesis.estimated else "441"
        sheet.put(_DATES[code], line("DTP", code, "D8", day(prosthesis.replaced)))
    for dated in part.dates:
        sheet.put(_DATES[dated.qualifier], line("DTP", dated.qualifier, "D8", day(dated.on)))
    if part.predetermination_number is not None:
        sheet.put(_ASKED, line("REF", "G3", part.predetermination_number))
    sheet.put(_NUMBER, line("REF", "6R", act.number))
    if part.rendering is not None:
        put_provider(sheet, _RENDERING, part.rendering)
    if part.assistant is not None:
        put_provider(sheet, _ASSISTANT, part.assistant)
