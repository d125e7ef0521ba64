"""Each rule of a Claim's numbers fires where it is broken, and only there."""

import copy
from datetime import date
from decimal import Decimal

import pytest

from billing.fhir.check import check_claim
from billing.fhir.claim import to_fhir
from clinic.fhir.r4 import Fault, faults
from tests.strategies.samples import claim_of_seed

RESOURCE = to_fhir(claim_of_seed(7, full=True), created=date(2026, 3, 4))


def _twice(resource):
    resource["diagnosis"].append(copy.deepcopy(resource["diagnosis"][0]))
    return Fault(f"Claim.diagnosis[{len(resource['diagnosis']) - 1}].sequence", "invalid")


def _zero(resource):
    resource["supportingInfo"][0]["sequence"] = 0
    return Fault("Claim.supportingInfo[0].sequence", "invalid")


def _dangling(resource):
    resource["item"][0]["diagnosisSequence"] = [99]
    return Fault("Claim.item[0].diagnosisSequence[0]", "not-found")


def _two_focal(resource):
    for insurance in resource["insurance"]:
        insurance["focal"] = True
    return Fault("Claim.insurance", "invariant")


def _no_focal(resource):
    resource["insurance"][0]["focal"] = False
    return Fault("Claim.insurance", "invariant")


def _wrong_sum(resource):
    resource["total"]["value"] += Decimal("0.01")
    return Fault("Claim.total.value", "invariant")


def _two_currencies(resource):
    resource["item"][0]["net"]["currency"] = "EUR"
    return Fault("Claim.total.currency", "invariant")


@pytest.mark.parametrize(
    "broken",
    [_twice, _zero, _dangling, _two_focal, _no_focal, _wrong_sum, _two_currencies],
    ids=lambda rule: rule.__name__,
)
def test_a_broken_number_is_found_though_the_model_lets_it_pass(broken):
    resource = copy.deepcopy(RESOURCE)
    fault = broken(resource)
    assert faults(resource) == () or broken is _zero
    assert check_claim(resource) == (fault,)


def test_a_sound_claim_has_no_fault():
    assert check_claim(RESOURCE) == ()
