import pytest

from billing.edits import EDITS
from billing.edits.declare import at
from billing.edits.registry import read, together
from tests.billing.edits.made import DOC, declared, made, module


def nothing(claim):
    return iter(())


@pytest.mark.parametrize(
    "given",
    [
        {"code": "TST-1"},
        {"code": "tst-01"},
        {"code": "TST-001"},
        {"fields": ()},
        {"fields": ("acts[].code",)},
        {"same_code": True},
        {"since": "yesterday"},
        {"doc": ""},
        {"doc": DOC.replace("How to fix:", "Fix:")},
        {"doc": DOC.replace("    That.\n", "")},
        {"doc": DOC.replace("What it checks:\n    This.\n\n", "") + "\nWhat it checks:\n    This.\n"},
    ],
)
def test_a_bad_declaration_fails_when_it_is_made(given):
    with pytest.raises(ValueError):
        declared(lambda claim: iter(()), **given)


@pytest.mark.parametrize(
    ("scope", "function"),
    [
        ("claim", lambda line: iter(())),
        ("claim", lambda case, claim: iter(())),
        ("claim", lambda: iter(())),
        ("line", lambda claim: iter(())),
        ("pair", lambda second, first: iter(())),
    ],
)
def test_an_edit_asks_only_for_what_its_scope_gives(scope, function):
    with pytest.raises(ValueError, match="is given"):
        declared(function, scope=scope, fields=("acts[].code",) if scope != "claim" else ("number",))


def test_an_edit_stays_the_plain_function_it_is():
    function = declared(lambda claim: iter([at("total", x=1)]))
    assert [(fault.field, fault.params) for fault in function(None)] == [("total", (("x", "1"),))]


def test_a_file_holds_one_edit_with_examples():
    one, two = declared(lambda claim: iter(())), declared(lambda claim: iter(()), "TST-02")
    assert read(module(one)).module == "made_up"
    for wrong in (module(), module(one, two), module(one, FAILS=()), module(one, PASSES=())):
        with pytest.raises(ValueError, match="made_up"):
            read(wrong)


@pytest.mark.parametrize(
    "edits",
    [
        [made(nothing), made(nothing)],
        [made(nothing, fields=("nmber",))],
        [made(nothing, fields=("number", "billing.name.street"))],
        [made(nothing, fields=("number", "billing..name"))],
        [made(nothing, fields=("number", "part.diagnoses.value"))],
        [made(nothing, makes_redundant=("TST-09",))],
        [made(nothing, makes_redundant=("TST-01",))],
        [made(nothing, makes_redundant=("TST-02",)), made(nothing, "TST-02", makes_redundant=("TST-01",))],
        [made(nothing, payers=("nobody",))],
        [made(nothing, kinds=("unheard",))],
    ],
    ids=["code", "field", "part", "path", "index", "unknown", "itself", "ring", "payer", "kind"],
)
def test_edits_that_do_not_go_together_fail_when_the_program_starts(edits):
    with pytest.raises((ValueError, KeyError)):
        together(edits)


def test_the_registry_is_in_the_order_of_the_codes():
    assert list(EDITS) == sorted(EDITS)
    assert all(edit.declared.code == code for code, edit in EDITS.items())
    assert all(len(edit.declared.sections) == 3 for edit in EDITS.values())
