"""One claim as the edits see it: the facts, and what several edits would otherwise work out again."""

from __future__ import annotations

from datetime import date

from billing.edits.facts import AnyClaim, CodeStatus, Facts
from billing.edits.texts import Flaws, flaws
from billing.payers import PayerProfile


class Case:
    """The facts as they stand for one claim. What costs is worked out once, when first asked for."""

    __slots__ = ("_doubtful", "_earlier", "_judged", "_texts", "claim", "day", "facts", "last_day", "on", "profile")

    def __init__(self, claim: AnyClaim, facts: Facts, profile: PayerProfile) -> None:
        self.claim = claim
        self.facts = facts
        self.on = facts.on
        self.profile = profile
        first: date | None = None
        last: date | None = None
        for act in claim.acts:
            service = act.service
            start, end = service.start, service.end or service.start
            if first is None or start < first:
                first = start
            if last is None or end > last:
                last = end
        self.day = first
        """The first day of service, on which codes are judged; None where the claim has no line."""
        self.last_day = last
        """The last day of service; None where the claim has no line."""
        self._judged: tuple[CodeStatus, ...] | None = None
        self._doubtful = False
        self._earlier: tuple[AnyClaim, ...] | None = None
        self._texts: Flaws | None = None

    @property
    def judged(self) -> tuple[CodeStatus, ...]:
        """How each diagnosis stands on the first day of service; empty where there is no such day."""
        judged = self._judged
        if judged is None:
            day = self.day
            status = self.facts.status
            judged = self._judged = (
                () if day is None else tuple([status(code, day) for code in self.claim.part.diagnoses])
            )
            for each in judged:
                if each.state != "billable" or not each.covered or not each.release:
                    self._doubtful = True
                    break
        return judged

    @property
    def doubtful(self) -> bool:
        """Whether a diagnosis is anything but a billable code of a release that covers the day."""
        if self._judged is None:
            _ = self.judged
        return self._doubtful

    @property
    def earlier(self) -> tuple[AnyClaim, ...]:
        """Claims for the same patient that went before. Where they come from it costs a question to ask."""
        earlier = self._earlier
        if earlier is None:
            earlier = self._earlier = tuple(self.facts.earlier(self.claim))
        return earlier

    @property
    def texts(self) -> Flaws:
        """What may be wrong with the texts of the claim."""
        texts = self._texts
        if texts is None:
            texts = self._texts = flaws(self.claim)
        return texts
