import pytest

from billing.edits.example import claim_with
from billing.payers import PROFILES, PayerProfile, profile_for
from billing.payers.registry import _by
from clinic.domain.code import PAYER, Identifier


@pytest.mark.parametrize(
    ("filing", "key"), [("MB", "medicare_b"), ("CI", "commercial"), ("BL", "commercial"), ("ZZ", "commercial")]
)
def test_the_filing_indicator_chooses(filing, key):
    assert profile_for(claim_with(coverage__filing=filing)).key == key


def test_the_payers_own_number_comes_first(monkeypatch):
    own = PayerProfile(key="own", name="Own", form="cms1500", identifiers=("NW001",))
    monkeypatch.setattr("billing.payers.registry._BY_IDENTIFIER", _by({"own": own}, "identifiers"))
    assert profile_for(claim_with(coverage__filing="MB")) is own
    other = Identifier(PAYER, "NW002")
    assert profile_for(claim_with(coverage__filing="MB", coverage__payer__identifier=other)).key == "medicare_b"


def test_two_profiles_never_answer_for_the_same_thing():
    one = PayerProfile(key="one", name="One", form="837p", filings=("MB",))
    with pytest.raises(ValueError, match="both answer"):
        _by({"one": one, "two": one}, "filings")


def test_profiles_are_whole():
    for key, profile in PROFILES.items():
        assert profile.key == key
        assert profile.name
        assert profile.filing_limit_days is None or profile.filing_limit_days > 0
