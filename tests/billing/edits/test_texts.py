from billing.edits import check, paths
from billing.edits.example import EXAMPLE_FACTS, claim_with
from billing.edits.texts import ABSENT, SEPARATORS, flaws, gatherer, longest
from tests.billing.edits.unclean import spoilt_claims
from tests.counts import count

CLOSED = {"frequency", "rank", "signed", "assignment", "assigns_benefits", "release", "sex", "qualifier", "group"}
"""Fields whose type lists what they may say: no text stands there."""


def test_all_texts_together_say_what_each_text_says():
    for claim in spoilt_claims(count(400, 20_000)):
        _agree(claim)


def _agree(claim):
    one_by_one = list(paths.texts(claim))
    gathered, limits = gatherer(paths.root("professional"))(claim)
    assert len(gathered) == len(limits)
    free = [text for path, text in one_by_one if path.rpartition(".")[2] not in CLOSED and "accident[" not in path]
    assert sorted(each for each in gathered if each != ABSENT) == sorted(each for each in free if each != ABSENT)
    found = flaws(claim)
    carried = all(" " <= each <= "~" and each not in SEPARATORS for text in free for each in text)
    assert found.uncarried == (not carried)
    assert found.blank or not any(not text or text != text.strip(" ") for text in free)
    assert found.long == any(len(text) > longest(claim, path) for path, text in one_by_one)


def test_a_stroke_between_blanks_is_no_fault():
    assert check(claim_with(note="A | B"), EXAMPLE_FACTS) == ()
