"""Writing by the tables: a segment is put down only if its rule takes it; else the claim is refused, with the place.

Nothing is trusted because our own code made it: the same patterns that read a file check what is written.
"""

from __future__ import annotations

from typing import NoReturn

from billing.x12.compiled import Rule
from billing.x12.inspection import Problem
from billing.x12.syntax import COMPONENT, ELEMENT, SEGMENT, Delimiters
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_WHAT = {
    "IK403-1": N_("%(element)s would be empty and is required."),
    "IK403-2": N_("%(element)s would be empty and is required with its neighbour."),
    "IK403-3": N_("%(segment)s would have more elements than it may."),
    "IK403-4": N_("%(element)s would be shorter than %(limit)s characters."),
    "IK403-5": N_("%(element)s would be longer than %(limit)s characters."),
    "IK403-6": N_("%(element)s would contain a character or blank that an X12 file cannot carry."),
    "IK403-7": N_("%(element)s would say what is not one of the codes of the guide."),
    "IK403-8": N_("%(element)s would not be a date, or a span that ends before it starts."),
    "IK403-13": N_("%(element)s would have more parts than it may."),
    "IK403-I13": N_("%(element)s would be sent for an organisation."),
}
_REMEDY = {
    "IK403-1": N_("Fill it in."),
    "IK403-2": N_("Fill it in."),
    "IK403-3": N_("Send fewer."),
    "IK403-4": N_("Write it out."),
    "IK403-5": N_("Shorten it to %(limit)s characters."),
    "IK403-6": N_("Use plain capitals, digits and punctuation, without blanks at the ends."),
    "IK403-7": N_("Choose one of the codes allowed there."),
    "IK403-8": N_("Correct the dates."),
    "IK403-13": N_("Send fewer."),
}
_OTHER = N_("%(element)s cannot be written.")
_CORRECT = N_("Correct it.")


class Sheet:
    """Segments of one claim (or header) as they are written, under our separators."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        """What is written, for refusals: ``claim A1``."""
        self.segments: list[str] = []

    def put(self, rule: Rule, text: str) -> None:
        """A segment.

        Raises:
            Refused: its rule does not take it.
        """
        if not rule.passes(text):
            problems = rule.problems(text, text.split(ELEMENT))
            if problems:
                self.refuse(rule, problems[0])
        self.segments.append(text)

    def refuse(self, rule: Rule, problem: Problem) -> NoReturn:
        """Refuses because of a problem in a segment of a rule."""
        raise Refused(
            _WHAT.get(problem.code, _OTHER),
            where=f"{self.subject}, {rule.node.id} {problem.element or rule.segment.id}",
            remedy=_REMEDY.get(problem.code, _CORRECT),
            element=problem.element,
            segment=rule.segment.id,
            limit=problem.limit,
        )

    def stop(self, place: str, what: str, remedy: str, **params: str | int) -> NoReturn:
        """Refuses for a reason that lies between segments; ``place`` is loop and element."""
        raise Refused(what, where=f"{self.subject}, {place}", remedy=remedy, **params)

    def text(self, delimiters: Delimiters) -> str:
        """What was written, ended by a terminator, still under our separators.

        Raises:
            Refused: data holds one of the separators the file will use.
        """
        text = SEGMENT.join(self.segments)
        for separator in (delimiters.element, delimiters.component, delimiters.segment, delimiters.repetition):
            if separator in text:
                self._separated(separator)
        return text

    def _separated(self, separator: str) -> NoReturn:
        for segment in self.segments:
            for at, element in enumerate(segment.split(ELEMENT)):
                if separator in element:
                    raise Refused(
                        N_("%(element)s would contain %(separator)s, which separates elements in the file."),
                        where=f"{self.subject}, {segment.partition(ELEMENT)[0]}{at:02d}",
                        remedy=N_("Leave the character out."),
                        element=f"{segment.partition(ELEMENT)[0]}{at:02d}",
                        separator=separator,
                    )
        raise AssertionError(separator)


def joined(*parts: str | None) -> str:
    """Components of one element, the empty ones at its end cut off."""
    return COMPONENT.join([part or "" for part in parts]).rstrip(COMPONENT)
