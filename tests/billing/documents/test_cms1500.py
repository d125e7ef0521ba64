from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import chain

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from billing.documents.cms1500 import FORM, Blank, Offset, Preview, calibration, overflows, pages, render
from clinic.domain.money import Money
from clinic.domain.refusal import Refused
from clinic.paper.form import Page
from tests.billing.documents.claims_on_paper import act, changed, full
from tests.clinic.paper.reading import grid, letters, text_in
from tests.counts import count
from tests.strategies.claims import professional_claims


def office_blank() -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(612, 792), invariant=1)
    canvas.drawString(72, 780, "office blank")
    canvas.save()
    return file.getvalue()


def one_too_long(key: str) -> Page:
    """A page with nothing on it but a text that is one character too long for its cell."""
    width = FORM[key].width
    return Page(FORM, tuple("7" * (width + 1) if cell.key == key else "" for cell in FORM.cells))


@pytest.mark.parametrize("key", [cell.key for cell in FORM.cells])
def test_one_character_too_many_is_told_by_box(key):
    cell = FORM[key]
    told = overflows([one_too_long(key)])
    assert [(one.page, one.box, one.part, one.lost, one.why) for one in told] == [
        (1, cell.box, cell.part, "7", "width")
    ]


@settings(max_examples=count(25, 500))
@given(st.lists(professional_claims(), min_size=1, max_size=3))
def test_what_is_printed_is_what_was_said(claims):
    """Each visible character of the file stands in a cell, and each cell holds its text."""
    said = [page for claim in claims for page in pages(claim)]
    if overflows(said):
        with pytest.raises(Refused):
            render(map(pages, claims))
        return
    read = letters(render(map(pages, claims)))
    assert len(read) == len(said)
    for page, seen in zip(said, read, strict=True):
        found = grid(seen)
        inside = {(cell.line, column) for cell in FORM.cells for column in range(cell.column, cell.end)}
        assert set(found) <= inside
        assert {cell.key: text_in(cell, found) for cell in FORM.cells} == {
            key: text.strip() for key, text in page.items()
        }


@settings(max_examples=count(50, 1000))
@given(professional_claims())
def test_boxes_28_add_up_to_the_acts(claim):
    cents = sum(int(page["28 dollars"]) * 100 + int(page["28 cents"]) for page in pages(claim))
    assert cents == claim.charged().cents


def test_many_claims_in_one_file_in_order():
    claims = [changed(full(lines), number=f"NO{lines}") for lines in (1, 7, 13)]
    read = [text_in(FORM["26 number"], grid(page)) for page in letters(render(map(pages, claims)))]
    assert read == ["NO1", "NO7", "NO7", "NO13", "NO13", "NO13"]


@pytest.mark.parametrize("background", [None, Preview("NOT FOR SUBMISSION"), Blank(office_blank())])
def test_same_pages_same_bytes_and_sound_files(background):
    made = [pages(full(9))]
    pdf = render(made, background=background, offset=Offset(3, -4))
    assert pdf == render(made, background=background, offset=Offset(3, -4))
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.check_pdf_syntax() == []
        assert len(opened.pages) == 2


def test_files_made_at_the_same_time_are_the_same():
    made = [pages(full(number)) for number in (1, 7)]
    alone = [render([one], background=Preview("x")) for one in made]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda one: render([one], background=Preview("x")), made * 6))
    assert together == alone * 6


def test_the_offset_moves_the_data_and_not_the_blank():
    made = [pages(full())]
    still, moved = (
        {letter.text: letter for letter in letters(render(made, background=Blank(office_blank()), offset=offset))[0]}
        for offset in (Offset(0, 0), Offset(100, 50))
    )
    assert moved["o"].left == pytest.approx(still["o"].left, abs=0.01)  # small letters are the blank's alone
    found = grid(letters(render(made, offset=Offset(100, 50)))[0], Offset(100, 50))
    assert text_in(FORM["1a id"], found) == "NLM884201337"


def test_the_blank_shows_through():
    page = letters(render([pages(full())], background=Blank(office_blank())))[0]
    assert "officeblank" in "".join(letter.text for letter in page)
    assert text_in(FORM["2 name"], grid([one for one in page if not one.text.islower()])) == "CALLOWAY JR, BEATRIX, M"


@pytest.mark.parametrize("background", [None, Blank(office_blank())])
def test_what_does_not_fit_is_refused_by_claim_page_and_box(background):
    long = changed(full(7), patient__name=changed(full().patient.name, last="A" * 30), number="1" * 15)
    with pytest.raises(Refused) as refusal:
        render([pages(full()), pages(long)], background=background)
    assert refusal.value.where == "claim 2, page 1"
    assert refusal.value.params == {"box": "2", "width": 28, "needed": 30 + len(" JR, BEATRIX, M")}
    assert "AAA" not in str(refusal.value)


def test_a_strange_letter_is_refused_by_box():
    with pytest.raises(Refused) as refusal:
        render([pages(changed(full(), coverage__plan_name="PLAN É"))])
    assert refusal.value.params["box"] == "11c"


def test_a_preview_shows_what_fits_and_never_half_an_amount():
    claim = changed(full(1), coverage__member_id="ID" * 20, acts=(changed(act(1), charge=Money(123456789)),))
    made = pages(claim)
    assert [(one.box, one.part) for one in overflows(made)] == [("1a", "id"), ("24F.1", "dollars")]
    page = letters(render([made], background=Preview("x")))[0]
    found = grid([one for one in page if 8 < one.high - one.low < 9])
    assert text_in(FORM["1a id"], found) == ("ID" * 20)[:29]
    assert text_in(FORM["24F.1 dollars"], found) == "######"


@pytest.mark.parametrize("claims", [[], [()]])
def test_nothing_to_print_is_refused(claims):
    with pytest.raises(Refused):
        render(claims)


def test_the_calibration_page_is_one_page_with_the_offset_on_it():
    found = letters(calibration(Offset(12, -3)))
    assert len(found) == 1
    text = "".join(letter.text for letter in chain.from_iterable(found))
    assert "right1.2mm,down-0.3mm" in text
