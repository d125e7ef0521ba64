"""What is wrong with a file, at which place: values, modelled on the acknowledgments that would say the same.

Codes are the numbers of the 999 (segment ``IK304-…``, element ``IK403-…``, transaction ``IK502-…``, group ``AK905-…``)
and of the TA1 (interchange ``TA105-…``). They are permanent. ``HELD-1`` is ours: the file is in order but says what a
claim of this house cannot hold.
"""

from __future__ import annotations

from clinic.domain.value import Value
from clinic.domain.words import N_

MESSAGES: dict[str, str] = {
    "IK304-1": N_("Segment %(segment)s is not an X12 segment."),
    "IK304-2": N_("Segment %(segment)s is not expected here."),
    "IK304-3": N_("Segment %(segment)s is required in loop %(loop)s and missing."),
    "IK304-4": N_("Loop %(loop)s occurs more than %(limit)s times."),
    "IK304-5": N_("Segment %(segment)s occurs more than %(limit)s times in loop %(loop)s."),
    "IK304-6": N_("Segment %(segment)s does not belong to this transaction."),
    "IK304-7": N_("Segment %(segment)s is out of sequence in loop %(loop)s."),
    "IK304-I6": N_("Segment %(segment)s is needed in loop %(loop)s because of what the claim says."),
    "IK304-I7": N_("Loop %(loop)s is required and missing."),
    "IK304-I9": N_("Segment %(segment)s must not be sent in loop %(loop)s with what the claim says."),
    "IK403-1": N_("%(element)s is required and empty."),
    "IK403-2": N_("%(element)s is needed because of another element of the segment, and is empty."),
    "IK403-3": N_("Segment %(segment)s has more elements than the standard knows."),
    "IK403-4": N_("%(element)s is shorter than %(limit)s."),
    "IK403-5": N_("%(element)s is longer than %(limit)s."),
    "IK403-6": N_("%(element)s contains a character or blank that cannot be sent there."),
    "IK403-7": N_("%(element)s is not one of the codes this place takes."),
    "IK403-8": N_("%(element)s is not a date, or not in the form announced."),
    "IK403-9": N_("%(element)s is not a time."),
    "IK403-10": N_("%(element)s excludes another element of the segment that is also sent."),
    "IK403-12": N_("%(element)s is repeated, and may not be."),
    "IK403-13": N_("%(element)s has more components than the standard knows."),
    "IK403-I9": N_("%(element)s is needed because of what the claim says, and is empty."),
    "IK403-I10": N_("%(element)s is not used here."),
    "IK403-I12": N_("%(element)s does not have the form this place asks for."),
    "IK403-I13": N_("%(element)s must not be sent with what the claim says."),
    "IK502-1": N_("Transaction %(transaction)s version %(version)s is not read here."),
    "IK502-2": N_("The transaction has no SE segment."),
    "IK502-3": N_("SE02 is not the control number of the transaction (ST02)."),
    "IK502-4": N_("SE01 says %(said)s segments; there are %(counted)s."),
    "IK502-7": N_("ST02 is not a control number."),
    "IK502-18": N_("The transaction is not inside a functional group."),
    "IK502-23": N_("ST02 is used twice in the group."),
    "AK905-1": N_("Functional group %(group)s does not carry this transaction."),
    "AK905-2": N_("The group's version (GS08) is not the transaction's (ST03)."),
    "AK905-3": N_("The group has no GE segment."),
    "AK905-4": N_("GE02 is not the control number of the group (GS06)."),
    "AK905-5": N_("GE01 says %(said)s transactions; there are %(counted)s."),
    "AK905-19": N_("GS06 is used twice in the interchange."),
    "TA105-001": N_("IEA02 is not the control number of the interchange (ISA13)."),
    "TA105-021": N_("IEA01 says %(said)s groups; there are %(counted)s."),
    "TA105-022": N_("This is not an X12 interchange: it does not begin with an ISA segment of 106 characters."),
    "TA105-023": N_("The file ends before the interchange does."),
    "TA105-024": N_("Segment %(segment)s does not belong between the envelopes."),
    "TA105-025": N_("ISA13 is used twice in the file."),
    "TA105-026": N_("The separators announced by ISA cannot be used."),
    "HELD-1": N_("%(element)s says what a claim here cannot hold."),
}


class Fault(Value, frozen=True, kw_only=True):
    """One fault at one place. No patient data stands in it, but for the claim's number."""

    code: str
    segment_number: int
    """Ordinal of the segment in the file; ISA is 1."""
    segment: str
    position: int | None = None
    """Ordinal in the transaction, ST is 1 (what IK302 says)."""
    transaction: str | None = None
    """ST02."""
    loop: str | None = None
    element: str | None = None
    """``NM103``, ``SV101-2``."""
    claim: str | None = None
    """CLM01 of the claim it stands in."""
    params: tuple[tuple[str, str], ...] = ()

    @property
    def message(self) -> str:
        """The message id; ``params`` fill it."""
        return MESSAGES[self.code]

    def __str__(self) -> str:
        """English, for the command line and the log."""
        return self.message % dict(self.params)


class Unmapped(Value, frozen=True, kw_only=True):
    """Something grammatical that the claim does not hold, a segment or one element of it: nothing is lost."""

    segment_number: int
    loop: str
    text: str
    """The segment, with ``*`` between elements and ``:`` between components."""
    element: str | None = None
    """None where the whole segment is meant."""
    claim: str | None = None
