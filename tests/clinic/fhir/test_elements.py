"""Each data type is written and read back the same; foreign ones are read as far as they go."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.domain.code import FHIR_SYSTEMS, Code, Identifier
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.person import Address, PersonName
from clinic.domain.quantity import Quantity
from clinic.domain.refusal import Refused
from clinic.fhir import elements
from clinic.fhir.node import Node
from clinic.fhir.references import References
from clinic.fhir.systems import ALIASES, code_address, identifier_address, key_of
from tests.counts import count

word = st.from_regex(r"[A-Za-zÀ-ÿ'-]{1,9}( [A-Z]{1,3})?", fullmatch=True)
maybe = st.none() | word
names = st.builds(PersonName, word, maybe, maybe, maybe)
addresses = st.builds(Address, word, word, maybe, maybe, maybe, maybe)
days = st.dates(date(1, 1, 1))


@settings(max_examples=count(50, 2000))
@given(names, addresses, st.integers(-(10**11), 10**11), st.tuples(days, st.none() | days))
def test_values_come_back_the_same(name, address, cents, span):
    assert elements.read_person_name(Node(elements.write_person_name(name), "n")) == name
    assert elements.read_address(Node(elements.write_address(address), "a")) == address
    money = Money(cents, "EUR")
    assert elements.read_money(Node(elements.write_money(money), "m")) == money
    quantity = Quantity(Decimal(cents) / 100, "ML")
    assert elements.read_quantity(Node(elements.write_quantity(quantity), "q")) == quantity
    period = Period(*span)
    assert elements.read_period(Node(elements.write_period(period), "p")) == period


@pytest.mark.parametrize("key", [*FHIR_SYSTEMS, "payer", "hpid", "g2", "anything-new"])
def test_every_system_has_an_address_that_leads_back(key):
    assert key_of(code_address(key)) == key
    assert key_of(identifier_address(key)) == key
    identifier = Identifier(key, "1")
    assert elements.read_identifier(Node(elements.write_identifier(identifier), "i")) == identifier
    assert list(elements.read_codes(Node(elements.write_code(Code(key, "1")), "c"))) == [Code(key, "1")]


def test_other_addresses_lead_to_systems_we_know_and_unknown_ones_nowhere():
    assert all(key_of(address) == key for address, key in ALIASES.items())
    assert key_of("http://example.org/unknown") is None
    assert key_of("") is None


@pytest.mark.parametrize(("sex", "gender"), [("F", "female"), ("M", "male"), ("U", "unknown"), (None, None)])
def test_sexes(sex, gender):
    assert elements.write_sex(sex) == gender
    assert elements.read_sex(Node({"gender": gender}, "Patient")) == sex


def test_other_is_unknown_to_claims_and_anything_else_refused():
    assert elements.read_sex(Node({"gender": "other"}, "Patient")) == "U"
    with pytest.raises(Refused):
        elements.read_sex(Node({"gender": "F"}, "Patient"))


@pytest.mark.parametrize(
    ("names", "family"),
    [
        ([{"family": "Old", "use": "old"}, {"family": "Now"}], "Now"),
        ([{"family": "A"}, {"family": "B", "use": "official"}], "B"),
        ([{"family": "Born", "use": "maiden"}], "Born"),
    ],
)
def test_the_official_name_is_chosen(names, family):
    assert elements.choose_name(Node({"name": names}, "Patient")).value["family"] == family


@pytest.mark.parametrize(
    ("value", "cents"), [(Decimal("12.5"), 1250), (12, 1200), (Decimal("12.500"), 1250), (Decimal("1E+2"), 10000)]
)
def test_amounts_in_other_spellings(value, cents):
    assert elements.read_money(Node({"value": value}, "total")).cents == cents


@pytest.mark.parametrize("value", [12.5, "12.5", True, Decimal("1.001"), Decimal("1E+900"), Decimal("1E-900"), 10**30])
def test_amounts_that_are_none_are_refused(value):
    with pytest.raises(Refused) as refusal:
        elements.read_money(Node({"value": value}, "Claim.total"))
    assert refusal.value.where == "Claim.total.value"


def test_references_mean_what_is_contained_or_beside_and_nothing_else():
    inner = {"resourceType": "Patient", "id": "p"}
    beside = {"Practitioner/1": {"resourceType": "Practitioner"}}
    references = References(Node({"contained": [inner]}, "Claim"), beside)
    assert references.follow(Node({"reference": "#p"}, "Claim.patient"), "Patient").value is inner
    assert references.follow(Node({"reference": "Practitioner/1"}, "x")).value is beside["Practitioner/1"]
    for reference, allowed in (("#q", ()), ("Patient/1", ()), ("#p", ("Practitioner",))):
        with pytest.raises(Refused) as refusal:
            references.follow(Node({"reference": reference}, "Claim.patient"), *allowed)
        assert refusal.value.where == "Claim.patient"
