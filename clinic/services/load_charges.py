"""Loading a charge list from a CSV file: every row of it, or none."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select

from clinic.domain.money import Money
from clinic.domain.refusal import Refused
from clinic.domain.set_up import ChargeFacts
from clinic.domain.us_identifiers import read_procedure
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.models import Charge
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import print_of
from clinic.services.set_charge import RIGHT, add_within, charge_facts, prices_of, set_within

COLUMNS = ("code", "words", "price")
MOST_ROWS = 20_000


class Loaded(Value, frozen=True, kw_only=True, omit_defaults=False):
    """What came of a file."""

    added: int
    changed: int
    unchanged: int


class Row(NamedTuple):
    """One row as it is meant."""

    line: int
    code: str
    words: str
    price_cents: int


def read_charges(text: str, where: str) -> tuple[list[Row], list[Refused]]:
    """The rows of a file with the columns ``code``, ``words``, ``price`` (a plain decimal), and all that is wrong.

    Raises:
        Refused: it has not these columns, or is too long.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        lines = [(reader.line_num, fields) for fields in reader if any(field.strip() for field in fields)]
    except csv.Error as error:
        raise Refused(N_("This is no CSV file (%(why)s)."), where=where, why=str(error)) from None
    heads = tuple(name.strip().lower() for name in lines[0][1]) if lines else ()
    if heads != COLUMNS:
        raise Refused(
            N_("The first line must name the columns code, words, price."),
            where=f"{where}, line 1",
            remedy=N_("Put that line on top, and write prices as 120.00."),
        )
    if len(lines) > MOST_ROWS:
        raise Refused(N_("This file has more than %(most)s rows."), where=where, most=MOST_ROWS)
    rows: list[Row] = []
    wrong: list[Refused] = []
    seen: dict[str, int] = {}
    for line, fields in lines[1:]:
        try:
            row = _row(line, fields, f"{where}, line {line}", seen)
        except Refused as refused:
            wrong.append(refused)
            continue
        seen[row.code] = line
        rows.append(row)
    return rows, wrong


def _row(line: int, fields: list[str], where: str, seen: dict[str, int]) -> Row:
    if len(fields) != len(COLUMNS):
        raise Refused(N_("This line has %(count)s columns, not three."), where=where, count=len(fields))
    code, words, price = (field.strip() for field in fields)
    if not words:
        raise Refused(N_("This line has no words."), where=where)
    try:
        cents = Money.parse(price).cents
    except ValueError:
        cents = -1
    if cents < 0:
        raise Refused(N_("This price is no amount."), where=where, remedy=N_("Write it as 120.00."))
    value = read_procedure(code, where).value
    if value in seen:
        raise Refused(N_("Line %(line)s has this code too."), where=where, line=seen[value])
    return Row(line, value, words, cents)


def load_charges(actor: Actor, rows: list[Row]) -> Loaded:
    """Put the rows into the charge list in one act: a code that is there gets the words and price of the file.

    Prices for single payers stay. What says the same changes nothing.
    """
    with acting(actor, RIGHT) as work:
        known = {
            row.code: row for row in work.session.scalars(select(Charge).where(Charge.practice_id == actor.practice_id))
        }
        done = list(_load(work, rows, known))
        work.journal("practice", actor.practice_id, detail=f"charges_loaded rows={len(rows)}")
    return Loaded(**{name: done.count(name) for name in ("added", "changed", "unchanged")})


def _load(work: Work, rows: list[Row], known: dict[str, Charge]) -> Iterator[str]:
    for row in rows:
        there = known.get(row.code)
        if there is None:
            given = ChargeFacts(system="", code=row.code, words=row.words, price_cents=row.price_cents, active=True)
            add_within(work, given)
            yield "added"
        elif (there.words, there.price_cents, there.active) == (row.words, row.price_cents, True):
            yield "unchanged"
        else:
            before = charge_facts(there, prices_of(work, there.id))
            now = ChargeFacts(
                system=there.system,
                code=there.code,
                words=row.words,
                price_cents=row.price_cents,
                active=True,
                prices=before.prices,
            )
            set_within(work, there.id, now, print_of(before))
            yield "changed"
