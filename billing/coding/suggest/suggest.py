"""Suggestions for a note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from billing.coding.suggest.combine import Weighed, combined
from billing.coding.suggest.engine import Read, read
from billing.coding.suggest.lexicon import Lexicon
from billing.coding.suggest.patterns import Found, patterns
from billing.coding.suggest.standing import lasting, of_family, of_history
from billing.coding.suggest.symptoms import symptom
from billing.coding.suggest.values import Status, Suggestion
from clinic.codes.release import shown
from clinic.domain.words import N_

_WEIGHT = ("E66", "R634", "R635", "R636", "E28", "R6251", "F50")
"""A body mass index is coded only beside a diagnosis of weight that the provider made (guideline I.B.14)."""

_OF_HISTORY = ("Z85", "Z86", "Z87", "Z90", "Z95", "Z96", "Z98", "I252")
"""Codes that say themselves that it was."""

_STAGE = re.compile(
    r"(?:kidney disease|\bCKD|r[eé]nale chronique|\bIRC)[^.;\n]{0,25}?(?:stage|stade|\bG) ?(?P<stage>[1-5][ab]?)",
    re.IGNORECASE,
)
_STAGED = ("E1022", "E1122", "E1322", "I12", "I13")

_WHERE: dict[str, str] = {
    "assessment": N_("The provider concludes it."),
    "problems": N_("It is on the problem list."),
    "past": N_("It stands under past history and does not end."),
    "plan": N_("It stands in the plan."),
}
STATUS: dict[Status, str] = {
    "negated": N_("The note says that the patient does not have it."),
    "history": N_("The patient had it; it is not coded as if it were there."),
    "family": N_("A relative has it."),
    "uncertain": N_("It is not certain: outpatient notes are coded by signs and symptoms (guideline IV.H)."),
}
_OPEN = N_("The note says nothing more specific.")
_TITLE = N_("The words are those of the classification.")
_TERM = N_("The words are known as a name for it.")
USUAL_REASONS = frozenset({_OPEN, _TITLE, _TERM})
"""Those that most suggestions have: said only where there is no other."""
HAD = N_("Having had it is coded for itself.")
_RELATIVE = N_("That a relative has it is coded for itself.")


def suggest(note: str, lexicon: Lexicon) -> tuple[Suggestion, ...]:
    """All codes that the words of a note lead to, in the order of the words; only ``affirmed`` ones are offered."""
    return tuple(
        _suggestion(note, each, lexicon.system) for each in settled(weighed(note, lexicon), {0: note}, lexicon)
    )


def settled(found: list[Weighed], notes: Mapping[int, str], lexicon: Lexicon) -> list[Weighed]:
    """What all that was found in a record comes to: one a code, in the order of the words.

    Affirmed codes that another one holds or explains are left out; all others are kept once for each way they are said.
    """
    suspected = frozenset(each.code for each in found if each.status == "uncertain" and each.section != "plan")
    affirmed = combined([each for each in found if each.status == "affirmed"], suspected, lexicon)
    codes = tuple(each.code for each in affirmed)
    for number, note in notes.items():
        affirmed += _stage(note, codes, lexicon, number)
    affirmed = [each for each in affirmed if each.code[:3] != "Z68" or any(map(_of_weight, codes))]
    others: dict[tuple[str, Status], Weighed] = {}
    for each in found:
        if each.status != "affirmed":
            others.setdefault((each.code, each.status), each)
    return sorted([*affirmed, *others.values()], key=_in_order)


def _in_order(each: Weighed) -> tuple[str, int, int, int, str]:
    return each.source, each.source_id, each.start, each.end, each.code


def _stage(note: str, codes: tuple[str, ...], lexicon: Lexicon, number: int) -> list[Weighed]:
    """The stage that must stand beside a combination code with chronic kidney disease (note at I12, I13, E11.22)."""
    found = _STAGE.search(note)
    if found is None or not any(code.startswith(_STAGED) for code in codes) or any(code[:3] == "N18" for code in codes):
        return []
    stage = found["stage"].lower()
    node = lexicon.node({"3": "N18.30", "3a": "N18.31", "3b": "N18.32"}.get(stage, f"N18.{stage[0]}"))
    if node is None:
        return []
    start, end = found.start("stage"), found.end()
    made = Weighed(node, node.value, start, end, "affirmed", "", left_open=False, official=True)
    made.score, made.why, made.source_id = 0.8, (_TERM,), number
    return [made]


def _of_weight(code: str) -> bool:
    return code.startswith(_WEIGHT)


def weighed(note: str, lexicon: Lexicon, number: int = 0) -> list[Weighed]:
    """All that the words of one note lead to; ``number`` tells it from other notes."""
    found = list(_weighed(note, lexicon))
    for each in found:
        each.source_id = number
    return found


def _weighed(note: str, lexicon: Lexicon) -> Iterator[Weighed]:
    found = list(patterns(note))
    for each in found:
        node = lexicon.node(each.code)
        if node is not None:
            yield Weighed(node, node.value, each.start, each.end, each.status, "", False, True, 0.8, (_TERM,))
    for mention in read(note, lexicon):
        if not _of_pattern(mention, found):
            yield from _of_read(mention, lexicon)


def _of_pattern(mention: Read, found: list[Found]) -> bool:
    """Whether a pattern has read these words, or they tell how an allergy shows."""
    sentence = mention.sentence.tokens
    for each in found:
        if mention.start < each.end and each.start < mention.end:
            return True
        allergy = each.code.startswith(("Z88", "Z91.0"))
        if allergy and sentence[0].start <= each.start and each.end <= mention.start <= sentence[-1].end:
            return True
    return mention.sentence.section == "allergy"


def _of_read(mention: Read, lexicon: Lexicon) -> Iterator[Weighed]:
    node, code, section = mention.choice.node, mention.choice.code, mention.sentence.section
    status = _status(mention)
    score = _score(mention, status)
    why = [STATUS[status]] if status != "affirmed" else [_WHERE[section]] if section in _WHERE else []
    why.append(_TITLE if mention.mention.official else _TERM)
    if mention.choice.left_open:
        why.append(_OPEN)
    first = Weighed(
        node, code, mention.start, mention.end, status, section, mention.choice.left_open, mention.mention.official,
        score, tuple(why),
    )  # fmt: skip
    yield first
    also = of_history(code) if status == "history" else of_family(code) if status == "family" else None
    there = lexicon.node(also) if also else None
    if there is not None:
        now: Status = "affirmed" if status == "history" else "family"
        why_now = (HAD,) if status == "history" else (_RELATIVE,)
        yield Weighed(there, there.value, first.start, first.end, now, section, False, False, score, why_now)


def _status(mention: Read) -> Status:
    section, status, code = mention.sentence.section, mention.status, mention.choice.code
    if status == "history" and code.startswith(_OF_HISTORY):
        return "affirmed"
    if status != "affirmed":
        return status
    if section == "family":
        return "family"
    if section == "past" and not lasting(code) and not symptom(code):
        return "history"
    if section == "plan" and symptom(code):
        return "uncertain"
    return "affirmed"


def _score(mention: Read, status: Status) -> float:
    score = 0.7
    if mention.sentence.section in {"assessment", "problems"}:
        score += 0.2
    if mention.sentence.section in {"review", "plan", "social", "exam"}:
        score -= 0.15
    if mention.mention.official:
        score += 0.05
    if mention.choice.left_open:
        score -= 0.15
    if symptom(mention.choice.code):
        score -= 0.1
    return round(min(max(score, 0.05), 0.99) * (1.0 if status == "affirmed" else 0.9), 2)


def _suggestion(note: str, each: Weighed, system: str) -> Suggestion:
    return Suggestion(
        system=system,
        code=shown(system, each.code),
        display=each.node.display,
        start=each.start,
        end=each.end,
        text=note[each.start : each.end],
        status=each.status,
        score=each.score,
        why=each.why,
    )
