from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from clinic.domain.refusal import Refused
from clinic.paper.blank import lay_under
from clinic.paper.form import Cell, Form, Page
from clinic.paper.grid import NO_OFFSET
from clinic.paper.pattern import Pattern
from clinic.paper.sheets import Sheets
from tests.clinic.paper.reading import letters
from tests.counts import count

FORM = Form("x", [Cell("1", "a", 2, 1, 9, "text")])


def blank(size=(612, 792), pages=1, **options) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1, **options)
    for _ in range(pages):
        canvas.drawString(100, 50, "office")
        canvas.acroForm.textfield(name="field", x=50, y=100)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def printed(pages=2) -> bytes:
    sheets = Sheets("x", "en")
    pattern = Pattern(FORM, sheets.font, NO_OFFSET)
    for number in range(pages):
        sheets.add(pattern.content(Page(FORM, (f"DATA{number}",))))
    return sheets.finished()


def edited(change) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(blank())) as pdf:
        change(pdf)
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def encrypted(user: str) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(blank())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="secret", user=user))
    return out.getvalue()


def test_the_blank_lies_under_every_page_once():
    laid = lay_under(blank(), printed(3))
    for number, page in enumerate(letters(laid)):
        found = "".join(letter.text for letter in page)
        assert found.index("office") < found.index(f"DATA{number}")
        word = next(letter for letter in page if letter.text == "o")
        assert word.left == pytest.approx(100, abs=0.5)
    with pikepdf.open(BytesIO(laid)) as pdf:
        assert len({page.obj.Resources.XObject["/Blank"].objgen for page in pdf.pages}) == 1
        assert all("/Annots" not in page.obj for page in pdf.pages)
        assert "/AcroForm" not in pdf.Root
    assert laid == lay_under(blank(), printed(3))


def test_a_blank_with_its_origin_elsewhere_stands_right():
    def move(pdf):
        page = pdf.pages[0]
        page.mediabox = [50, -20, 662, 772]

    word = next(letter for letter in letters(lay_under(edited(move), printed(1)))[0] if letter.text == "o")
    assert word.left == pytest.approx(50, abs=0.5)


def test_a_blank_that_was_scanned_on_its_side_is_turned():
    def turn(pdf):
        page = pdf.pages[0]
        page.mediabox = [0, 0, 792, 612]
        page.obj.Rotate = 90

    word = next(letter for letter in letters(lay_under(edited(turn), printed(1)))[0] if letter.text == "o")
    assert word.left == pytest.approx(50, abs=5)
    assert word.high == pytest.approx(792 - 100, abs=1)


@pytest.mark.parametrize(
    ("pdf", "params"),
    [
        (b"", {}),
        (b"%PDF-1.4 nothing", {}),
        (b"GIF89a", {}),
        (blank(pages=2), {"count": 2}),
        (blank(size=(595, 842)), {"width": 595, "height": 842}),
        (blank(size=(792, 612)), {"width": 792, "height": 612}),
        (encrypted("locked"), {}),
        (encrypted(""), {}),
    ],
    ids=["empty", "stub", "picture", "two pages", "A4", "level", "locked", "restricted"],
)
def test_what_cannot_be_a_blank_is_refused_in_one_sentence(pdf, params):
    with pytest.raises(Refused) as refusal:
        lay_under(pdf, printed(1))
    assert refusal.value.where == "blank"
    assert refusal.value.params == params
    assert refusal.value.remedy
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("key", ["/MediaBox", "/Contents", "/Resources", "/Type", "/Parent"])
@pytest.mark.parametrize("value", [None, 7, "text", [1, 2], {}])
def test_a_damaged_page_is_laid_or_refused(key, value):
    def damage(pdf):
        page = pdf.pages[0].obj
        if value is None:
            del page[key]
        else:
            page[key] = pikepdf.Dictionary(value) if isinstance(value, dict) else value

    laid_or_refused(edited(damage))


@settings(max_examples=count(80, 3000))
@given(st.data())
def test_a_damaged_file_is_laid_or_refused(data):
    whole = bytearray(blank())
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(whole) - 1))
        whole[start : start + data.draw(st.integers(0, 60))] = data.draw(st.binary(max_size=20))
    laid_or_refused(bytes(whole))


def laid_or_refused(pdf: bytes) -> None:
    try:
        laid = lay_under(pdf, printed(1))
    except Refused:
        return
    with pikepdf.open(BytesIO(laid)) as opened:
        assert len(opened.pages) == 1


def test_the_typeface_comes_with_its_licence():
    fonts = Path(__file__).parents[3] / "clinic" / "paper" / "fonts"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts / "LICENSE-OFL.txt").read_text(encoding="utf-8")
