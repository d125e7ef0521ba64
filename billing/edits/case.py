"""One claim as the edits see it: the facts, and what several edits would otherwise work out again."""

from __future__ import annotations

from datetime import date

from billing.edits.answers import Answer, answers, dubious
from billing.edits.bundled import Bundle, bundles
from billing.edits.covered import Covering, coverings
from billing.edits.facts import AnyClaim, CodeStatus, Facts, Judgement
from billing.edits.noted import Noted
from billing.edits.ruled import NOTHING, UNDIAGNOSED, Diagnosed, ListRule, Ruled, RuleTables, over_days
from billing.edits.sidebyside import clashing
from billing.edits.texts import Flaws, flaws
from billing.edits.units import Excess, excesses
from billing.payers import PayerProfile

_SUPPLIES = ("332B", "335")
"""Taxonomies of suppliers of durable equipment, prostheses and orthoses begin so."""


UNJUDGED = Judgement((), doubtful=False, odd=True)
"""Of a claim without a day."""


class Case:
    """The facts as they stand for one claim. What costs is worked out once, when first asked for."""

    __slots__ = (
        "_answers", "_bundled", "_coverage", "_diagnosed", "_dubious", "_earlier", "_excess", "_further", "_judged",
        "_ruled", "_texts", "apart", "claim", "codes", "counted", "day", "facts", "last_day", "on", "one_day",
        "profile", "renumbered", "unbalanced",
    )  # fmt: skip

    codes: tuple[str, ...]
    """The code of each line."""
    day: date | None
    """The first day of service, on which codes are judged; None where the claim has no line."""
    last_day: date | None
    """The last day of service; None where the claim has no line."""
    one_day: bool
    """Whether all lines start on one day."""
    apart: bool
    """Whether a line names a place or a provider of its own."""
    counted: bool
    """Whether a line bills anything but one."""
    renumbered: bool
    """Whether two lines have one number."""
    unbalanced: bool
    """Whether the lines do not add up to the total, or not in its currency."""
    _answers: tuple[Answer, ...] | None
    _dubious: bool | None
    _judged: Judgement | None
    _earlier: tuple[AnyClaim, ...] | None
    _texts: Flaws | None
    _ruled: Ruled | None
    _diagnosed: Diagnosed | None
    _bundled: tuple[Bundle, ...] | None
    _excess: tuple[Excess, ...] | None
    _coverage: tuple[Covering, ...] | None
    _further: tuple[date, tuple[AnyClaim, ...]] | None

    def __init__(self, claim: AnyClaim, facts: Facts, profile: PayerProfile) -> None:
        self.claim = claim
        self.facts = facts
        self.on = facts.on
        self.profile = profile
        self._judged = self._earlier = self._texts = self._ruled = None
        self._answers = self._dubious = None
        self._diagnosed = self._bundled = self._excess = self._coverage = self._further = None
        self._pass_over_lines(claim)

    def _pass_over_lines(self, claim: AnyClaim) -> None:
        """Take from the lines, in one pass, what tells whether the edits of lines have anything to look at."""
        first = last = None
        codes: list[str] = []
        numbers: set[str] = set()
        counted, one_day, cents, currency = False, True, 0, claim.total.currency
        apart = claim.kind != "professional"
        for act in claim.acts:
            codes.append(act.code.value)
            numbers.add(act.number)
            service, charge, part = act.service, act.charge, act.part
            start, end = service.start, service.end or service.start
            if first is None:
                first = start
            elif start != first:
                one_day = False
                first = min(first, start)
            if last is None or end > last:
                last = end
            if act.quantity.value != 1:
                counted = True
            cents += charge.cents
            if charge.currency != currency:
                currency = ""
            if not apart and (part.place is not None or part.rendering is not None):
                apart = True
        self.codes = tuple(codes)
        self.day, self.last_day, self.one_day = first, last, one_day
        self.counted, self.apart = counted, apart
        self.renumbered = len(numbers) != len(codes)
        self.unbalanced = cents != claim.total.cents or not currency

    def _judge(self) -> Judgement:
        day = self.day
        judged = UNJUDGED if day is None else self.facts.judge(self.claim.part.diagnoses, day)
        self._judged = judged
        return judged

    @property
    def judged(self) -> tuple[CodeStatus, ...]:
        """How each diagnosis stands on the first day of service; empty where there is no such day."""
        return (self._judged or self._judge()).statuses

    @property
    def doubtful(self) -> bool:
        """Whether a diagnosis is anything but a billable code of a release that covers the day."""
        return (self._judged or self._judge()).doubtful

    @property
    def odd(self) -> bool:
        """Whether a diagnosis may be of the wrong version of ICD, stand twice, or be first and an external cause."""
        return (self._judged or self._judge()).odd

    clashing = staticmethod(clashing)
    """Whether modifiers of a line may not stand side by side."""

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What other payers have answered."""
        found = self._answers
        if found is None:
            found = self._answers = tuple(answers(self.claim))
        return found

    @property
    def dubious(self) -> bool:
        """Whether an answer of another payer may have something wrong."""
        found = self._dubious
        if found is None:
            found = self._dubious = dubious(self.claim, self.answers, self.day, self.on)
        return found

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

    def tables(self, day: date | None) -> RuleTables | None:
        """The rule tables that judge a day; None where none is loaded, or there is no such day."""
        if day is None:
            return None
        taxonomy = self.claim.billing.taxonomy
        supplies = taxonomy is not None and taxonomy.value.startswith(_SUPPLIES)
        return self.facts.tables(day, "supplier" if supplies else "practitioner")

    @property
    def ruled(self) -> Ruled:
        """What the rule tables say of the codes of the lines, each line by those of its day; nothing of a void."""
        ruled = self._ruled
        if ruled is None:
            ruled = self._ruled = NOTHING if self.claim.frequency == "8" else self._rule()
        return ruled

    def _rule(self) -> Ruled:
        if self.one_day:
            tables = self.tables(self.day)
            return NOTHING if tables is None else tables.ruled(self.codes)
        lines: dict[date, list[int]] = {}
        for at, act in enumerate(self.claim.acts):
            lines.setdefault(act.service.start, []).append(at)
        parts = []
        for day, places in lines.items():
            tables = self.tables(day)
            if tables is not None:
                parts.append((places, tables.ruled(tuple([self.codes[at] for at in places]))))
        return over_days(parts, len(self.codes)) if parts else NOTHING

    def _diagnose(self) -> Diagnosed:
        tables = self.tables(self.day) if self.claim.frequency != "8" else None
        found = UNDIAGNOSED if tables is None else tables.diagnosed(self.claim.part.diagnoses)
        self._diagnosed = found
        return found

    @property
    def listed(self) -> tuple[tuple[int, ListRule], ...]:
        """The diagnoses that stand in a list of the Medicare Code Editor: place and lists."""
        return (self._diagnosed or self._diagnose()).listed

    @property
    def noted(self) -> Noted | None:
        """What the notes of ICD-10-CM say of the diagnoses together; None where nothing."""
        return (self._diagnosed or self._diagnose()).noted

    @property
    def topics(self) -> tuple[str, ...]:
        """What the diagnoses are about, where edits ask for it; nothing of a void."""
        return (self._judged or self._judge()).topics if self.claim.frequency != "8" else ()

    @property
    def bundled(self) -> tuple[Bundle, ...]:
        """Lines of one day and one provider whose codes are not paid together."""
        bundled = self._bundled
        if bundled is None:
            pairs = self.ruled.pairs
            bundled = self._bundled = bundles(self.claim, self.codes, pairs) if pairs else ()
        return bundled

    @property
    def excess(self) -> tuple[Excess, ...]:
        """Lines and days with more units than are paid."""
        excess = self._excess
        if excess is None:
            ruled = self.ruled
            limits = ruled.limits
            within = not limits or (ruled.roomy and not self.counted)
            excess = self._excess = () if within else excesses(self.claim, limits)
        return excess

    @property
    def coverage(self) -> tuple[Covering, ...]:
        """The lines of whose code a coverage rule of this payer speaks on their day, and what it says."""
        coverage = self._coverage
        if coverage is None:
            covered = self.ruled.covered
            coverage = self._coverage = coverings(self.claim, covered, self.before) if covered else ()
        return coverage

    @property
    def uncovered(self) -> tuple[Covering, ...]:
        """Those that the payer will not pay, as its policies stand, and that do not say so themselves."""
        return tuple([each for each in self.coverage if each.refused and not each.noticed])

    @property
    def noticed(self) -> tuple[Covering, ...]:
        """Those that say by a modifier that the payer is not expected to pay."""
        return tuple([each for each in self.coverage if each.noticed])

    def before(self, first: date) -> tuple[AnyClaim, ...]:
        """Claims for the same patient that went before, since a day. Asking may cost a statement."""
        look = self.facts.further
        if look is None:
            return self.earlier
        if self._further is None or first < self._further[0]:
            self._further = (first, tuple(look(self.claim, first)))
        return self._further[1]
