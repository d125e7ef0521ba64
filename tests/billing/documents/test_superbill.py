"""The superbill: its texts, where they stand, that nothing is cut. CABINET_UPDATE_GOLDEN=1 writes its pages anew."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from msgspec.structs import replace

from billing.documents.superbill import Charge, Diagnosis, Manner, Sheet, Visited, compose
from billing.documents.superbill_page import COLUMN, GUTTER, MARGIN, PACE, TICK, Box, Laid, Rule, Text, lay_out, render
from clinic.domain.code import ICD10CM, Code, procedure
from clinic.domain.money import Money
from clinic.paper.grid import PAGE_HEIGHT, PAGE_WIDTH
from tests.clinic.paper.reading import letters
from tests.counts import count

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "superbill"

MANNER = Manner(
    said=lambda text: text,
    day=lambda on: on.isoformat() if on else "",
    amount=lambda cents: f"{cents // 100}.{cents % 100:02d}",
)

BLANK = Visited(
    practice=("Northlake Family Practice", "12 Alder Lane", "Two Harbors MN 55616", "218 555 0142"),
    npi="1234567893",
    tax_id="12-3456789",
    patient="Calloway, Béatrix",
    birth=date(1967, 3, 14),
    chart_number="000001",
    policy="Northlake Mutual NLM884201337",
    on=date(2026, 5, 4),
    provider="Verma, Anand",
    place="Main Street",
    reason="blood pressure",
    charges=tuple(
        Charge(code=procedure(code), words=words, price=Money(cents))
        for code, words, cents in (
            ("99213", "visit, known patient", 12000),
            ("99214", "visit, known patient, longer, with a plan that takes several talks", 18000),
            ("36415", "blood draw, vein", 950),
            ("G0008", "giving a flu vaccine", 2800),
        )
    ),
    diagnoses=(
        Diagnosis(code=Code(ICD10CM, "I10"), words="high blood pressure"),
        Diagnosis(code=Code(ICD10CM, "E119"), words="type 2 diabetes"),
        Diagnosis(code=Code(ICD10CM, "J069"), words="a cold"),
    ),
)

FILLED = replace(
    BLANK,
    claim_number="10001",
    paid=Money(2500),
    charges=(
        replace(BLANK.charges[0], done=True, units="1", modifiers=("25",), pointers=(1, 2)),
        replace(BLANK.charges[2], done=True, units="2", pointers=(2,), price=Money(1900)),
        BLANK.charges[1],
        BLANK.charges[3],
    ),
    diagnoses=(
        replace(BLANK.diagnoses[0], position=1),
        replace(BLANK.diagnoses[1], position=2),
        BLANK.diagnoses[2],
    ),
)


def told(laid: Laid) -> str:
    """The pages as text, a thing a line, from the top."""
    lines = []
    for number, page in enumerate(laid.pages, 1):
        for each in sorted(page, key=lambda one: (-one.y, one.x)):
            what = {
                Text: lambda one: f"{'to ' if one.right else ''}{one.text}",
                Box: lambda one: "[x]" if one.ticked else "[ ]",
                Rule: lambda one: f"--- {one.length:.1f}",
            }[type(each)](each)
            lines.append(f"{number} {each.x:7.2f} {each.y:7.2f} {what}")
    return "\n".join([*lines, ""])


@pytest.mark.parametrize(("name", "visited"), [("blank", BLANK), ("filled", FILLED)])
def test_its_pages_stay_the_same(name: str, visited: Visited) -> None:
    text = told(lay_out(compose(visited, MANNER)))
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("CABINET_UPDATE_GOLDEN") == "1":
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


def test_a_blank_one_ticks_nothing_and_leaves_room_to_write() -> None:
    sheet = compose(BLANK, MANNER)
    assert not any(row.ticked for part in sheet.parts for row in part.rows)
    assert [text for _, text in sheet.foot] == [""] * 6
    assert [row.code for row in sheet.parts[0].rows] == ["99213", "99214", "36415", "G0008"]


def test_a_filled_one_says_what_the_claim_says() -> None:
    sheet = compose(FILLED, MANNER)
    services, diagnoses = sheet.parts
    assert [(row.ticked, row.code, row.words, row.amount) for row in services.rows[:3]] == [
        (True, "99213 25", "visit, known patient  AB", "120.00"),
        (True, "36415", "blood draw, vein  × 2 B", "19.00"),
        (False, "99214", BLANK.charges[1].words, "180.00"),
    ]
    assert [(row.ticked, row.code) for row in diagnoses.rows] == [(True, "A I10"), (True, "B E11.9"), (False, "J06.9")]
    assert dict(sheet.foot)["Total"] == "139.00"
    assert dict(sheet.foot)["Paid today"] == "25.00"


def test_each_text_is_on_the_paper_where_it_was_laid() -> None:
    laid = lay_out(compose(FILLED, MANNER))
    pdf = render(laid, "Superbill", "en")
    assert pdf == render(laid, "Superbill", "en")
    assert b"Calloway" not in pdf.split(b"stream")[0]
    for page, found in zip(laid.pages, letters(pdf), strict=True):
        for each in page:
            if not isinstance(each, Text):
                continue
            width = len(each.text) * each.size * PACE
            left = each.x - width if each.right else each.x
            for place, letter in enumerate(each.text):
                middle = left + (place + 0.5) * each.size * PACE
                near = [one for one in found if one.left <= middle <= one.right and one.low <= each.y + 2 <= one.high]
                assert letter == " " or [one.text for one in near] == [letter], (each, letter)


def overlapping(page: tuple[Text | Box | Rule, ...]) -> list[tuple[Text, Text]]:
    """Texts on one another."""
    placed = []
    for each in page:
        if isinstance(each, Text) and each.text:
            width = len(each.text) * each.size * PACE
            left = each.x - width if each.right else each.x
            placed.append((left, left + width, each.y, each.y + each.size * 0.7, each))
    placed.sort(key=lambda one: one[2])
    found = []
    for index, one in enumerate(placed):
        for other in placed[index + 1 :]:
            if other[2] >= one[3]:
                break
            if one[0] < other[1] - 0.01 and other[0] < one[1] - 0.01:
                found.append((one[4], other[4]))
    return found


WORDS = st.text(st.characters(codec="latin-1", categories=("L", "N")), min_size=1, max_size=30)
LINES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@st.composite
def visits(draw: st.DrawFn) -> Visited:
    """Anything a practice may have typed."""
    charges = draw(
        st.lists(
            st.builds(
                Charge,
                code=st.builds(procedure, st.text("0123456789", min_size=5, max_size=5)),
                words=LINES,
                price=st.builds(Money, st.integers(0, 9_999_999)),
                modifiers=st.lists(st.just("25"), max_size=4).map(tuple),
                units=st.sampled_from([None, "1", "12.5"]),
                pointers=st.lists(st.integers(1, 14), max_size=4).map(tuple),
            ),
            max_size=160,
        )
    )
    done = draw(st.integers(0, min(20, len(charges))))
    return replace(
        BLANK,
        practice=tuple(draw(st.lists(LINES, min_size=1, max_size=4))),
        patient=draw(LINES),
        policy=draw(st.none() | LINES),
        reason=draw(st.none() | LINES),
        claim_number=draw(st.none() | st.just("10001")),
        charges=tuple(replace(each, done=index < done) for index, each in enumerate(charges)),
        diagnoses=tuple(
            draw(st.lists(st.builds(Diagnosis, code=st.just(Code(ICD10CM, "I10")), words=LINES), max_size=24))
        ),
    )


@examples(max_examples=count(25, 2_000), deadline=None)
@given(visits())
def test_nothing_is_cut_and_nothing_is_on_top_of_anything(visited: Visited) -> None:
    sheet = compose(visited, MANNER)
    laid = lay_out(sheet)
    assert 1 <= len(laid.pages) <= 2
    said = Counter("".join(each.text for page in laid.pages for each in page if isinstance(each, Text)))
    wanted = Counter("".join("".join(spoken(sheet, laid.left_out)).split()))
    assert wanted - said == Counter()
    boxes = sum(isinstance(each, Box) for page in laid.pages for each in page)
    assert boxes == sum(len(part.rows) for part in sheet.parts) - laid.left_out
    ticked = sum(isinstance(each, Box) and each.ticked for page in laid.pages for each in page)
    assert ticked == sum(row.ticked for part in sheet.parts for row in part.rows)
    if laid.left_out:
        assert sheet.left_out % {"count": laid.left_out} in [
            each.text for each in laid.pages[-1] if isinstance(each, Text)
        ]
    for page in laid.pages:
        assert overlapping(page) == []
        for each in page:
            width = len(each.text) * each.size * PACE if isinstance(each, Text) else 0
            left = each.x - width if isinstance(each, Text) and each.right else each.x
            right = left + (width or (TICK if isinstance(each, Box) else getattr(each, "length", 0)))
            assert MARGIN - 0.01 <= left <= right <= PAGE_WIDTH - MARGIN + 0.01, each
            assert 18 <= each.y <= PAGE_HEIGHT - MARGIN, each


def spoken(sheet: Sheet, left_out: int) -> list[str]:
    """All texts that the pages have to say."""
    services, diagnoses = sheet.parts
    rows = (*services.rows[: len(services.rows) - left_out], *diagnoses.rows)
    return [
        sheet.title,
        *sheet.practice,
        *(text for pair in sheet.facts for text in pair),
        *(text for row in rows for text in (row.code, row.words, row.amount)),
        *(text for pair in sheet.foot for text in pair),
    ]


def test_a_long_charge_list_says_how_much_has_no_room() -> None:
    long = replace(BLANK, charges=BLANK.charges * 100)
    laid = lay_out(compose(long, MANNER))
    assert len(laid.pages) == 2
    assert 0 < laid.left_out < 400
    assert laid.pages[-1][-2].text.startswith(f"{laid.left_out} further rows")


def test_letters_that_the_typeface_lacks_are_told() -> None:
    assert lay_out(compose(replace(BLANK, patient="王, Wei"), MANNER)).strange == "王"
    assert lay_out(compose(BLANK, MANNER)).strange == ""


def test_columns_leave_room_for_each_other() -> None:
    assert 2 * COLUMN + GUTTER == PAGE_WIDTH - 2 * MARGIN
