"""The fast check of a segment lets nothing pass that the slow one finds fault with."""

from __future__ import annotations

from random import Random

from billing.x12.compiled import Rule
from billing.x12.grammar import Composite, Element
from billing.x12.inspection import inspect
from billing.x12.read_837p import GRAMMAR
from billing.x12.syntax import COMPONENT, ELEMENT, REPETITION
from tests.counts import count

_RULES = list(GRAMMAR.rules(GRAMMAR.root))
_WRONG = (
    *(
        "",
        " A",
        "A ",
        "É",
        "\t",
        "X" * 300,
        "A" + REPETITION + "B",
        "A" + COMPONENT + "B",
        "D8",
        "RD8",
        "0",
        "00",
        "-1",
    ),
    *("99999999999999999999.999", ".5", "1.", "1.005", "20250229", "20240229", "24601", "20250101-20241231"),
)


def _value(rng: Random, element: Element) -> str:
    if element.codes:
        return rng.choice(element.codes)
    data = element.data
    size = rng.randrange(data.shortest, min(data.longest, data.shortest + 6) + 1)
    match data.type:
        case "N0" | "R":
            return "".join(rng.choice("123456789") for _ in range(min(size, 8)))
        case "DT":
            return "20250301"
        case "TM":
            return "1205"
    return "".join(rng.choice("AB19 &'") for _ in range(size)).strip().ljust(data.shortest, "Z")


def _segment(rng: Random, rule: Rule) -> str:
    """A segment near to what the rule takes: some optional places filled, now and then one wrong."""
    elements = [rule.segment.id]
    for place in rule.segment.elements:
        if rng.random() < 0.04:
            elements.append(rng.choice(_WRONG))
        elif place is None or (place.usage == "S" and rng.random() < 0.5):
            elements.append("")
        elif isinstance(place, Composite):
            parts = [
                _value(rng, part) if part and (part.usage == "R" or rng.random() < 0.5) else "" for part in place.parts
            ]
            elements.append(COMPONENT.join(parts).rstrip(COMPONENT) or "A")
        else:
            text = _value(rng, place)
            if place.data.number == 1251:
                text = "20250301-20250302" if elements[-1] == "RD8" else "20250301"
            elements.append(text)
    text = ELEMENT.join(elements)
    return text if rng.random() < 0.05 else text.rstrip(ELEMENT)


def test_fast_never_lets_pass_what_slow_stops():
    rng = Random(5)
    passed = 0
    for _ in range(count(60, 3_000)):
        for rule in _RULES:
            text = _segment(rng, rule)
            if rule.passes(text):
                passed += 1
                found = inspect(rule.segment, text.split(ELEMENT))
                assert found == [], (rule.node.id, text, [(each.code, each.element) for each in found])
    assert passed > 5_000


def test_most_of_what_is_right_passes_fast():
    rng = Random(6)
    right = fast = 0
    for _ in range(20):
        for rule in _RULES:
            text = _segment(rng, rule)
            if not inspect(rule.segment, text.split(ELEMENT)):
                right += 1
                fast += bool(rule.passes(text))
    assert fast > right * 0.9
