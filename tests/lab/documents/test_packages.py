"""The papers of a package: nothing is cut, rows go on to further pages, bars decode, the same values the same bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pypdfium2 as pdfium
import zxingcpp

from lab.documents import manifest, requisition
from lab.documents.flow import MARGIN, PACE, Text, letters, render
from lab.documents.manifest import Listed, Manifested, Manner
from lab.documents.requisition import Requested, Wanted

MANNER = Manner(said=str, day=lambda day: "" if day is None else f"{day:%d %b %Y}", moment=lambda at: f"{at:%H:%M}")
AT = datetime(2026, 5, 6, 13, 0, tzinfo=UTC)
LONG = "Wolfeschlegelsteinhausenbergerdorff-Ångström de la Peña y Ñandú, Zoë Anaïs Œuvrard"


def listed(number: int, patient: str = "Calloway, Beatrix") -> Listed:
    return Listed(
        number=f"C{number:06d}",
        patient=patient,
        birth=date(1967, 3, 14),
        chart="000001",
        holder="K2 EDTA tube",
        tests=("Complete blood count with automated differential", "Hemoglobin A1c"),
        collected_at=AT,
        order="R000001",
    )


def sent(*items: Listed) -> Manifested:
    return Manifested(
        number="P000001",
        practice="Northlake",
        sender=("Main Street",),
        responsible="Ana",
        phone="2185550142",
        laboratory="Harbor Reference",
        laboratory_phone="2185550177",
        clia="24D0000001",
        account="4410",
        category="UN3373, Biological substance, Category B",
        condition="frozen",
        seal="S 77",
        courier="Loons",
        tracking="Z 1",
        sealed_at=AT,
        handed_over_at=AT,
        temperature="-18.5 °C",
        dry_ice="1.5 kg",
        packed_by="Tom",
        items=items,
    )


def asked(*tests: Wanted) -> Requested:
    return Requested(
        number="R000001",
        practice="Northlake",
        sender=("Main Street",),
        phone="2185550142",
        provider="Anand Verma",
        npi="1245319599",
        laboratory="Harbor Reference",
        clia="24D0000001",
        account="4410",
        patient=LONG,
        chart="000001",
        birth=date(1967, 3, 14),
        sex="F",
        address="218 Alder Lane",
        patient_phone="",
        ordered_on=date(2026, 5, 6),
        priority="routine",
        fasting="",
        bill_to="Mutual",
        member="NLM1",
        group="",
        package="P000001",
        tests=tests,
    )


def test_two_copies_say_the_same_but_for_whose_they_are() -> None:
    first, second = manifest.compose(sent(listed(1)), MANNER)
    differ = {
        (one.text, other.text)
        for one, other in zip(first.pages[0], second.pages[0], strict=True)
        if isinstance(one, Text) and isinstance(other, Text) and one.text != other.text
    }
    assert {pair for pair in differ if "Copy" in pair[0]} == differ


def test_every_container_of_many_is_on_both_copies_with_bars_that_decode() -> None:
    items = [listed(number) for number in range(1, 61)]
    laid = manifest.compose(sent(*items), MANNER)
    document = pdfium.PdfDocument(render(laid, "Manifest", "en"))
    half = len(document) // 2
    assert len(document) == 2 * half > 4
    for pages in (range(half), range(half, 2 * half)):
        seen = {
            each.text
            for page in pages
            for each in zxingcpp.read_barcodes(document[page].render(scale=300 / 72).to_pil())
        }
        assert seen == {"P000001", *(item.number for item in items)}


def test_nothing_stands_outside_the_sheet_and_long_names_are_whole() -> None:
    laid = (
        *manifest.compose(sent(*(listed(number, LONG) for number in range(1, 12))), MANNER),
        requisition.compose(
            asked(
                *(
                    Wanted(
                        name=LONG,
                        specimen=LONG,
                        container="C000001-12",
                        diagnoses=("E11.9", "I10"),
                        collected_at=AT,
                        answers=((LONG, LONG),),
                        reason=LONG,
                    )
                    for _ in range(30)
                )
            ),
            MANNER,
        ),
    )
    for each in laid:
        assert each.strange == ""
        for text in (drawn for page in each.pages for drawn in page if isinstance(drawn, Text)):
            wide = len(text.text) * text.size * PACE
            left = text.x - wide if text.right else text.x
            assert left >= MARGIN - 0.01
            assert left + wide <= 612 - MARGIN + 0.01
            assert text.y >= 20
    words = "".join(pdfium.PdfDocument(render(laid, "x", "en"))[0].get_textpage().get_text_range().split())
    assert "Wolfeschlegelsteinhausenbergerdorff" in words


def test_letters_the_typeface_lacks_are_reported() -> None:
    first, _ = manifest.compose(sent(listed(1, "山田, Zoë")), MANNER)
    assert first.strange == "山田"


def test_the_same_values_make_the_same_bytes() -> None:
    made = [render(manifest.compose(sent(listed(1)), MANNER), "Manifest", "fr") for _ in range(2)]
    assert made[0] == made[1]
    assert letters(51, 8.5) == 10
