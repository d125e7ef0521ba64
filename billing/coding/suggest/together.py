"""Everything in a record that speaks for a code, as one list without doubles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from billing.coding.grounds import Words
from billing.coding.suggest.combine import Weighed
from billing.coding.suggest.gaps import gaps
from billing.coding.suggest.lexicon import Lexicon
from billing.coding.suggest.lines import lines
from billing.coding.suggest.memory import key_of
from billing.coding.suggest.patterns import body_mass_code
from billing.coding.suggest.problems import of_problems
from billing.coding.suggest.results import body_mass, supported
from billing.coding.suggest.suggest import settled, weighed
from billing.coding.suggest.values import Gap, Proposal, Suggestion
from billing.coding.suggest.written import MeasuredValue, Written
from clinic.codes.release import shown
from clinic.domain.code import Code
from clinic.domain.value import Value
from clinic.domain.words import N_

LONGEST = 200_000
"""Characters of one note that are read: what is longer is no note, and reading it would make others wait."""

MOST_WORDS = 6
"""Places of one suggestion that are shown."""

_MEASURED = N_("The body mass index was measured, beside a diagnosis of weight.")
_SEVERAL = N_("Several places of the record say it.")
_SPEAKS = N_("A result speaks for it.")


class Together(Value, frozen=True, kw_only=True):
    """What a record comes to."""

    proposals: tuple[Proposal, ...] = ()
    """Diagnoses in the order of their words, then lines."""
    gaps: tuple[Gap, ...] = ()
    """``start`` and ``end`` are the place in the note that the code's first words stand in."""
    alone: tuple[MeasuredValue, ...] = ()
    """Abnormal results that no diagnosis of the record explains: a question, not a code."""


def together(written: Written, lexicon: Lexicon, charges: Mapping[Code, str]) -> Together:
    """Diagnoses from notes and problems, spoken for by results, and lines from what was done."""
    notes = {note.id: note.text[:LONGEST] for note in written.notes}
    found = [each for number, text in notes.items() for each in weighed(text, lexicon, number)]
    found += of_problems(written.problems, lexicon)
    found += _body_mass(written.results, lexicon)
    chosen = settled(found, notes, lexicon)
    codes = [each.code for each in chosen if each.status == "affirmed"]
    results = supported(written.results, codes)
    proposals = [
        _proposal(each, notes, lexicon, results.by_code.get(each.code, ()) if each.status == "affirmed" else ())
        for each in chosen
    ]
    return Together(
        proposals=(*proposals, *lines(written.acts, charges)),
        gaps=gaps((_suggestion(each) for each in proposals), lexicon),
        alone=results.alone,
    )


def _proposal(each: Weighed, notes: Mapping[int, str], lexicon: Lexicon, results: Iterable[MeasuredValue]) -> Proposal:
    said = tuple(dict.fromkeys(_words(one, notes) for one in (each, *each.also)))
    measured = tuple(Words(source=one.source, source_id=one.id, text=one.text) for one in results)
    why, score = each.why, each.score
    if len({(words.source, words.source_id) for words in said}) > 1:
        why, score = (*why, _SEVERAL), score + 0.05
    if measured:
        why, score = (*why, _SPEAKS), score + 0.05
    return Proposal(
        code=Code(lexicon.system, each.code),
        shown=shown(lexicon.system, each.code),
        display=each.node.display,
        status=each.status,
        score=round(min(score, 0.99), 2),
        key=key_of(said[0].text, lexicon) or shown(lexicon.system, each.code),
        words=(*said[:MOST_WORDS], *measured[:MOST_WORDS]),
        why=why,
    )


def _words(each: Weighed, notes: Mapping[int, str]) -> Words:
    if each.source == "note":
        text = notes[each.source_id][each.start : each.end]
        return Words(source="note", source_id=each.source_id, text=text, start=each.start, end=each.end)
    return Words(source=each.source, source_id=each.source_id, text=each.text)


def _suggestion(each: Proposal) -> Suggestion:
    """As what is left open is asked of it."""
    first = each.words[0]
    return Suggestion(
        system=each.code.system,
        code=each.shown,
        display=each.display,
        start=first.start or 0,
        end=first.end or 0,
        text=first.text,
        status=each.status,
        score=each.score,
        why=each.why,
    )


def _body_mass(results: Iterable[MeasuredValue], lexicon: Lexicon) -> list[Weighed]:
    """The measured index; it is kept only beside a diagnosis of weight (guideline I.B.14)."""
    found = body_mass(results)
    node = lexicon.node(body_mass_code(found[1]) or "") if found else None
    if found is None or node is None:
        return []
    made = Weighed(node, node.value, 0, 0, "affirmed", "", left_open=False, official=True, score=0.85, why=(_MEASURED,))
    made.source, made.source_id, made.text = found[0].source, found[0].id, found[0].text
    return [made]
