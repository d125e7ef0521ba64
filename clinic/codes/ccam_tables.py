"""CCAM from the tables the French health insurance publishes (.dbf): acts, their activities, phases and prices.

A table holds every version of a thing, by the day of its change; the latest counts. Keys are put together: an act's
seven signs, then the figure of the activity (COD_AA), then that of the phase (COD_AAP).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from clinic.codes.dbase import dbase_records
from clinic.codes.delimited import day_of
from clinic.codes.release import Contents, Group, Row
from clinic.codes.source_file import SourceFile
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_REMEDY = N_("Take the file as its publisher offers it.")
_LONG = ("NOM_LONG", *(f"NOM_LONG{sign}" for sign in "0123456789ABCDE"))
_NOTE = ("TEXTE_NOTE", *(f"TEXTE_NOT{sign}" for sign in "0123456789ABCDE"))
_ACT = {"group_type": "TYPE_COD", "sex": "SEXE", "reimbursed": "REMBOU_COD", "prior_agreement": "ENTENTE"}
_PHASE = {
    "price": "PU_BASE", "sessions": "NB_SEANCES", "teeth": "NB_DENTS", "age_from": "AGE_MIN", "age_to": "AGE_MAX",
    "coefficient": "COEFFICIEN", "supplement": "SUPPLEMENT",
}  # fmt: skip
_NOTHING = frozenset({"", "0", "0.00", "0.0", "0,00"})
Cells = Mapping[str, str]


def read_tables(files: Mapping[str, SourceFile]) -> Contents:
    """The acts of the tables given by their names in capitals (``R_ACTE``); that one must be there, the others may.

    Raises:
        Refused: a table is not whole, or an act has an impossible code, day or no words; file and record are named.
    """
    facts = _facts(files)
    notes = _notes(files)
    groups = _groups(files)
    known = {group.id for group in groups}
    file = files["R_ACTE"]
    latest: dict[str, tuple[str, Row]] = {}
    for number, cells in dbase_records(file):
        code, changed = cells.get("COD_ACTE", "")[:7].strip(), cells.get("DT_MODIF", "")
        if code not in latest or changed >= latest[code][0]:
            row = _act(code, cells, f"{file.name}, record {number}", known)
            latest[code] = (changed, row)
    if not latest:
        raise Refused(N_("no code was found in this file."), where=file.name, remedy=_REMEDY)
    rows = []
    for code, (_, row) in latest.items():
        own = facts.get(code, ())
        rows.append(
            Row(
                value=row.value,
                display=row.display,
                billable=True,
                group=row.group,
                titles=row.titles,
                notes=(("notes", tuple(notes[code])),) if code in notes else (),
                start=row.start,
                end=row.end,
                facts=(*row.facts, *own),
            )
        )
    return Contents(tuple(rows), tuple(groups))


def _act(code: str, cells: Cells, where: str, groups: set[str]) -> Row:
    if len(code) != 7 or not code.isascii() or not code.isalnum():
        raise Refused(
            N_("“%(text)s” stands where %(says)s is meant."),
            where=f"{where}, COD_ACTE",
            remedy=_REMEDY,
            text=code[:20],
            says=N_("an act of four letters and three digits"),
        )
    words = "".join(cells.get(name, "").ljust(255 if cells.get(name) else 0) for name in _LONG)
    display = " ".join(words.split()) or cells.get("NOM_COURT", "")
    if not display:
        raise Refused(N_("%(code)s has no words."), where=f"{where}, NOM_LONG", remedy=_REMEDY, code=code)
    short, menu = cells.get("NOM_COURT", ""), cells.get("MENU_COD", "")
    return Row(
        value=code.upper(),
        display=display,
        billable=True,
        group=menu if menu in groups else None,
        titles=(short,) if short and short != display else (),
        start=_day(cells, "DT_CREATIO", where),
        end=_day(cells, "DT_FIN", where),
        facts=tuple((name, cells[head]) for name, head in _ACT.items() if cells.get(head, "") not in _NOTHING),
    )


def _day(cells: Cells, name: str, where: str) -> date | None:
    try:
        return day_of(cells.get(name, ""))
    except ValueError:
        raise Refused(
            N_("“%(text)s” is no day."), where=f"{where}, {name}", remedy=_REMEDY, text=cells[name][:20]
        ) from None


def _latest(file: SourceFile | None, key: str, changed: str) -> Iterable[tuple[str, list[Cells]]]:
    """For each key the records of its latest version: several where the version has several lines."""
    if file is None:
        return ()
    kept: dict[str, tuple[str, list[Cells]]] = {}
    for _, cells in dbase_records(file):
        name, day = cells.get(key, ""), cells.get(changed, "")
        before = kept.get(name)
        if before is None or day > before[0]:
            kept[name] = (day, [cells])
        elif day == before[0]:
            before[1].append(cells)
    return ((name, lines) for name, (_, lines) in kept.items())


def _facts(files: Mapping[str, SourceFile]) -> dict[str, list[tuple[str, str]]]:
    """Facts by act.

    ``activities``, ``modifiers_1`` (of activity 1), ``price_1_0`` (activity 1, phase 0), ``price_1_0_grid_3`` (by the
    grid of the contract), ``teeth_allowed_1_0``.
    """
    facts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    activities: dict[str, set[str]] = defaultdict(set)
    for key, _ in _latest(files.get("R_ACTE_IVITE"), "COD_AA", "DT_MODIF"):
        activities[key[:7]].add(key[7:8])
    for code, numbers in activities.items():
        facts[code].append(("activities", " ".join(sorted(numbers))))
    for key, lines in _latest(files.get("R_ACTIVITE_MODIFICATEUR"), "AA_CODE", "AADT_MODIF"):
        _add(facts, key, f"modifiers_{key[7:8]}", " ".join(sorted({line.get("MODIFI_COD", "") for line in lines})))
    for key, lines in sorted(_latest(files.get("R_ACTE_IVITE_PHASE"), "COD_AAP", "DT_MODIF")):
        for name, head in _PHASE.items():
            _add(facts, key, f"{name}_{_at(key)}", lines[-1].get(head, ""))
    for key, lines in sorted(_latest(files.get("R_PU_BASE"), "AAP_COD", "APDT_MODIF")):
        for line in lines:
            _add(facts, key, f"price_{_at(key)}_grid_{line.get('GRILLE_COD', '')}", line.get("PU_BASE", ""))
    for key, teeth in _teeth(files.get("R_ACTIVITE_PHASE_DENT")).items():
        _add(facts, key, f"teeth_allowed_{_at(key)}", " ".join(sorted(teeth)))
    return facts


def _add(facts: dict[str, list[tuple[str, str]]], key: str, name: str, text: str) -> None:
    if text.strip() not in _NOTHING:
        facts[key[:7]].append((name, text.strip()))


def _at(key: str) -> str:
    """Activity and phase of a key."""
    return f"{key[7:8]}_{key[8:9]}"


def _teeth(file: SourceFile | None) -> dict[str, set[str]]:
    teeth: dict[str, set[str]] = defaultdict(set)
    if file is not None:
        for _, cells in dbase_records(file):
            teeth[cells.get("AAP_COD", "")].add(cells.get("DEN_NUMERO", ""))
    return teeth


def _notes(files: Mapping[str, SourceFile]) -> dict[str, list[str]]:
    notes: dict[str, list[str]] = {}
    for key, lines in _latest(files.get("R_NOTE_ACTE"), "ACTE_COD", "ACDT_MODIF"):
        texts = [" ".join("".join(line.get(name, "") for name in _NOTE).split()) for line in lines]
        kept = [text for text in texts if text]
        if kept:
            notes[key[:7]] = kept
    return notes


def _groups(files: Mapping[str, SourceFile]) -> list[Group]:
    """The chapters. One whose parent is missing or stands below itself is taken as one at the top."""
    if "R_MENU" not in files:
        return []
    found: dict[str, tuple[str, str]] = {}
    for _, cells in dbase_records(files["R_MENU"]):
        if cells.get("COD_MENU", "") not in _NOTHING:
            found[cells["COD_MENU"]] = (cells.get("LIBELLE", ""), cells.get("COD_PERE", ""))
    order: dict[str, Group] = {}

    def put(name: str, above: frozenset[str]) -> None:
        if name in order:
            return
        label, parent = found[name]
        if parent not in found or parent in above or parent == name:
            parent = ""
        if parent and len(above) < 50:
            put(parent, above | {name})
        order[name] = Group(name, label or name, parent if parent in order else None)

    for name in found:
        put(name, frozenset())
    return list(order.values())
