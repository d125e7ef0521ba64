"""Claims into an 837 file. What cannot be written is refused, with the claim and the element."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from billing.domain.claim import Claim
from billing.x12.compiled import Grammar
from billing.x12.envelope_out import closing, opening
from billing.x12.parties_to_x12 import day, line, nm1
from billing.x12.syntax import SEGMENT, Delimiters, under
from billing.x12.transmission import Transmission
from billing.x12.who_to_837 import Who
from billing.x12.writer import Sheet
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_JSON = msgspec.json.Encoder().encode

MAX_CLAIMS = 5_000
"""CLM in one ST (section 1.4.2 of the guides): more open further STs."""

MAX_CLAIMS_OF_PATIENT = 100
"""Loops 2300 under one patient HL."""

_LEVELS = {"2000A": "20", "2000B": "22", "2000C": "23"}

AnyClaim = Claim[Any, Any]
Put = Callable[[Sheet, Any], None]
"""Puts down loop 2300 of a claim and all under it; raises Refused."""


class Writer:
    """Writes the files of a guide."""

    def __init__(self, grammar: Grammar, put_claim: Put) -> None:
        rule = grammar.rule
        self.guide = grammar.guide
        self.who = Who(grammar)
        self.put_claim = put_claim
        self.bht = rule("837", "BHT")
        self.submitter, self.per = rule("1000A", "NM1*41"), rule("1000A", "PER")
        self.receiver = rule("1000B", "NM1*40")
        self.hl = {level: rule(loop, f"HL*{level}") for loop, level in _LEVELS.items()}

    def write(
        self, transmission: Transmission, claims: Iterable[AnyClaim], delimiters: Delimiters | None = None
    ) -> bytes:
        """The file. Claims keep their order: neighbours of one billing provider, subscriber and patient share loops.

        Raises:
            Refused: a claim or the transmission cannot be written; nothing is.
        """
        separators = delimiters or Delimiters()
        isa, group = opening(transmission, self.guide, separators)
        transactions = [*self._transactions(transmission, claims, separators)]
        if not transactions:
            raise Refused(N_("There is no claim to write."), remedy=N_("Choose at least one."))
        body = SEGMENT.join([group, *transactions, *closing(transmission, len(transactions)), ""])
        return (isa + separators.segment + under(body, separators)).encode("ascii")

    def _transactions(
        self, transmission: Transmission, claims: Iterable[AnyClaim], separators: Delimiters
    ) -> Iterator[str]:
        current: _Transaction | None = None
        number = 0
        for claim in claims:
            if current is not None and current.claims == MAX_CLAIMS:
                yield current.end()
                current = None
            if current is None:
                number += 1
                current = _Transaction(self, transmission, number, separators)
            current.add(claim)
        if current is not None:
            yield current.end()


class _Transaction:
    """One ST to SE while it grows."""

    def __init__(self, writer: Writer, transmission: Transmission, number: int, separators: Delimiters) -> None:
        self._writer = writer
        self.claims = 0
        self._separators = separators
        self._parts: list[str] = []
        self._count = 1
        self._levels = 0
        self._biller: object = None
        self._insured: object = None
        self._patient: object = None
        self._biller_level = self._insured_level = 0
        self._of_patient = 0
        self._control = _control(transmission, number)
        self._header(transmission, number)

    def add(self, claim: AnyClaim) -> None:
        """One claim, under the loops it shares with the one before, or new ones."""
        sheet = Sheet(f"claim {claim.number}")
        text = _JSON(claim)
        if b"\\" in text or b'""' in text or not text.isascii():
            # JSON escapes control characters; an empty text would come back as nothing.
            _unsendable(sheet, claim)
        coverage = claim.coverage
        biller = (claim.billing, claim.pay_to, claim.total.currency)
        is_self = coverage.relationship == "18"
        new_biller = biller != self._biller
        insured = (
            coverage.payer, coverage.member_id, coverage.filing, coverage.rank, is_self, coverage.subscriber,
            coverage.group_number, coverage.plan_name, coverage.insurance_type, coverage.provider_number,
            claim.patient if is_self else None, claim.part.casualty_claim if is_self else None,
        )  # fmt: skip
        patient = None if is_self else (coverage.relationship, claim.patient, claim.part.casualty_claim)
        full = self._of_patient == MAX_CLAIMS_OF_PATIENT
        new_insured = new_biller or insured != self._insured or (full and is_self)
        if new_biller:
            self._biller_level = self._level(sheet, "20", None, has_child=True)
            self._writer.who.put_biller(sheet, claim.billing, claim.pay_to, claim.total.currency)
        if new_insured:
            self._insured_level = self._level(sheet, "22", self._biller_level, has_child=not is_self)
            self._writer.who.put_insured(sheet, claim)
        if not is_self and (new_insured or patient != self._patient or full):
            self._level(sheet, "23", self._insured_level, has_child=False)
            self._writer.who.put_patient(sheet, claim)
            self._of_patient = 0
        elif new_insured:
            self._of_patient = 0
        self._writer.put_claim(sheet, claim)
        self._biller, self._insured, self._patient = biller, insured, patient
        self._of_patient += 1
        self.claims += 1
        self._take(sheet)

    def end(self) -> str:
        """The whole, SE included, under our separators."""
        self._parts.append(line("SE", str(self._count + 1), self._control))
        return SEGMENT.join(self._parts)

    def _header(self, transmission: Transmission, number: int) -> None:
        sheet, writer = Sheet("transmission"), self._writer
        self._parts.append(line("ST", writer.guide.transaction, self._control, writer.guide.version))
        created = transmission.created
        reference = transmission.reference if number == 1 else f"{transmission.reference}-{number}"
        sheet.put(
            writer.bht,
            line(
                "BHT",
                "0019",
                "18" if transmission.resend else "00",
                reference,
                day(created.date()),
                f"{created:%H%M}",
                "RP" if transmission.encounter else "CH",
            ),
        )
        sheet.put(writer.submitter, nm1("41", transmission.submitter, "46", transmission.submitter_id))
        sheet.put(writer.per, line("PER", "IC", transmission.contact.name, "TE", transmission.contact.phone))
        sheet.put(
            writer.receiver,
            line("NM1", "40", "2", transmission.receiver_name, "", "", "", "", "46", transmission.receiver_id),
        )
        self._take(sheet)

    def _level(self, sheet: Sheet, code: str, parent: int | None, *, has_child: bool) -> int:
        self._levels += 1
        above = None if parent is None else str(parent)
        sheet.put(self._writer.hl[code], line("HL", str(self._levels), above, code, "1" if has_child else "0"))
        return self._levels

    def _take(self, sheet: Sheet) -> None:
        self._parts.append(sheet.text(self._separators))
        self._count += len(sheet.segments)


def _control(transmission: Transmission, number: int) -> str:
    first = transmission.transaction
    if number == 1:
        return first
    if not first.isdigit():
        raise Refused(
            N_("More than %(most)s claims need further transactions, and the control number is no number."),
            where="ST02",
            remedy=N_("Use a number."),
            most=MAX_CLAIMS,
        )
    return str(int(first) + number - 1).zfill(len(first))


def _unsendable(sheet: Sheet, claim: AnyClaim) -> None:
    """Finds the text that an X12 file cannot carry, if the quick look was right."""
    for path, text in _texts(msgspec.to_builtins(claim), ""):
        if not text:
            sheet.stop(path, N_("%(field)s is an empty text."), N_("Fill it in, or leave it out."), field=path)
        if not (text.isascii() and text.isprintable()):
            sheet.stop(
                path,
                N_("%(field)s contains a character an X12 file cannot carry."),
                N_("Write it in plain letters without accents."),
                field=path,
            )


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield path, value
        case dict():
            for name, inner in value.items():
                yield from _texts(inner, f"{path}.{name}" if path else str(name))
        case list() | tuple():
            for at, inner in enumerate(value):
                yield from _texts(inner, f"{path}[{at}]")
