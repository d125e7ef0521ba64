from io import BytesIO

import pikepdf

from clinic.paper.background import draw_preview
from clinic.paper.calibration import calibration_page
from clinic.paper.form import Cell, Form, Page
from clinic.paper.grid import NO_OFFSET, Offset
from clinic.paper.pattern import Pattern
from clinic.paper.sheets import Sheets
from tests.clinic.paper.reading import letters

FORM = Form("x", [Cell("1", "a", 2, 1, 9, "text"), Cell("2", "b", 4, 5, 1, "check")])


def file(texts=("NAME", "X"), pages=3, mark=None, lang="fr") -> bytes:
    sheets = Sheets("A form", lang)
    if mark:
        draw_preview(sheets, FORM, mark)
    pattern = Pattern(FORM, sheets.font, NO_OFFSET)
    for _ in range(pages):
        sheets.add(pattern.content(Page(FORM, texts)))
    return sheets.finished()


def test_the_same_calls_make_the_same_bytes_and_other_texts_another_identity():
    assert file() == file()
    assert file(mark="ÉBAUCHE") == file(mark="ÉBAUCHE")
    with pikepdf.open(BytesIO(file())) as one, pikepdf.open(BytesIO(file(("OTHER", "X")))) as other:
        assert bytes(one.trailer.ID[0]) != bytes(other.trailer.ID[0])


def test_every_font_in_the_file_is_embedded():
    for pdf in (file(), file(mark="NOT FOR SUBMISSION"), calibration_page(FORM, Offset(1, 2))):
        with pikepdf.open(BytesIO(pdf)) as opened:
            fonts = [
                thing
                for thing in opened.objects
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
            ]
            assert fonts
            for font in fonts:
                assert font.Subtype == "/TrueType"
                assert str(font.BaseFont).endswith("LiberationMono")
                assert len(font.FontDescriptor.FontFile2.read_bytes()) > 10_000


def test_viewers_are_told_title_language_and_to_print_as_is():
    with pikepdf.open(BytesIO(file())) as opened:
        preferences = opened.Root.ViewerPreferences
        assert preferences.PrintScaling == "/None"
        assert preferences.Duplex == "/Simplex"
        assert preferences.DisplayDocTitle
        assert opened.Root.Lang == "fr"
        assert opened.docinfo.Title == "A form"
        assert "/OpenAction" not in opened.Root
        assert "/Names" not in opened.Root


def test_pages_share_their_resources_and_their_background():
    with pikepdf.open(BytesIO(file(pages=5, mark="DRAFT"))) as opened:
        assert len(opened.pages) == 5
        assert len({page.obj.Resources.objgen for page in opened.pages}) == 1
        shapes = [
            thing for thing in opened.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
        ]
        assert len(shapes) == 1
        assert all(tuple(page.mediabox) == (0, 0, 612, 792) for page in opened.pages)


def test_the_preview_says_what_it_is_and_numbers_its_boxes():
    found = "".join(letter.text for letter in letters(file(mark="ÉBAUCHE"))[0])
    assert found.count("ÉBAUCHE") == 2
    assert "NAME" in found
    assert "1" in found
    assert "2" in found
