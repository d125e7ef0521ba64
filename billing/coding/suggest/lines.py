"""What was done, as lines of the practice's charge list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from billing.coding.grounds import LONGEST_KEY, Words
from billing.coding.suggest.title import term_words
from billing.coding.suggest.values import Proposal
from billing.coding.suggest.written import DoneAct
from clinic.domain.code import Code
from clinic.domain.words import N_

_OWN = N_("It was done, and its code is on the charge list.")
_CALLED = N_("It was done, and its words are those of a charge.")
_SURE, _BY_WORDS = 0.95, 0.7


def lines(acts: Iterable[DoneAct], charges: Mapping[Code, str]) -> tuple[Proposal, ...]:
    """A line for each act that the charge list has, by its code or, where it has none there, by its words.

    ``charges`` are the words of each charge. Words fit where all of one charge's stand in the act's and no other
    charge has as many; an act that several charges fit as well is left to the coder.
    """
    by_words = {code: term_words(words) for code, words in charges.items()}
    return tuple(found for act in acts if act.billed and (found := _line(act, charges, by_words)) is not None)


def _line(act: DoneAct, charges: Mapping[Code, str], by_words: Mapping[Code, frozenset[str]]) -> Proposal | None:
    code = act.code if act.code in charges else None
    why, score = _OWN, _SURE
    if code is None:
        code, why, score = _called(act, by_words), _CALLED, _BY_WORDS
    if code is None:
        return None
    return Proposal(
        code=code,
        shown=code.value,
        display=charges[code],
        status="affirmed",
        score=score,
        key=" ".join(sorted(by_words[code]))[:LONGEST_KEY] or code.value,
        words=(Words(source="act", source_id=act.id, text=act.words),),
        why=(why,),
    )


def _called(act: DoneAct, by_words: Mapping[Code, frozenset[str]]) -> Code | None:
    said = term_words(act.words)
    fits = sorted(((len(words), code) for code, words in by_words.items() if words and words <= said), reverse=True)
    if not fits or (len(fits) > 1 and fits[1][0] == fits[0][0]):
        return None
    return fits[0][1]
