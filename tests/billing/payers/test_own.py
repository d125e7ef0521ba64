"""Profiles of a practice's own: what they say, for whom, and that one which says what a file says judges as it does."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from billing.edits import EDITS, Facts, check, compiled
from billing.edits.example import EXAMPLE_FACTS, MEDICARE, claim_with
from billing.payers import BUILT_IN, PROFILES, Off, OwnProfile, PayerProfile, Profiles, profile_for
from billing.payers.own import as_profile, base_of, begun_from
from billing.payers.registry import DEFAULT
from tests.counts import count

CODES = sorted(EDITS)
NUMBERS = ("NW001", "NW002", "NW003")

WORDINGS = st.builds(
    OwnProfile,
    name=st.text("ABC", min_size=1, max_size=3),
    base=st.sampled_from([*PROFILES, "a file that is no more"]),
    form=st.sampled_from(["837p", "cms1500"]),
    identifiers=st.lists(st.sampled_from(NUMBERS), unique=True).map(tuple),
    filings=st.lists(st.sampled_from(["MB", "CI", "WC", "16"]), unique=True).map(tuple),
    filing_limit_days=st.none() | st.integers(1, 400),
    off=st.lists(st.builds(Off, st.sampled_from(CODES), st.just("why")), max_size=4).map(tuple),
    on=st.lists(st.sampled_from(CODES), max_size=3).map(tuple),
)


@pytest.mark.parametrize("key", sorted(PROFILES))
def test_begun_and_not_changed_it_says_what_the_file_says(key: str) -> None:
    file = PROFILES[key]
    own = as_profile(begun_from(file, name="Ours"))
    assert replace(own, name=file.name, filings=file.filings, identifiers=file.identifiers) == file


@pytest.mark.parametrize("key", sorted(PROFILES))
def test_it_gives_the_findings_of_the_file(key: str) -> None:
    """Every example of every edit, judged by both."""
    own = as_profile(begun_from(PROFILES[key], name="Ours"))
    for edit in EDITS.values():
        by_file = replace_profile(edit.facts, PROFILES[key])
        by_own = replace_profile(edit.facts, own)
        for claim in (*edit.fails, *edit.passes):
            assert check(claim, by_file) == check(claim, by_own)


def replace_profile(facts: Facts, profile: PayerProfile) -> Facts:
    return Facts(
        on=facts.on,
        codes=facts.codes,
        tables=facts.tables,
        earlier=facts.earlier,
        overflows=facts.overflows,
        enrolled=facts.enrolled,
        profile_for=lambda _claim: profile,
    )


@given(WORDINGS)
def test_a_wording_comes_back_from_what_is_kept(own: OwnProfile) -> None:
    assert msgspec.convert(msgspec.to_builtins(own), OwnProfile) == own
    assert msgspec.json.decode(msgspec.json.encode(own), type=OwnProfile) == own


@given(WORDINGS)
def test_what_blocks_is_never_off(own: OwnProfile) -> None:
    locked = {code for code, each in EDITS.items() if each.declared.severity == "block"}
    profile = as_profile(own, locked)
    assert not locked & set(profile.off)
    assert set(profile.off) <= {each.code for each in own.off}
    assert not set(profile.off) & set(own.on)
    assert profile.key == base_of(own.base).key


def test_an_edit_that_is_off_is_not_told_and_no_other_is_lost() -> None:
    for code, edit in EDITS.items():
        if edit.declared.payers or edit.declared.severity == "block":
            continue
        claim = edit.fails[0]
        base = edit.facts.profile_for(claim)
        off = replace(base, off=(*base.off, code))
        before = {each.code for each in check(claim, replace_profile(edit.facts, base))}
        after = {each.code for each in check(claim, replace_profile(edit.facts, off))}
        assert code in before, code
        assert code not in after, code
        assert before - {code} <= after, code  # what it made redundant may be told now


def test_an_edit_of_another_payer_is_put_on() -> None:
    code, edit = next((code, each) for code, each in EDITS.items() if each.declared.payers == ("medicare_b",))
    claim = edit.fails[0]
    plain = as_profile(begun_from(PROFILES[DEFAULT], name="Ours"))
    on = as_profile(replace(begun_from(PROFILES[DEFAULT], name="Ours"), on=(code,)))
    assert code not in {each.code for each in check(claim, replace_profile(edit.facts, plain))}
    assert code in {each.code for each in check(claim, replace_profile(edit.facts, on))}


def test_a_number_goes_before_a_filing_and_the_practice_before_the_files() -> None:
    number = as_profile(replace(begun_from(PROFILES[DEFAULT], name="N"), identifiers=("NW001",)))
    filing = as_profile(replace(begun_from(PROFILES["medicare_b"], name="F"), filings=("MB",)))
    profiles = Profiles((number, filing), {"ROUTE7": "NW001", "OTHER": "NW009"})
    assert profiles.of("NW001", "MB") is number
    assert profiles.of("ROUTE7", "MB") is number
    assert profiles.of("OTHER", "MB") is filing
    assert profiles.of(None, "WC") is PROFILES["workers_compensation"]
    claim = claim_with(**MEDICARE)
    assert profiles.for_claim(claim) is number
    assert Profiles((filing,)).for_claim(claim) is filing
    assert BUILT_IN.for_claim(claim) is profile_for(claim)


def test_a_plan_is_made_once_for_what_a_profile_says() -> None:
    one, other = (as_profile(replace(begun_from(PROFILES[DEFAULT], name="Ours"), most_acts=3)) for _ in range(2))
    assert one is not other
    assert compiled("professional", one) is compiled("professional", other)
    assert compiled("professional", one) is not compiled("professional", replace(one, most_acts=4))


def test_no_statement_or_plan_a_claim() -> None:
    own = as_profile(begun_from(PROFILES[DEFAULT], name="Ours"))
    profiles = Profiles((replace(own, filings=("CI",)),))
    facts = Facts(on=EXAMPLE_FACTS.on, codes=EXAMPLE_FACTS.codes, profile_for=profiles.for_claim)
    claim = claim_with()
    plan = compiled("professional", profiles.for_claim(claim))
    for _ in range(count(50, 5_000)):
        assert check(claim, facts) == ()
    assert compiled("professional", profiles.for_claim(claim)) is plan
