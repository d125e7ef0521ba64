"""What the boxes of an ADA form must show, said from the facts of an 837D or of an oral Claim; and the form read back.

Boxes are looked for at the places of the form's table, in inches; nothing here knows what drew the page. A box that is
not filled here must be blank.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from tests.oracle.paper import characters

Facts = dict[str, Any]
Filled = dict[str, str]

TABLE = Path(__file__).resolve().parents[2] / "reference" / "forms" / "ada_j430d.csv"
LINES_A_PAGE = 10
SIGNED = "SIGNATURE ON FILE"
_RELATIONSHIP = {"18": "self", "01": "spouse", "19": "dependent"}
_HEIGHT = 11.0
_PITCH = 1 / 15
_ROWS = ([str(n) for n in range(1, 17)], [str(n) for n in range(17, 33)], list("ABCDEFGHIJ"), list("KLMNOPQRST"))


def pages(facts: Facts) -> list[Filled]:
    """The boxes of each page: ten lines a page, and their sum."""
    lines = facts["lines"]
    found = []
    for first in range(0, len(lines), LINES_A_PAGE):
        part = lines[first : first + LINES_A_PAGE]
        page = {**_head(facts), **_other(facts), **_foot(facts), **_providers(facts), **_replacement(part)}
        for number, line in enumerate(part, 1):
            page |= _line(facts, line, number)
        page["32 fee"] = _money(sum(int(line["charge"]) for line in part))
        found.append({key: text for key, text in page.items() if text})
    return found


def _head(facts: Facts) -> Filled:
    who = facts["payer.number"]
    return {
        f"1 {'predetermination' if facts['asked'] else 'services'}": "X",
        "2 number": facts["predetermination_number"] or facts["prior_authorization"],
        "3 name": facts["payer.name"],
        **_home(facts, "payer", "3"),
        "3a id": who.partition(":")[2],
        "12 name": _filed(facts, "insured"),
        **_home(facts, "insured", "12"),
        "13 date": _day(facts["insured.birth"]),
        f"14 {facts['insured.sex']}": "X" if facts["insured.sex"] else "",
        "15 id": facts["coverage.member"],
        "16 number": facts["coverage.group"],
        f"18 {_RELATIONSHIP.get(facts['coverage.relationship'], 'other')}": "X",
        "20 name": _filed(facts, "patient"),
        **_home(facts, "patient", "20"),
        "21 date": _day(facts["patient.birth"]),
        f"22 {facts['patient.sex']}": "X" if facts["patient.sex"] else "",
        "23 number": facts["number"],
    }


def _other(facts: Facts) -> Filled:
    if not facts["others"]:
        return {}
    other = facts["others"][0]
    # In the file the subscriber is always named; a person of relationship 18 is the patient.
    own = other["other.relationship"] == "18"
    return {
        f"4 {'medical' if other['other.filing'] in {'MA', 'MB'} else 'dental'}": "X",
        "5 name": _filed(other, "other.subscriber"),
        "6 date": _day(facts["patient.birth"]) if own else "",
        f"7 {facts['patient.sex']}": "X" if own and facts["patient.sex"] else "",
        "8 id": other["other.member"],
        "9 number": other["other.group"],
        f"10 {_RELATIONSHIP.get(other['other.relationship'], 'other')}": "X",
        "11 name": other["other.payer.name"],
        "11 street": " ".join(filter(None, (other["other.payer.street"], other["other.payer.street_2"]))),
        "11 city": _city(other, "other.payer"),
        "11a id": other["other.payer.number"].partition(":")[2],
    }


def _line(facts: Facts, line: Facts, number: int) -> Filled:
    texts = {
        "24 date": "" if facts["asked"] else _day(line["served"][0]),
        "25 area": " ".join(line["areas"]),
        "26 system": "JP" if line["teeth"] else "",
        "27 teeth": _teeth([tooth for tooth, _ in line["teeth"]]),
        "28 surfaces": ",".join(dict.fromkeys("".join(surfaces) for _, surfaces in line["teeth"] if surfaces)),
        "29 code": line["code"],
        "29a pointers": "".join("ABCD"[at - 1] for at in line["pointers"]),
        "29b quantity": line["quantity"].zfill(2),
        "30 description": line["description"],
        "31 fee": _money(int(line["charge"])),
    }
    return {key.replace(" ", f".{number} "): text for key, text in texts.items()}


def _teeth(teeth: list[str]) -> str:
    text, at = [], 0
    while at < len(teeth):
        row = next((row for row in _ROWS if teeth[at] in row), [teeth[at]])
        place, length = row.index(teeth[at]), 1
        while row[place : place + length + 1] == teeth[at : at + length + 1] and at + length < len(teeth):
            length += 1
        run = teeth[at : at + length]
        text += [f"{run[0]}-{run[-1]}"] if length > 2 else run
        at += length
    return ",".join(text)


def _foot(facts: Facts) -> Filled:
    again = {"7": "REPLACES CLAIM", "8": "VOIDS CLAIM"}.get(facts["frequency"])
    remarks = "; ".join([*([f"{again} {facts['replaces'] or ''}".strip()] if again else []), *facts["notes"]])
    upper, lower = remarks, ""
    if len(remarks) > 111:
        cut = remarks[:112].rfind(" ")
        upper, lower = (remarks[:cut], remarks[cut + 1 :]) if cut > 0 else (remarks[:111], remarks[111:])
    months = facts["months"] if facts["months"] is not None else facts["months_left"]
    causes = {"EM": "work", "AA": "auto", "OA": "other"}
    return {
        **{
            f"33 {tooth}": {"M": "X", "E": "/"}[status]
            for tooth, status in facts["missing"]
            if tooth.isdigit() and int(tooth) < 33
        },
        "34 qualifier": {"0": "AB", "9": "B"}.get(facts["icd"], ""),
        **{f"34a {letter}": code for letter, code in zip("ABCD", facts["diagnoses"], strict=False)},
        "35 upper": upper,
        "35 lower": lower,
        "36 signature": SIGNED,
        "37 signature": SIGNED if facts["coverage.assigns"] == "Y" else "",
        "38 place": facts["place"],
        "39 answer": "Y" if facts["attachments"] else "N",
        f"40 {'yes' if facts['orthodontic'] else 'no'}": "X",
        "41 date": _day(facts["appliance"]) if facts["orthodontic"] else "",
        "42 months": months if facts["orthodontic"] else "",
        **{f"45 {causes[cause]}": "X" for cause in facts["accident"]},
        "46 date": _day(facts["accident_date"]),
        "47 state": facts["accident_state"],
    }


def _replacement(lines: list[Facts]) -> Filled:
    said = [line["placement"] for line in lines if line["placement"]]
    days = sorted(line["replaced"] for line in lines if line["placement"] == "R" and line["replaced"])
    if not said:
        return {}
    return {f"43 {'yes' if 'R' in said else 'no'}": "X", "44 date": _day(days[0]) if days else ""}


def _providers(facts: Facts) -> Filled:
    kind, _, tax = facts["billing.tax"].partition(":")
    phone = facts["billing.phone"] or ""
    paid = "pay_to" if facts["pay_to.street"] else "billing"
    treating = "rendering" if facts["rendering.last"] else "billing"
    system, _, other = (facts["rendering.other"] or "").partition(":")
    at = "facility" if facts["facility.name"] else "billing"
    return {
        "48 name": facts["billing.last"] if facts["billing.is"] == "2" else _spoken(facts, "billing"),
        **_home(facts, paid, "48"),
        "49 npi": facts["billing.npi"],
        "51 number": f"{tax[:3]}-{tax[3:5]}-{tax[5:]}" if kind == "SY" else f"{tax[:2]}-{tax[2:]}",
        "52 phone": f"({phone[:3]}){phone[3:6]}-{phone[6:]}" if phone else "",
        "52a id": (facts["coverage.provider_number"] or "").partition(":")[2],
        "53 signature": SIGNED if facts["signed"] == "Y" else "",
        "54 npi": facts[f"{treating}.npi"],
        "55 number": other if system == "0B" else "",
        "56 street": " ".join(filter(None, (facts[f"{at}.street"], facts[f"{at}.street_2"]))),
        "56 city": _city(facts, at),
        "56a code": facts[f"{treating}.taxonomy"],
        "58 id": other if system != "0B" else "",
    }


def _home(facts: Facts, who: str, box: str) -> Filled:
    return {
        f"{box} street": facts[f"{who}.street"],
        f"{box} street 2": facts[f"{who}.street_2"],
        f"{box} city": _city(facts, who),
    }


def _city(facts: Facts, who: str) -> str:
    code = facts[f"{who}.zip"] or ""
    code = f"{code[:5]}-{code[5:]}" if len(code) == 9 and code.isdigit() else code
    return " ".join(filter(None, (facts[f"{who}.city"], facts[f"{who}.state"], code)))


def _filed(facts: Facts, who: str) -> str:
    if facts[f"{who}.is"] == "2":
        return str(facts[f"{who}.last"])
    last = " ".join(filter(None, (facts[f"{who}.last"], facts[f"{who}.suffix"])))
    return ", ".join(filter(None, (last, facts[f"{who}.first"], (facts[f"{who}.middle"] or "")[:1])))


def _spoken(facts: Facts, who: str) -> str:
    return " ".join(filter(None, (facts[f"{who}.{part}"] for part in ("first", "middle", "last", "suffix"))))


def _day(iso: str | None) -> str:
    if not iso:
        return ""
    year, month, day = iso.split("-")
    return f"{month}/{day}/{year}"


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


@cache
def _places(year: str) -> tuple[tuple[str, float, float, float], ...]:
    """Box and part, left edge, upper edge and width, in inches."""
    suffix = "" if year == "2024" else f"_{year}"
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            (
                f"{row['box']} {row['part']}",
                float(row["x" + suffix]),
                float(row["y" + suffix]),
                int(row["width"]) * _PITCH,
            )
            for row in csv.DictReader(file)
            if row["x" + suffix]
        )


def read(pdf: bytes, year: str) -> tuple[list[Filled], list[str]]:
    """What stands in the boxes of each page, blanks left out, and what stands in none."""
    document = pdfium.PdfDocument(pdf)
    found, astray = [], []
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        boxes: dict[str, list[tuple[float, str]]] = {}
        for character, (left, _, right, _), baseline in characters(text):
            x, y = (left + right) / 2 / 72, _HEIGHT - baseline / 72
            inside = [
                key for key, at, top, width in _places(year) if at <= x <= at + width and top + 0.08 <= y <= top + 0.14
            ]
            if len(inside) != 1:
                astray.append(f"{character!r} at {x:.2f}, {y:.2f} stands in {len(inside)} boxes")
                continue
            boxes.setdefault(inside[0], []).append((x, character))
        found.append({key: "".join(character for _, character in sorted(said)) for key, said in boxes.items()})
        text.close()
        page.close()
    document.close()
    return found, astray
