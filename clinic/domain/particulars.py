"""Who a patient is: what is asked of everyone, cleaned and looked over."""

from __future__ import annotations

from datetime import date

import msgspec

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_

OLDEST = 130
"""Years. Nobody has lived longer (the oldest proven age is 122), so such a birth date is a slip."""

WIDTHS = {
    "last": 60,
    "first": 35,
    "middle": 25,
    "suffix": 10,
    "street": 55,
    "street_2": 55,
    "city": 30,
    "state": 2,
    "postal_code": 15,
    "country": 3,
}
"""Letters an 837 can carry (NM103 to NM107, N301, N302, N401 to N404)."""


class Particulars(Value, frozen=True, kw_only=True):
    """A patient's name, birth, sex, address and phone: the columns of ``clinic.models.Patient`` that people enter."""

    last: str
    first: str | None = None
    middle: str | None = None
    suffix: str | None = None
    birth: date | None = None
    sex: str | None = None
    street: str | None = None
    street_2: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None
    phone: str | None = None


def cleaned(particulars: Particulars, today: date) -> Particulars:
    """Without blanks around or doubled within; postal code and phone without what divides them, codes in capitals.

    Raises:
        Refused: a name is missing, a text is longer than a claim can say, or the birth date cannot be.
    """
    texts = {name: _plain(getattr(particulars, name)) for name in Particulars.__struct_fields__ if name != "birth"}
    for name in ("postal_code", "phone"):
        texts[name] = _bare(texts[name])
    for name in ("state", "country", "sex"):
        texts[name] = (texts[name] or "").upper() or None
    if not texts["last"]:
        raise Refused(N_("The last name is missing."), where="last")
    if texts["sex"] not in {None, "F", "M", "U"}:
        raise Refused(N_("Sex is female, male or not known."), where="sex")
    for name, width in WIDTHS.items():
        if len(texts[name] or "") > width:
            raise Refused(
                N_("Longer than the %(width)s letters a claim can say."),
                where=name,
                remedy=N_("Shorten it."),
                width=width,
            )
    check_birth(particulars.birth, today)
    return msgspec.convert({**texts, "birth": particulars.birth}, Particulars)


def check_birth(birth: date | None, today: date) -> None:
    """Whether someone can be born on that day.

    Raises:
        Refused: it is to come, or too long ago.
    """
    if birth is not None and not (today.year - OLDEST <= birth.year and birth <= today):
        raise Refused(
            N_("Nobody who comes here was born on that day."), where="birth", remedy=N_("Look at day, month and year.")
        )


def _plain(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def _bare(text: str | None) -> str | None:
    """A US ZIP+4 or phone number without hyphens, points, brackets and blanks; what has letters stays as it is."""
    bare = "".join(letter for letter in text or "" if letter not in " -.()/")
    return bare if bare and bare.lstrip("+").isdigit() else text
