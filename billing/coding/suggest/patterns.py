"""What is said in figures or by habit of speech: body mass, weeks, allergies, tobacco, vaccines, long-term drugs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from billing.coding.suggest.values import Status


class Found(NamedTuple):
    """A code that a pattern gives for a part of the text."""

    code: str
    start: int
    end: int
    status: Status


_ANY_CASE = re.IGNORECASE


def _words(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), _ANY_CASE)


_BMI = re.compile(
    r"\b(?:BMI|body mass index|IMC|indice de masse corporelle)\b(?: of| is|:|=| de| à)?\s*(\d\d)(?:[.,]\d+)?", _ANY_CASE
)
_WEEKS = re.compile(r"\b(\d{1,2})(?:\s+\d/7)?\s*(?:weeks?|wks?)\b\s+(?:of\s+)?(?:gestation|pregnan\w+)", _ANY_CASE)
_ALLERGY = re.compile(
    r"\b(?:(?:allergic|allergy|allergies|all[eé]rgique|all[eé]rgie)\s+(?:to\s+|à\s+(?:la\s+|l['’])?|aux?\s+)?(?P<to>[\w-]+)"
    r"|(?P<of>[\w-]+)\s+(?:allergy|allergic))\b",
    _ANY_CASE,
)
_ALLERGENS = (
    ("Z88.0", _words(r"p[eé]nicill\w*", "pcn", r"amoxicill\w*", r"ampicillin\w*", "augmentin")),
    ("Z88.2", _words(r"sulfa\w*", r"sulfonamide\w*", "bactrim")),
    ("Z88.1", _words("macrolides?", "erythromycin", "azithromycin", r"cephalosporin\w*", "cephalexin", "doxycycline",
                     "ciprofloxacin", "clindamycin")),
    ("Z88.6", _words("aspirine?", "nsaids?", "ibuprofen", "a[iï]ns")),
    ("Z88.5", _words("codeine?", "morphine", "opioids?", "hydrocodone", "oxycodone")),
    ("Z91.040", _words("latex")),
    ("Z91.010", _words("peanuts?", "arachides?")),
    ("Z91.041", _words("contrast", "iode")),
    ("Z91.030", _words("bees?")),
)  # fmt: skip
_SMOKING = (
    r"smokes (?:(?!marijuana|cannabis|pot)[^.;\n]){0,30}?(?:cigarettes?|packs?|ppd)(?: (?:of cigarettes )?a day)?"
)
_TOBACCO: tuple[tuple[re.Pattern[str], str, Status], ...] = (
    (_words(r"\bnever[- ](?:a )?smoke[rd]?\b", r"\bnon-?smoker\b", r"\bdoes not smoke\b", r"\bdenies smoking\b",
            r"\bnon-?fumeu\w+", r"\bjamais fum[eé]\w*"), "F17.210", "negated"),
    (_words(r"\bformer (?:cigarette )?smoker\b", r"\bex-?smoker\b", r"\bquit smoking\b", r"\bused to smoke\b",
            r"\bstopped smoking(?= in| \d)", r"\bancien(?:ne)? fumeu\w+", r"\bfumeu\w+ sevr[eé]\w*",
            r"\btabagisme sevr[eé]"), "Z87.891", "affirmed"),
    (_words(r"\bnicotine dependence, chewing tobacco\b", r"\bchew(?:s|ing) tobacco\b", r"\bsmokeless tobacco\b"),
     "F17.220", "affirmed"),
    (_words(rf"\b{_SMOKING}", r"\b(?:current |heavy |active )?cigarette smoker\b", r"\b\d+ cigarettes (?:a|per) day\b",
            r"\bfumeu\w+ actifs?\b", r"\btabagisme actif(?:, \d+ cigarettes par jour)?",
            r"\b\d+ cigarettes par jour\b"), "F17.210", "affirmed"),
    (_words(r"\b(?:current (?:every day )?|active )?smoker\b(?! in)", r"\bfumeu(?:r|se)\b", r"\btabagisme\b",
            r"\btobacco use disorder\b"), "F17.200", "affirmed"),
)  # fmt: skip
_GIVEN = r"(?:given|administered|today)"
_VACCINE = _words(
    r"\bencounter for immuni[sz]ation\b",
    r"\bneed for (?:[\w-]+ ){0,3}vaccination\b",
    rf"\bvaccin(?:e|ation)s? {_GIVEN}\b",
    rf"\b(?:flu|tetanus|covid|pneumococcal|shingles|hpv|mmr|tdap|influenza) (?:shot|vaccine|booster|vaccination)"
    rf"(?: (?:was )?{_GIVEN})?\b",
    rf"\bimmuni[sz]ations? (?:{_GIVEN}|updated)\b",
    r"\bvaccin(?:ation)? (?:fait|faite|administr[eé]e?) ce jour\b",
)
_NOT_TODAY = re.compile(r"\b(?:declin|refus|due|offer|deferr|history|last|allerg|up to date|à jour)\w*", _ANY_CASE)
_LONG_TERM = (
    ("Z79.4", _words(r"long[- ]term (?:\(current\) )?(?:use of )?insulin(?: use)?")),
    ("Z79.01", _words(r"long[- ]term (?:\(current\) )?(?:use of )?anti-?coagulants?(?: use)?",
                      "chronic anticoagulation", "anticoagulants? au long cours")),
    ("Z79.52", _words(r"long[- ]term (?:use of )?(?:systemic )?steroids?", "cortico[iï]des? au long cours")),
    ("Z79.891", _words(r"long[- ]term (?:use of )?opi(?:oids?|ate analgesics?)")),
    ("Z79.82", _words(r"long[- ]term (?:use of )?aspirin")),
    ("Z66", _words(r"\bDNR\b", "do[- ]not[- ]resuscitate")),
)  # fmt: skip
_DENIED = re.compile(r"\b(?:no(?: known)?|not|denies|without|pas d['’e]|aucune|non) ?$", _ANY_CASE)


def patterns(text: str) -> Iterator[Found]:
    """All that the patterns find, in no order; the body mass index stands among them whether it may be coded or not."""
    for match in _BMI.finditer(text):
        code = body_mass_code(int(match[1]))
        if code is not None:
            yield Found(code, *match.span(), "affirmed")
    for match in _WEEKS.finditer(text):
        if 8 <= int(match[1]) <= 42:
            yield Found(f"Z3A.{int(match[1]):02}", *match.span(), "affirmed")
    yield from _allergies(text)
    yield from _tobacco(text)
    for match in _VACCINE.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()][-60:]
        behind = text[match.end() : match.end() + 25].partition(".")[0]
        if not _NOT_TODAY.search(line.rpartition(".")[2]) and not _NOT_TODAY.search(behind):
            yield Found("Z23", *match.span(), "affirmed")
    for code, words in _LONG_TERM:
        for match in words.finditer(text):
            denied = _DENIED.search(text[max(match.start() - 12, 0) : match.start()])
            yield Found(code, *match.span(), "negated" if denied else "affirmed")


def _allergies(text: str) -> Iterator[Found]:
    for match in _ALLERGY.finditer(text):
        what = match["to"] or match["of"]
        code = next((code for code, words in _ALLERGENS if words.fullmatch(what)), None)
        if code is not None:
            denied = _DENIED.search(text[max(match.start() - 12, 0) : match.start()])
            yield Found(code, *match.span(), "negated" if denied else "affirmed")


def _tobacco(text: str) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for words, code, status in _TOBACCO:
        for match in words.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            denied = _DENIED.search(text[max(match.start() - 12, 0) : match.start()])
            yield Found(code, *match.span(), "negated" if denied and status == "affirmed" else status)


def body_mass_code(whole: int) -> str | None:
    """The code of a body mass index of an adult, from its whole figure."""
    if whole < 20:
        return "Z68.1"
    if whole < 40:
        return f"Z68.{whole}"
    if whole < 70:
        return "Z68.41" if whole < 45 else "Z68.42" if whole < 50 else "Z68.43" if whole < 60 else "Z68.44"
    return "Z68.45"
