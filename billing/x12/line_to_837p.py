"""A service line: 2400 with its drug (2410) and who did it (2420A)."""

from __future__ import annotations

from billing.domain.professional import MAX_MODIFIERS, ProfessionalActLine
from billing.x12.parties_837 import Party, put_provider
from billing.x12.parties_to_x12 import amount, dtp, line
from billing.x12.read_837p import GRAMMAR
from billing.x12.writer import Sheet, joined
from clinic.domain.code import NDC, procedure
from clinic.domain.words import N_

_rule = GRAMMAR.rule
_RENDERING = Party(GRAMMAR, "2420A", "82", numbers=True, role="PE")
_LX, _SV1, _SERVED, _NUMBER = (_rule("2400", key) for key in ("LX", "SV1", "DTP*472", "REF*6R"))
_LIN, _CTP = _rule("2410", "LIN"), _rule("2410", "CTP")
_CORRECT = N_("Correct it.")


def put_act(sheet: Sheet, at: int, act: ProfessionalActLine) -> None:
    """The line at this place, counted from 1.

    Raises:
        Refused: it cannot be written.
    """
    part, code = act.part, act.code
    if procedure(code.value) != code:
        sheet.stop(f"2400 SV101-2 line {at}", N_("The procedure code is neither CPT nor HCPCS."), _CORRECT)
    modifiers = part.modifiers
    if len(modifiers) > MAX_MODIFIERS:
        sheet.stop(f"2400 SV101-3 line {at}", N_("A line takes four modifiers at most."), N_("Keep four."))
    service = joined("HC", code.value, *modifiers, *("",) * (MAX_MODIFIERS - len(modifiers)), part.description)
    sheet.put(_LX, line("LX", str(at)))
    sheet.put(
        _SV1,
        line(
            "SV1",
            service,
            amount(act.charge.cents),
            act.quantity.unit,
            act.quantity.plain(),
            part.place,
            "",
            joined(*map(str, part.pointers)),
            "",
            "Y" if part.emergency else "",
            "",
            "Y" if part.epsdt else "",
        ),
    )
    sheet.put(_SERVED, dtp("472", act.service))
    sheet.put(_NUMBER, line("REF", "6R", act.number))
    drug = part.drug
    if drug is not None:
        sheet.put(_LIN, line("LIN", "", "N4", drug.ndc.value if drug.ndc.system == NDC else None))
        sheet.put(_CTP, line("CTP", "", "", "", drug.quantity.plain(), drug.quantity.unit))
    if part.rendering is not None:
        put_provider(sheet, _RENDERING, part.rendering)
