"""Labels as a file: the same bytes each time, letters that can be read and copied, nothing that is not embedded."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from lab.documents.label_layout import lay_out
from lab.documents.label_pdf import labels_pdf
from lab.documents.stock import CRYO, TUBE
from tests.lab.documents.labels import ALL, PLAIN


def test_the_same_labels_are_the_same_bytes() -> None:
    drawn = [lay_out(label, TUBE, 203) for label in ALL]
    assert labels_pdf(drawn) == labels_pdf(drawn)
    assert b"ASCII85" not in labels_pdf(drawn)


def test_texts_are_texts_with_their_accents() -> None:
    label = replace(PLAIN, last="Łukasiewicz (Őry)", first="Źdźbło \\")
    page = pypdfium2.PdfDocument(labels_pdf([lay_out(label, TUBE, 203)]))[0].get_textpage()
    said = page.get_text_bounded()
    assert "ŁUKASIEWICZ (ŐRY), ŹDŹBŁO \\" in said
    assert "DOB 1984-03-07 F MRN 0012345" in said
    assert "COL 2026-11-24 09:05 TI" in said


def test_letters_stand_in_their_dots() -> None:
    laid = lay_out(PLAIN, TUBE, 300)
    page = pypdfium2.PdfDocument(labels_pdf([laid]))[0].get_textpage()
    placed = {}
    for index in range(page.count_chars()):
        left, low, right, _top = page.get_charbox(index, loose=True)
        letter = page.get_text_range(index, 1)
        placed.setdefault(letter, []).append((left * 300 / 72, (right - left) * 300 / 72, low))
    for put in laid.texts:
        for place, letter in enumerate(put.text):
            if letter != " ":
                assert any(
                    abs(x - put.x - place * put.pitch) < 0.5 and abs(wide - put.pitch) < 0.5
                    for x, wide, _ in placed[letter]
                ), (put.text, letter)


def test_every_font_is_embedded_and_pages_are_whole_dots() -> None:
    for stock, dpi in ((TUBE, 203), (CRYO, 300)):
        drawn = [lay_out(label, stock, dpi) for label in ALL]
        with pikepdf.open(BytesIO(labels_pdf(drawn, lang="fr"))) as file:
            assert file.Root.Lang == "fr"
            assert file.Root.ViewerPreferences.PrintScaling == "/None"
            for page in file.pages:
                wide, high = (float(edge) * dpi / 72 for edge in page.mediabox[2:])
                assert abs(wide - drawn[0].width) < 0.02
                assert abs(high - drawn[0].height) < 0.02
                for font in page.resources.Font.values():
                    assert "/FontFile2" in font.FontDescriptor


def test_labels_of_two_sizes_are_two_files() -> None:
    with pytest.raises(ValueError, match="size"):
        labels_pdf([lay_out(PLAIN, TUBE, 203), lay_out(PLAIN, CRYO, 203)])
    with pytest.raises(ValueError, match="at least one"):
        labels_pdf([])


def test_a_label_costs_little() -> None:
    few, many = (
        labels_pdf(lay_out(replace(PLAIN, number=f"C{number:06d}"), TUBE, 203) for number in range(count))
        for count in (1, 101)
    )
    assert (len(many) - len(few)) / 100 < 1600
