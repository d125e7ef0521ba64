"""Why a payer is not expected to pay for a test, in a sentence: on the order's page and the patient's notice alike."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from flask_babel import gettext as _

from clinic.domain.code import ICD10CM, Code, pointed
from clinic.domain.words import N_
from clinic.views.formats import day
from lab.domain.order_notice import Choice

CHOICE: dict[Choice, str] = {
    "ask_payer": N_("wants it, and the payer is asked first"),
    "self_pay": N_("wants it and pays, the payer is not asked"),
    "refused": N_("does not want it"),
}
"""What the patient chose, as the practice says it."""


class Against(Protocol):
    """What speaks against the payer's paying."""

    @property
    def why(self) -> str:
        """Its kind."""

    @property
    def payer(self) -> str | None:
        """The payer's name."""

    @property
    def policy(self) -> str | None:
        """What the payer calls its policy."""

    @property
    def diagnosis(self) -> str | None:
        """A diagnosis that never supports the test."""

    @property
    def times(self) -> int | None:
        """So often it is paid."""

    @property
    def per(self) -> int | None:
        """In so many days, 0 in a lifetime."""

    @property
    def last(self) -> date | None:
        """The last day it was done."""

    @property
    def next_on(self) -> date | None:
        """From when on it is paid again."""


def why(each: Against, words: str | None = None) -> str:
    """Why the payer may not pay. ``words`` are the practice's own reason."""
    if each.why == "own":
        return words or ""
    said = {"payer": each.payer or "", "policy": each.policy or ""}
    if each.why == "unsupported":
        return str(
            _(
                "%(payer)s pays for it with certain diagnoses only, and none is on the order (policy %(policy)s).",
                **said,
            )
        )
    if each.why == "never":
        code = pointed(Code(ICD10CM, each.diagnosis or ""))
        return str(_("%(payer)s does not pay for it with diagnosis %(code)s (policy %(policy)s).", code=code, **said))
    if each.why == "excluded":
        return str(_("%(payer)s never pays for it (policy %(policy)s).", **said))
    return " ".join((_often(each, said), *_days(each)))


def _often(each: Against, said: dict[str, str]) -> str:
    if not each.per:
        return str(_("%(payer)s pays for it %(times)s × in a lifetime (policy %(policy)s).", times=each.times, **said))
    return str(
        _("%(payer)s pays for it %(times)s × in %(days)s days (policy %(policy)s).",
          times=each.times, days=each.per, **said)
    )  # fmt: skip


def _days(each: Against) -> list[str]:
    found = []
    if each.last is not None:
        found.append(str(_("It was last done on %(day)s.", day=day(each.last))))
    if each.next_on is not None:
        found.append(str(_("It is paid again from %(day)s on.", day=day(each.next_on))))
    return found


def span_of(span: tuple[str, str]) -> str:
    """Diagnoses from one to another, as a person reads them: ``I10``, ``E78.-``, ``E08 – E13``."""
    first, last = span
    if first == last:
        return pointed(Code(ICD10CM, first))
    short = last.rstrip("*")
    if first == short:
        return f"{pointed(Code(ICD10CM, first))}{'-' if len(first) > 3 else '.-'}"
    return f"{pointed(Code(ICD10CM, first))} \N{EN DASH} {pointed(Code(ICD10CM, short))}"
