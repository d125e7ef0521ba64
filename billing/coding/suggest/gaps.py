"""What a note leaves open for a code that was suggested, as a question to the provider."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from billing.coding.suggest.lexicon import Lexicon, Node
from billing.coding.suggest.values import Gap, Suggestion
from clinic.codes.release import shown
from clinic.domain.words import N_

MOST_CHOICES = 8
_SIDE = N_("Which side is it?")
_KIND = N_("What kind is it?")
_WORDS: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"mild", "moderate", "severe", "slight", "minimal"}), N_("How severe is it?")),
    (frozenset({"stage"}), N_("Which stage is it?")),
    (frozenset({"trimester"}), N_("Which trimester is it?")),
    (frozenset({"acute", "chronic", "subacute"}), N_("Is it acute or chronic?")),
    (frozenset({"recurrent"}), N_("Is it the first time, or does it recur?")),
    (frozenset({"complete", "partial"}), N_("Is it complete or partial?")),
)


def gaps(suggestions: Iterable[Suggestion], lexicon: Lexicon) -> tuple[Gap, ...]:
    """A question for each affirmed code that stands for "unspecified" while others beside it say more."""
    return tuple(gap for each in suggestions if each.status == "affirmed" for gap in _gap(each, lexicon))


def _gap(each: Suggestion, lexicon: Lexicon) -> Iterator[Gap]:
    node = lexicon.node(each.code)
    # "Without complications" leaves nothing open, and why a visit took place is no finding.
    if node is None or node.value[0] == "Z" or not ("nspecified" in node.display or node.side == "open"):
        return
    if node.side == "open":
        found = [
            other for other in _beside(node) if other.side in {"right", "left", "both"} and other.need == node.need
        ]
        question = _SIDE
    else:
        found = [other for other in _more(node) if not other.other] or _kinds(node)
        question = _about(node, found)
    if found:
        seventh = each.code.replace(".", "")[6:]
        choices = tuple((_code(other, seventh, lexicon.system), other.display) for other in found[:MOST_CHOICES])
        yield Gap(code=each.code, start=each.start, end=each.end, question=question, choices=choices)


def _beside(node: Node) -> list[Node]:
    return [] if node.parent is None else [other for other in node.parent.children if other != node]


def _more(node: Node) -> list[Node]:
    """Codes of the same group that ask for more words than this one, those that exclude nothing being no gap."""
    return [
        other
        for other in _beside(node)
        if (other.billable or other.sevenths) and set(other.need) > set(node.need) and not other.default
    ]


def _kinds(node: Node) -> list[Node]:
    """Where all of its group leaves the kind open: the kinds beside the group, each as it is without complication."""
    group, kinds = node.parent, list[Node]()
    while group is not None and "nspecified" in group.display:
        kinds = [other for other in _beside(group) if not other.other and set(other.need) > set(node.need)] or kinds
        group = group.parent
    plain = (other if other.billable else _plain(other, node) for other in kinds)
    return [each for each in plain if each is not None and (each.billable or each.sevenths)]


def _plain(kind: Node, node: Node) -> Node | None:
    """The code below a kind that says no more than it: of the side that is known, else without complication."""
    sided = (each for each in kind.children if node.side and each.side == node.side)
    return next(sided, None) or next((each for each in kind.children if each.default), None)


def _about(node: Node, others: list[Node]) -> str:
    """The question by what the others say more, or the general one."""
    further = {word for other in others for word in other.need} - set(node.need)
    return next((question for words, question in _WORDS if len(words & further) >= min(2, len(words))), _KIND)


def _code(node: Node, seventh: str, system: str) -> str:
    value = node.value.ljust(6, "X") + seventh if seventh and node.sevenths else node.value
    return shown(system, value)
