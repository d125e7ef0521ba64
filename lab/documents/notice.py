"""The notice that the patient may have to pay for a test, on a sheet of our own: one copy stays, one goes along.

It says what a patient must know to choose (42 CFR 411.404 and 411.408 ask it of Medicare's): which test, why the payer
may not pay, what it may cost, and the three ways to choose. Neither words nor layout are those of any agency's form;
where a payer insists on its own form, that form is used and the choice is kept here all the same.
"""

from __future__ import annotations

from datetime import date

from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.documents.flow import MARGIN, PLAIN, WIDTH, Cell, Flow, Laid, Path, Text, letters, parts_of
from lab.documents.manifest import NOT_MARKED, Manner
from lab.domain.order_notice import CHOICES

BOX = 13.0
"""Side of a box to be marked."""
BIG, SMALLER = 11.5, 10.0
"""Letters of what has to be read."""
PACE = 1.4
"""From line to line, over the size of the letters."""
COPIES = (N_("Copy for the patient"), N_("Copy for the practice"))
_SQUARE = "M 0 0 L 1 0 L 1 1 L 0 1 Z"
TO_WRITE = "______________"


class Sheet(Value, frozen=True, kw_only=True):
    """Everything a notice says, as values."""

    number: str
    practice: str
    sender: tuple[str, ...]
    phone: str
    patient: str
    chart: str
    birth: date | None
    order: str
    provider: str
    payer: str
    """Empty where no policy was asked."""
    test: str
    codes: tuple[str, ...]
    why: str
    price: str
    """Empty where it has to be written by hand."""
    laboratory: str
    """Who runs it, empty in house."""
    printed_on: date


def compose(sheet: Sheet, manner: Manner) -> tuple[Laid, Laid]:
    """Both copies, laid out."""
    first, second = (_copy(sheet, manner, which) for which in COPIES)
    return first, second


def _copy(sheet: Sheet, manner: Manner, which: str) -> Laid:
    said = manner.said
    flow = Flow(f"{said(N_('Notice'))}  {sheet.number}  {sheet.patient}")
    flow.head(
        said(N_("You may have to pay for this test")),
        tuple(dict.fromkeys((said(which), sheet.practice, *sheet.sender))),
        sheet.number,
    )
    flow.facts(
        (
            (said(N_("Patient")), sheet.patient),
            (said(N_("Chart")), sheet.chart),
            (said(N_("Born")), manner.day(sheet.birth)),
            (said(N_("Order")), sheet.order),
            (said(N_("Ordered by")), sheet.provider or NOT_MARKED),
            (said(N_("Payer")), sheet.payer or NOT_MARKED),
            (said(N_("Date of this sheet")), manner.day(sheet.printed_on)),
            (said(N_("Your questions")), sheet.phone or NOT_MARKED),
        )
    )
    flow.title(said(N_("What this is about")))
    _paragraph(
        flow,
        said(
            N_(
                "Your provider ordered the test below. We expect that your payer will not pay for it. That is what we "
                "expect, not what the payer has decided: it decides only when it is asked. Ask us whatever is not "
                "clear before you choose."
            )
        ),
    )
    flow.table(
        (said(N_("Test")), said(N_("Why the payer may not pay")), said(N_("What you may have to pay"))),
        (28, 48, 24),
        [(Cell("\n".join((sheet.test, " ".join(sheet.codes)))), Cell(sheet.why), Cell(_price(sheet, manner)))],
    )
    flow.title(said(N_("Mark one, in your own hand")))
    for number, words in enumerate(CHOICES.values(), 1):
        _choice(flow, f"{number}.  {said(words)}")
    _paragraph(
        flow,
        said(
            N_(
                "With the first choice you may object to what the payer decides. With the second nobody is asked, so "
                "there is nothing to object to. With the third you owe nothing, and the test is not done: speak with "
                "your provider about what that means for you."
            )
        ),
        SMALLER,
    )
    flow.title(said(N_("Signature")))
    _paragraph(flow, said(N_("I have read this, could ask, and have chosen freely. I was given a copy.")))
    flow.space(PLAIN)
    flow.sign(
        (
            said(N_("Signature of the patient, or of who acts for the patient")),
            said(N_("Date")),
            said(N_("Who acts for the patient: name, and as what")),
            said(N_("Given by (initials)")),
        )
    )
    return flow.finished(said(N_("page %(page)s of %(pages)s")))


def _price(sheet: Sheet, manner: Manner) -> str:
    said = manner.said
    if sheet.price:
        return "\n".join((sheet.price, said(N_("from our charge list"))))
    if sheet.laboratory:
        return "\n".join((TO_WRITE, said(N_("asked of %(name)s, which bills it")) % {"name": sheet.laboratory}))
    return TO_WRITE


def _paragraph(flow: Flow, words: str, size: float = BIG) -> None:
    """Words that a patient reads: larger, and further apart, than what the practice reads."""
    pace = size * PACE
    lines = parts_of(words, letters(WIDTH, size))
    top = flow.space(len(lines) * pace)
    flow.put(*(Text(MARGIN, top - size - at * pace, size, part) for at, part in enumerate(lines)))


def _choice(flow: Flow, words: str) -> None:
    indent, pace = BOX + 12, BIG * PACE
    lines = parts_of(words, letters(WIDTH - indent, BIG))
    top = flow.space(max(len(lines) * pace, BOX) + 6)
    flow.put(Path(MARGIN, top - 1, BOX, _SQUARE))
    flow.put(*(Text(MARGIN + indent, top - BIG - 1 - at * pace, BIG, part) for at, part in enumerate(lines)))
