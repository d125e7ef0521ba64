"""One claim as the edits see it: the facts, and what several edits would otherwise work out again."""

from __future__ import annotations

from datetime import date

from billing.edits.facts import AnyClaim, CodeStatus, Facts
from billing.edits.texts import Texts
from billing.payers import PayerProfile


class Case:
    """The facts as they stand for one claim. What is worked out is worked out once, when first asked for."""

    __slots__ = ("_day", "_judged", "_last_day", "_texts", "claim", "facts", "on", "profile")

    def __init__(self, claim: AnyClaim, facts: Facts, profile: PayerProfile) -> None:
        self.claim = claim
        self.facts = facts
        self.on = facts.on
        self.profile = profile
        self._day: date | None = None
        self._last_day: date | None = None
        self._judged: tuple[CodeStatus, ...] | None = None
        self._texts: Texts | None = None

    @property
    def day(self) -> date | None:
        """The first day of service, on which codes are judged; None where the claim has no line."""
        if self._day is None and self.claim.acts:
            self._look_at_days()
        return self._day

    @property
    def last_day(self) -> date | None:
        """The last day of service; None where the claim has no line."""
        if self._last_day is None and self.claim.acts:
            self._look_at_days()
        return self._last_day

    def _look_at_days(self) -> None:
        first = last = None
        for act in self.claim.acts:
            service = act.service
            start, end = service.start, service.end or service.start
            if first is None or start < first:
                first = start
            if last is None or end > last:
                last = end
        self._day, self._last_day = first, last

    @property
    def judged(self) -> tuple[CodeStatus, ...]:
        """How each diagnosis stands on the first day of service; empty where there is no such day."""
        judged = self._judged
        if judged is None:
            day = self.day
            status = self.facts.codes.status
            judged = self._judged = (
                ()
                if day is None
                else tuple([status(code.system, code.value, day) for code in self.claim.part.diagnoses])
            )
        return judged

    @property
    def texts(self) -> Texts:
        """All texts of the claim, gathered."""
        texts = self._texts
        if texts is None:
            texts = self._texts = Texts(self.claim)
        return texts
