"""The words of packages: states, remarks with what they are about, what happened."""

from __future__ import annotations

from flask_babel import format_decimal
from flask_babel import gettext as _

from clinic.domain.words import N_
from clinic.views.formats import moment
from lab.domain.container_words import CONDITIONS
from lab.domain.package_words import CATEGORIES, RECEIPTS, STATES
from lab.domain.packing import REMARKS, Remark
from lab.services.shipped import shipped
from lab.steps.registry import step_of

__all__ = ["CATEGORIES", "CONDITIONS", "RECEIPTS", "STATES"]

WRONG = {
    "unfit": N_("no longer fit to go; scan it out"),
    "expired": N_("past its use-by"),
    "set": N_("pieces of its kit are missing"),
}
FACTS = {
    "package.opened": N_("Opened"),
    "package.item_added": N_("In"),
    "package.item_removed": N_("Out"),
    "package.checked": N_("Checked"),
    "package.sealed": N_("Sealed"),
    "package.unsealed": N_("Opened again"),
    "package.handed_over": N_("Handed over"),
    "package.recalled": N_("Called back"),
    "package.delivered": N_("Delivered"),
    "package.receipt": N_("Receipt"),
    "package.receipt_undone": N_("Receipt taken back"),
    "package.reconciled": N_("Reconciled"),
    "package.lost": N_("Lost"),
}
OUTCOMES = {
    "reached": N_("reached"),
    "no_answer": N_("no answer"),
    "left_word": N_("left word"),
}
"""What came of a call to a laboratory."""


def remark(said: Remark) -> str:
    """A remark with the step, test or time it is about."""
    words = [str(_(REMARKS[said.code]))]
    step = step_of(said.step) if said.step else None
    if step is not None:
        words.append(str(_(step.words)))
    if said.at is not None:
        words.append(str(_("use by %(at)s", at=moment(said.at))))
    if said.test is not None:
        test = shipped().tests.get(said.test)
        words.append(str(_(test.name)) if test else said.test)
    first, *rest = words
    return f"{first} ({', '.join(rest)})" if rest else first


def degrees(tenths: int | None) -> str:
    """``21.5 °C``."""
    return "" if tenths is None else f"{format_decimal(tenths / 10, '0.0')} °C"


def kilograms(grams: int | None) -> str:
    """``1.5 kg``."""
    return "" if grams is None else f"{format_decimal(grams / 1000, '0.###')} kg"
