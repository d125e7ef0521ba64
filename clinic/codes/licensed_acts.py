"""What the user's own lists of acts have in common: CPT and CDT come as a table the user makes under a licence.

Beside the words stand what edits ask of an act. A column that is not known here is refused: in a table somebody made, a
misspelt head would otherwise drop a rule without a word.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from clinic.codes.delimited import Column, Record, Table
from clinic.codes.lists import facts_of, further, span
from clinic.codes.release import Row
from clinic.domain.words import N_

_AGE = re.compile(r"\d{1,3}")
_ASKED = re.compile(r"required|optional|no|yes|[0-9A-Za-z][0-9A-Za-z ,;-]{0,80}", re.IGNORECASE)
_YES = re.compile(r"yes|no|y|n|true|false|1|0|x", re.IGNORECASE)
_GLOBAL = re.compile(r"0?0|000|0?10|0?90|XXX|YYY|ZZZ|MMM", re.IGNORECASE)


class Attribute(NamedTuple):
    """One thing an edit may ask of an act: its column, its form, what it means."""

    name: str
    pattern: re.Pattern[str] | None
    says: str
    others: tuple[str, ...] = ()


_WHAT_IS_ASKED = N_("required, optional, no, or what may stand there")
ATTRIBUTES = (
    Attribute("age_from", _AGE, N_("an age in years"), ("minimum age", "age min")),
    Attribute("age_to", _AGE, N_("an age in years"), ("maximum age", "age max")),
    Attribute("sex", re.compile(r"f|m|female|male", re.IGNORECASE), N_("F or M")),
    Attribute("tooth", _ASKED, _WHAT_IS_ASKED, ("tooth number",)),
    Attribute("surface", _ASKED, _WHAT_IS_ASKED, ("surfaces", "tooth surface")),
    Attribute("area", _ASKED, _WHAT_IS_ASKED, ("area of oral cavity", "oral area", "quadrant")),
    Attribute("surfaces_from", re.compile(r"\d"), N_("a number of surfaces")),
    Attribute("surfaces_to", re.compile(r"\d"), N_("a number of surfaces")),
    Attribute("global_days", _GLOBAL, N_("000, 010, 090, XXX, YYY, ZZZ or MMM"), ("global", "global period")),
    Attribute("units_per_day", re.compile(r"\d{1,4}"), N_("a number"), ("units", "max units")),
    Attribute("add_on", _YES, N_("yes or no"), ("addon",)),
    Attribute(
        "modifiers", re.compile(r"[0-9A-Z]{2}(?:[ ,;]+[0-9A-Z]{2})*"), N_("modifiers of two signs"), ("modifier",)
    ),
    Attribute("clia", _YES, N_("yes or no"), ("clia waived", "qw")),
    Attribute("category", None, "", ("section", "chapter")),
)
"""What edits ask of an act, by the name its fact has."""

LAYOUT = (
    "A table with the columns code, short, medium, long, effective and termination (the last day the code may be "
    "used), of which code and one of the three texts are needed; and, where wanted, what edits ask of an act: "
    "age_from, age_to, sex, tooth, surface, area, surfaces_from, surfaces_to, global_days, units_per_day, add_on, "
    "modifiers, clia, category. A column that is none of these is refused by name."
)


def act_columns(code: re.Pattern[str], says: str) -> tuple[Column, ...]:
    """The columns of such a table, for codes of one form."""
    return (
        Column("code", ("code", "cpt", "cdt", "cpt code", "cdt code", "procedure code"), code, needed=True, says=says),
        Column("short", ("short", "short description", "short descriptor"), optional=True),
        Column("medium", ("medium", "medium description", "medium descriptor"), optional=True),
        Column("long", ("long", "long description", "long descriptor", "description", "nomenclature"), optional=True),
        Column("start", ("effective", "effective date", "start"), optional=True),
        Column("end", ("termination", "termination date", "terminated", "end"), optional=True),
        *(
            Column(each.name, (each.name, *each.others), each.pattern, optional=True, says=each.says)
            for each in ATTRIBUTES
        ),
    )


def act_row(table: Table, record: Record) -> Row:
    """An act of such a table.

    Raises:
        Refused: it has no words, or its days or ages are the wrong way round.
    """
    cells = record.cells
    display = cells["long"] or cells["medium"] or cells["short"]
    if not display:
        raise table.refusal(N_("%(code)s has no words."), record.line, "short, medium, long", code=cells["code"])
    for low, high in (("age_from", "age_to"), ("surfaces_from", "surfaces_to")):
        if cells[low] and cells[high] and int(cells[low]) > int(cells[high]):
            raise table.refusal(
                N_("%(low)s is more than %(high)s."), record.line, f"{low}, {high}", low=cells[low], high=cells[high]
            )
    start, end = span(table, record, ("effective", "termination"))
    told = Record(record.line, {**cells, **_plain(cells)})
    return Row(
        value=cells["code"].upper(),
        display=display,
        billable=True,
        titles=further(display, cells["medium"], cells["short"]),
        start=start,
        end=end,
        facts=facts_of(told, ("short", "medium", *(each.name for each in ATTRIBUTES))),
    )


def _plain(cells: dict[str, str]) -> dict[str, str]:
    """The cells that have one plain spelling: yes and no, global days of three signs, one letter for the sex."""
    plain = {}
    for name in ("add_on", "clia"):
        if cells[name]:
            plain[name] = "yes" if cells[name].lower() in {"yes", "y", "true", "1", "x"} else "no"
    for name in ("tooth", "surface", "area"):
        if cells[name].lower() in {"required", "optional", "no", "yes"}:
            plain[name] = {"yes": "required"}.get(cells[name].lower(), cells[name].lower())
    if cells["global_days"]:
        plain["global_days"] = cells["global_days"].upper().zfill(3)
    if cells["sex"]:
        plain["sex"] = cells["sex"][0].upper()
    return plain
