"""What the boxes of a CMS-1500 must show, said from the facts of a file or of a resource.

Boxes are named as in ``cms1500_grid.csv``. Where the texts leave a choice open, more than one text is right; a box
that is not filled here must be blank.
"""

from __future__ import annotations

import re
from typing import Any

Facts = dict[str, Any]
Filled = dict[tuple[str, str], tuple[str, ...]]

LINES_A_PAGE = 6
SIGNED = "SIGNATURE ON FILE"

_KIND_OF_COVERAGE = {
    **dict.fromkeys(("MB", "MA"), "Medicare"),
    "MC": "Medicaid",
    "CH": "TRICARE",
    "VA": "CHAMPVA",
    **dict.fromkeys(("BL", "CI", "HM", "12", "13", "14", "15", "16"), "group health plan"),
    "FI": "FECA black lung",
}
_RELATIONSHIP = {"18": "self", "01": "spouse", "19": "child"}
_SUPPLEMENT_GAP = "   "


def pages(facts: Facts) -> list[Filled]:
    """The boxes of each page: six lines a page, their sum in 28, payments on the first only."""
    lines = facts["lines"]
    found = []
    for first in range(0, len(lines), LINES_A_PAGE):
        part = lines[first : first + LINES_A_PAGE]
        page: Filled = {}
        for fill in (_insured, _patient, _other_insured, _condition, _illness, _helpers, _diagnoses, _foot, _providers):
            page |= fill(facts)
        for number, line in enumerate(part, 1):
            page |= _line(facts, line, number)
        page |= _money("28", "total charge", sum(int(line["charge"]) for line in part))
        if first == 0:
            page |= _paid(facts)
        found.append({key: texts for key, texts in page.items() if texts != ("",)})
    return found


def _insured(facts: Facts) -> Filled:
    kind = _KIND_OF_COVERAGE.get(facts["coverage.filing"], "other")
    none = facts["coverage.filing"] == "MB" and facts["coverage.rank"] == "P"
    return {
        ("0", "carrier block payer name"): _text(facts["payer.name"]),
        ("0", "carrier block payer address 1"): _spellings(facts["payer.street"]),
        ("0", "carrier block payer address 2"): _spellings(facts["payer.street_2"]),
        ("0", "carrier block payer city state zip"): _spellings(_city(facts, "payer")),
        ("1", f"coverage type {kind}"): ("X",),
        ("1a", "insured id number"): _text(facts["coverage.member"]),
        ("4", "insured name"): _names(facts, "insured"),
        **_home(facts, "insured", "7"),
        **_day(facts["insured.birth"], "11a", "insured birth date"),
        **_sex(facts["insured.sex"], "11a", "insured sex"),
        ("11", "insured policy group or FECA number"): _text(facts["coverage.group"] or ("NONE" if none else None)),
        ("11b", "other claim id qualifier"): _text("Y4" if facts["casualty_claim"] else None),
        ("11b", "other claim id"): _text(facts["casualty_claim"]),
        ("11c", "insurance plan or program name"): _text(facts["coverage.plan"]),
        ("11d", f"another health benefit plan {'yes' if facts['others'] else 'no'}"): ("X",),
        ("12", "patient signature"): (SIGNED,),
        ("13", "insured signature"): _text(SIGNED if facts["coverage.assigns"] == "Y" else None),
    }


def _patient(facts: Facts) -> Filled:
    relationship = _RELATIONSHIP.get(facts["coverage.relationship"], "other")
    return {
        ("2", "patient name (last, first, middle initial)"): _names(facts, "patient", periods=False),
        **_day(facts["patient.birth"], "3", "patient birth date"),
        **_sex(facts["patient.sex"], "3", "patient sex"),
        **_home(facts, "patient", "5"),
        ("6", f"patient relationship {relationship}"): ("X",),
    }


def _other_insured(facts: Facts) -> Filled:
    if not facts["others"]:
        return {}
    other = facts["others"][0]
    plan = other["other.plan"]
    return {
        ("9", "other insured name"): _names(other, "other.subscriber"),
        # "Policy or group number": the one that is there is right, and both are.
        ("9a", "other insured policy or group number"): _choice(other["other.group"], other["other.member"]),
        ("9d", "other insurance plan name"): _text(plan) if plan else ("", other["other.payer.name"]),
    }


def _condition(facts: Facts) -> Filled:
    causes = facts["accident"]
    return {
        ("10a", f"employment {'yes' if 'EM' in causes else 'no'}"): ("X",),
        ("10b", f"auto accident {'yes' if 'AA' in causes else 'no'}"): ("X",),
        ("10c", f"other accident {'yes' if 'OA' in causes else 'no'}"): ("X",),
        ("10b", "auto accident state"): _text(facts["accident_state"]),
        ("10d", "claim codes (NUCC condition codes)"): (" ".join(facts["conditions"]),),
    }


def _illness(facts: Facts) -> Filled:
    filled: Filled = {}
    first = [each for each in facts["dates"] if each[0] in {"431", "484"}][:1]
    rest = [each for each in facts["dates"] if each[0] not in {"431", "484"}]
    other = [each for each in rest if each[0] == "439"] or rest[:1]
    for qualifier, on in first:
        filled |= _day(on, "14", "date of current illness injury or LMP")
        filled["14", "qualifier"] = (qualifier,)
    for qualifier, on in other:
        filled |= _day(on, "15", "other date")
        filled["15", "other date qualifier"] = (qualifier,)
    left, back = (*(facts["unable"] or ()), None, None)[:2]
    filled |= _day(left, "16", "unable to work from") | _day(back, "16", "unable to work to")
    filled |= _day(facts["hospital.from"], "18", "hospitalization from")
    return filled | _day(facts["hospital.to"], "18", "hospitalization to")


def _helpers(facts: Facts) -> Filled:
    """Box 17: who referred, else who supervised."""
    for fact, qualifier in (("referring", "DN"), ("supervising", "DQ")):
        if facts[f"{fact}.last"]:
            other = (facts[f"{fact}.other"] or ":").split(":")
            return {
                ("17", "referring provider qualifier"): (qualifier,),
                ("17", "referring provider name"): _signature(facts, fact, marks=""),
                ("17a", "other id qualifier"): (other[0],),
                ("17a", "other id"): (other[1],),
                ("17b", "referring provider NPI"): _text(facts[f"{fact}.npi"]),
            }
    return {}


def _diagnoses(facts: Facts) -> Filled:
    codes = {
        (f"21{letter}", f"diagnosis {letter}"): (code,)
        for letter, code in zip("ABCDEFGHIJKL", facts["diagnoses"], strict=False)
    }
    number = facts["prior_authorization"] or facts["referral"] or facts["clia"]
    again = facts["frequency"] if facts["frequency"] != "1" else None
    return {
        **codes,
        ("21", "ICD indicator"): (facts["icd"],),
        ("22", "resubmission code"): _text(again),
        ("22", "original reference number"): _text(facts["replaces"]),
        ("23", "prior authorization number"): _text(number),
    }


def _line(facts: Facts, line: Facts, number: int) -> Filled:
    start, end = (*line["served"], line["served"][0])[:2]
    from_to = {}
    for word, on in (("from", start), ("to", end)):
        year, month, day = on.split("-")
        parts = {"MM": month, "DD": day, "YY": year[2:]}
        from_to |= {(f"24A.{number}", f"service date {word} {part}"): (text,) for part, text in parts.items()}
    who = {key: line[f"rendering.{key}"] for key in ("last", "npi", "other", "taxonomy")}
    if not who["last"]:
        who = {key: facts[f"rendering.{key}"] for key in ("last", "npi", "other", "taxonomy")}
    npi = who["npi"] if who["last"] else facts["billing.npi"]
    other = (who["other"] or (f"ZZ:{who['taxonomy']}" if who["taxonomy"] else ":")).split(":")
    drug = f"N4{line['drug.ndc']} {line['drug.unit']}{line['drug.quantity']}" if line["drug.ndc"] else None
    text = f"ZZ{line['description']}" if line["description"] else None
    modifiers = {
        (f"24D.{number}", f"modifier {place}"): (modifier,) for place, modifier in enumerate(line["modifiers"], 1)
    }
    return {
        **from_to,
        **modifiers,
        (f"24.{number}", "supplemental information (shaded, 24A to 24G)"): (
            _SUPPLEMENT_GAP.join(part for part in (drug, text) if part),
        ),
        (f"24B.{number}", "place of service"): (line["place"],),
        (f"24C.{number}", "emergency indicator"): _text(line["emergency"]),
        (f"24D.{number}", "CPT or HCPCS code"): (line["code"],),
        (f"24E.{number}", "diagnosis pointer letters"): ("".join("ABCDEFGHIJKL"[at - 1] for at in line["pointers"]),),
        **_money(f"24F.{number}", "charge", int(line["charge"])),
        (f"24G.{number}", "days or units"): (line["quantity"],),
        (f"24H.{number}", "EPSDT or family planning"): _text(line["epsdt"]),
        (f"24I.{number}", "rendering provider id qualifier (shaded)"): (other[0],),
        (f"24J.{number}", "rendering provider other id (shaded)"): (other[1],),
        (f"24J.{number}", "rendering provider NPI"): _text(npi),
    }


def _foot(facts: Facts) -> Filled:
    kind, _, number = facts["billing.tax"].partition(":")
    return {
        ("25", "federal tax id"): (number,),
        ("25", f"tax id is {'SSN' if kind == 'SY' else 'EIN'}"): ("X",),
        ("26", "patient account number"): (facts["number"].replace("-", ""),),
        ("27", f"accept assignment {'no' if facts['assignment'] == 'C' else 'yes'}"): ("X",),
        ("31", "physician signature"): _text(SIGNED if facts["signed"] == "Y" else None),
    }


def _providers(facts: Facts) -> Filled:
    phone = facts["billing.phone"] or ""
    billing = (
        facts["coverage.provider_number"] or (f"ZZ:{facts['billing.taxonomy']}" if facts["billing.taxonomy"] else "")
    ).replace(":", "")
    return {
        ("32", "service facility name"): _text(facts["facility.name"]),
        ("32", "service facility street"): _streets(facts, "facility"),
        ("32", "service facility city state zip"): (_city(facts, "facility"),),
        ("32a", "service facility NPI"): _text(facts["facility.npi"]),
        ("32b", "service facility other id"): ((facts["facility.other"] or "").replace(":", ""),),
        ("33", "billing provider phone area code"): (phone[:3],),
        ("33", "billing provider phone number"): (phone[3:],),
        ("33", "billing provider name"): (
            _text(facts["billing.last"]) if facts["billing.is"] == "2" else _signature(facts, "billing", marks=",.")
        ),
        ("33", "billing provider street"): _streets(facts, "billing"),
        ("33", "billing provider city state zip"): (_city(facts, "billing"),),
        ("33a", "billing provider NPI"): _text(facts["billing.npi"]),
        ("33b", "billing provider other id"): (billing,),
    }


def _paid(facts: Facts) -> Filled:
    """Box 29: what the patient and the other payers paid; blank where nobody has said anything."""
    amounts = [facts["patient_paid"], *(other["other.paid"] for other in facts["others"])]
    known = [int(amount) for amount in amounts if amount is not None]
    return _money("29", "amount paid", sum(known)) if known else {}


def _money(box: str, name: str, cents: int) -> Filled:
    return {(box, f"{name} dollars"): (str(cents // 100),), (box, f"{name} cents"): (f"{cents % 100:02d}",)}


def _day(on: str | None, box: str, name: str) -> Filled:
    if on is None:
        return {}
    year, month, day = on.split("-")
    return {(box, f"{name} MM"): (month,), (box, f"{name} DD"): (day,), (box, f"{name} YYYY"): (year,)}


def _sex(sex: str | None, box: str, name: str) -> Filled:
    return {(box, f"{name} {sex}"): ("X",)} if sex in {"F", "M"} else {}


def _home(facts: Facts, who: str, box: str) -> Filled:
    """Street, city, state and ZIP code in boxes of their own; box 5 asks for a street without punctuation."""
    word = "patient" if box == "5" else "insured"
    return {
        (box, f"{word} street"): _streets(facts, who),
        (box, f"{word} city"): _spellings(facts[f"{who}.city"]),
        (box, f"{word} state"): _text(facts[f"{who}.state"]),
        (box, f"{word} zip"): (_zip(facts, who),),
    }


def _zip(facts: Facts, who: str) -> str:
    """Nine digits of the United States are printed with their hyphen."""
    digits: str = facts[f"{who}.zip"] or ""
    return f"{digits[:5]}-{digits[5:]}" if re.fullmatch(r"\d{9}", digits) and not facts[f"{who}.country"] else digits


def _city(facts: Facts, who: str) -> str:
    parts = (facts[f"{who}.city"], facts[f"{who}.state"], _zip(facts, who))
    return " ".join(part for part in parts if part)


def _streets(facts: Facts, who: str) -> tuple[str, ...]:
    both = " ".join(part for part in (facts[f"{who}.street"], facts[f"{who}.street_2"]) if part)
    return _spellings(both)


def _names(facts: Facts, who: str, *, periods: bool = True) -> tuple[str, ...]:
    """``LAST SUFFIX, FIRST, M``; an organisation's name as it is."""
    last = " ".join(part for part in (facts[f"{who}.last"], facts[f"{who}.suffix"]) if part)
    parts = (last, facts[f"{who}.first"], (facts[f"{who}.middle"] or "")[:1])
    text = ", ".join(part for part in parts if part)
    return (text.replace(".", ""), text) if periods else (text.replace(".", ""),)


def _signature(facts: Facts, who: str, *, marks: str) -> tuple[str, ...]:
    """``FIRST MIDDLE LAST SUFFIX``, the middle name whole or its initial."""
    middle = facts[f"{who}.middle"] or ""
    found = []
    for each in (middle, middle[:1]):
        parts = (facts[f"{who}.first"], each, facts[f"{who}.last"], facts[f"{who}.suffix"])
        text = " ".join(part for part in parts if part)
        found += [text, text.replace(".", "")] if marks else [re.sub(r"[.,]", "", text)]
    return tuple(found)


def _spellings(text: str | None) -> tuple[str, ...]:
    """With its punctuation or without: the form asks to leave it out, the table says so of box 5 alone."""
    whole = text or ""
    return whole, re.sub(r"[.,]", "", whole), re.sub(r"[.,'/&-]", "", whole)


def _text(text: str | None) -> tuple[str, ...]:
    return (text or "",)


def _choice(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text) or ("",)
