"""The page on the screen."""

from xml.etree import ElementTree as ET

import pytest

from billing.documents.cms1500 import FORM, pages, preview_svg
from clinic.paper.screen import WORDS, Words, anchor
from tests.billing.documents.claims_on_paper import act, changed, full

HITS = {"23": "block", "24D.1": "advise", "24.6": "warn", "33": "warn"}


def parsed(claim, hits=None, **options):
    return ET.fromstring(preview_svg(pages(claim)[0], hits or {}, **options))  # noqa: S314  our own output


def by_class(svg, name):
    return [element for element in svg.iter() if name in element.get("class", "").split()]


def test_every_text_stands_on_its_line_and_column():
    page = pages(full())[0]
    svg = parsed(full())
    texts = {
        (int(element.get("x")), int(element.get("y"))): element.text
        for element in svg.iter("text")
        if element.get("textLength")
    }
    assert len(texts) == len(page.filled())
    for cell, text in page.filled():
        column = cell.end - len(text) if cell.right else cell.column
        assert texts[216 + 72 * (column - 1), 240 + 120 * cell.line] == text


def test_every_box_has_its_name_and_anchor_once():
    svg = parsed(full(), HITS)
    ids = [element.get("id") for element in svg.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == len(FORM.boxes())
    assert anchor("24F.2") == "box-24F-2"
    group = next(element for element in svg.iter("g") if element.get("id") == "box-24F-2")
    assert group.find("title").text == "Box 24F.2"
    assert [element.text for element in group.findall("text")] == ["24", "05"]


def test_nothing_in_it_that_a_strict_policy_forbids():
    svg = parsed(full(), HITS)
    for element in svg.iter():
        assert element.tag in {"svg", "g", "rect", "text", "title", "a", "path", "circle"}
        assert not [name for name in element.keys() if name == "style" or name.startswith("on")]  # noqa: SIM118  an element is not a mapping
        assert element.get("href", "#").startswith("#")


def test_findings_are_outlined_and_pinned():
    svg = parsed(full(), HITS)
    assert [element.get("data-hit") for element in by_class(svg, "hit")] == ["block", "advise", "warn", "warn"]
    pins = by_class(svg, "pin")
    assert [(pin.get("href"), pin.get("data-severity"), pin.find("text").text) for pin in pins] == [
        ("#f1", "block", "1"),
        ("#f2", "advise", "2"),
        ("#f3", "warn", "3"),
        ("#f4", "warn", "4"),
    ]
    shapes = {pin.get("data-severity"): next(iter(pin)).tag for pin in pins}
    assert shapes == {"block": "rect", "advise": "circle", "warn": "path"}
    assert pins[0].get("aria-label") == "Finding 1, box 23"


def test_an_outline_holds_all_cells_of_its_box():
    outline = by_class(parsed(full(), {"24D.1": "warn"}), "hit")[0]
    left, width = int(outline.get("x")), int(outline.get("width"))
    assert left == 216 + 72 * 24
    assert left + width == 216 + 72 * 43


def test_pins_can_carry_the_numbers_of_a_list_of_findings():
    svg = parsed(full(), HITS, numbers={"23": 7, "24.6": 9})
    assert [pin.get("href") for pin in by_class(svg, "pin")] == ["#f7", "#f9"]
    assert len(by_class(svg, "hit")) == 4


def test_a_box_that_the_form_does_not_have_is_passed_over():
    svg = parsed(full(), {"99": "block", "23": "warn"})
    assert [pin.get("href") for pin in by_class(svg, "pin")] == ["#f2"]


def test_words_are_the_readers_and_texts_are_escaped():
    words = Words("Page <%(page)s>", "Case %(box)s", "Constat %(number)s, case %(box)s", "NE PAS ENVOYER & CO")
    claim = changed(full(), coverage__plan_name='A<B>&"C')
    svg = parsed(claim, {"23": "block"}, number=2, words=words)
    assert svg.get("aria-label") == "Page <2>"
    assert by_class(svg, "mark")[0].text == "NE PAS ENVOYER & CO"
    assert by_class(svg, "pin")[0].get("aria-label") == "Constat 1, case 23"
    assert 'A<B>&"C' in [element.text for element in svg.iter("text")]
    assert by_class(parsed(full()), "mark")[0].text == WORDS.mark


@pytest.mark.parametrize(
    ("claim", "box", "shown"),
    [
        (changed(full(), number="1" * 15), "26", "1" * 14),
        (changed(full(), acts=(act(1, pointers=(1, 2, 3, 4, 5)),)), "24E.1", "ABCD"),
    ],
)
def test_what_does_not_fit_is_marked(claim, box, shown):
    svg = parsed(claim)
    group = next(element for element in svg.iter("g") if element.get("id") == anchor(box))
    assert "over" in group.find("rect").get("class").split()
    assert group.find("text").text == shown
    assert len(by_class(svg, "over")) == 1
