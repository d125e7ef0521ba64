"""Numbers as people type them, read into the one form they are kept in: no blanks, points or hyphens, large letters."""

from __future__ import annotations

import re

from clinic.domain.code import CDT, Code, procedure
from clinic.domain.npi import is_npi
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_BETWEEN = re.compile(r"[\s.()/\-\u2010-\u2014]+")
_NINE = re.compile(r"[0-9]{9}\Z")
_TAXONOMY = re.compile(r"[0-9A-Z]{9}X\Z")
"""Ten characters, the last an X (the code set is the NUCC's; its form is public)."""
_CLIA = re.compile(r"[0-9]{2}D[0-9]{7}\Z")
"""The state's two digits, D, seven digits (42 CFR 493; printed on every certificate)."""
_POSTAL = re.compile(r"[0-9]{5}(?:[0-9]{4})?\Z")
_STATE = re.compile(r"[A-Z]{2}\Z")
_PROCEDURE = re.compile(r"(?:[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})\Z")
_CDT = re.compile(r"D[0-9]{4}\Z")
_X12_NAME = re.compile(r"[0-9A-Z][0-9A-Z _.\-]{0,14}\Z")
"""What fits ISA06 and ISA08: fifteen characters, none of them a separator."""


def _bare(text: str) -> str:
    return _BETWEEN.sub("", text).upper()


def read_npi(text: str, where: str = "npi") -> str:
    """An NPI: ten digits.

    Raises:
        Refused: it has not ten digits, or its last digit is not the check digit of the others.
    """
    bare = _bare(text)
    if len(bare) != 10 or not (bare.isascii() and bare.isdigit()):
        raise Refused(N_("An NPI has ten digits."), where=where, remedy=N_("Copy it from the NPI registry."))
    if not is_npi(bare):
        raise Refused(
            N_("The check digit of this NPI is wrong."),
            where=where,
            remedy=N_("Look for two digits that were swapped."),
        )
    return bare


def read_tax_id(text: str, where: str = "tax_id") -> str:
    """An EIN or SSN: nine digits.

    Raises:
        Refused: it is none.
    """
    return _matched(_NINE, text, where, N_("A tax id has nine digits."))


def read_taxonomy(text: str, where: str = "taxonomy") -> str:
    """A provider taxonomy code, by its form.

    Raises:
        Refused: it is none.
    """
    what = N_("A taxonomy code has ten characters and ends in X.")
    return _matched(_TAXONOMY, text, where, what, N_("Write it as %(example)s."), example="207Q00000X")


def read_clia(text: str, where: str = "clia") -> str:
    """A CLIA number, by its form.

    Raises:
        Refused: it is none.
    """
    what = N_("A CLIA number is two digits, a D, and seven digits.")
    return _matched(_CLIA, text, where, what, N_("Write it as %(example)s."), example="24D0000001")


def read_phone(text: str, where: str = "phone") -> str:
    """A telephone number of the North American plan: ten digits, a leading 1 left out.

    Raises:
        Refused: it has more or fewer.
    """
    bare = _bare(text).removeprefix("+")
    if len(bare) == 11 and bare.startswith("1"):
        bare = bare[1:]
    if len(bare) != 10 or not (bare.isascii() and bare.isdigit()):
        raise Refused(N_("A telephone number has ten digits."), where=where, remedy=N_("Give it with its area code."))
    return bare


def read_postal_code(text: str, where: str = "postal_code") -> str:
    """A ZIP code: five or nine digits.

    Raises:
        Refused: it is none.
    """
    return _matched(_POSTAL, text, where, N_("A ZIP code has five or nine digits."))


def read_state(text: str, where: str = "state") -> str:
    """A state by its two letters.

    Raises:
        Refused: it is no two letters.
    """
    return _matched(_STATE, text, where, N_("Write the state with two letters."))


def read_receiver(text: str, where: str = "receiver_id") -> str:
    """A name in the envelope of our files: one to fifteen capitals and digits.

    Raises:
        Refused: it is none.
    """
    plain = " ".join(text.split()).upper()
    if not _X12_NAME.match(plain):
        raise Refused(N_("This takes one to fifteen letters and digits."), where=where)
    return plain


def read_procedure(text: str, where: str = "code") -> Code:
    """A procedure code with its system, told by its shape: D and four digits is the ADA's, else see ``code.procedure``.

    Raises:
        Refused: no system has codes of this shape.
    """
    bare = _bare(text)
    if not _PROCEDURE.match(bare):
        raise Refused(
            N_("A procedure code has five characters."),
            where=where,
            remedy=N_("Give five digits, four digits and a letter, or a letter and four digits."),
        )
    return Code(CDT, bare) if _CDT.match(bare) else procedure(bare)


def _matched(pattern: re.Pattern[str], text: str, where: str, what: str, remedy: str = "", **params: str) -> str:
    bare = _bare(text)
    if not pattern.match(bare):
        raise Refused(what, where=where, remedy=remedy, **params)
    return bare
