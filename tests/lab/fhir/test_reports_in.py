"""DiagnosticReports of anybody: read, or refused in one sentence."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from clinic.domain.refusal import Refused
from lab.fhir.report import read_reports
from tests.counts import count

SAMPLE = (Path(__file__).parents[2] / "samples" / "lab" / "northlake.json").read_bytes()


def test_a_bundle() -> None:
    ((report, raw),) = read_reports(SAMPLE, "file")
    assert (report.sender, report.control) == ("Northlake Reference", "NL-77120@final@2026-05-05T10:00:00-05:00")
    assert (report.order_numbers, report.container_numbers) == (("R000001",), ("C000001",))
    assert report.loincs == {"57021-8"}
    assert report.collected_at == datetime(2026, 5, 4, 19, 42, tzinfo=UTC)
    assert (report.person.last, report.person.first, report.person.sex) == ("Calloway", "Beatrix", "F")
    assert report.values[0].range == "12.0–15.5"
    assert report.doubts == ()
    assert '"NL-77120"' in raw


def test_what_is_not_beside_it_is_a_doubt() -> None:
    bundle = json.loads(SAMPLE)
    bundle["entry"] = [each for each in bundle["entry"] if each["resource"]["resourceType"] != "Observation"]
    ((report, _),) = read_reports(json.dumps(bundle).encode(), "file")
    assert report.values == ()
    assert len(report.doubts) == 2


def test_observations_that_contain_each_other_end() -> None:
    bundle = json.loads(SAMPLE)
    for entry in bundle["entry"][3:]:
        entry["resource"]["hasMember"] = [{"reference": "urn:uuid:4"}, {"reference": "urn:uuid:5"}]
    ((report, _),) = read_reports(json.dumps(bundle).encode(), "file")
    assert len(report.values) == 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"{",
        b'{"resourceType":"Bundle","entry":[]}',
        b'{"resourceType":"DiagnosticReport"}',
        b'{"resourceType":"DiagnosticReport","status":"final"}',
        SAMPLE.replace(b"Hemoglobin", b"\\u0000"),
        SAMPLE.replace(b'"final"', b'"done"'),
    ],
)
def test_what_is_no_report_is_refused(data) -> None:
    with pytest.raises(Refused) as told:
        read_reports(data, "file")
    assert "\n" not in str(told.value)


def in_one_line(refused: Refused) -> None:
    assert "\n" not in str(refused)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@seed(20260506)
@settings(max_examples=count(300, 30_000), deadline=None)
@given(st.data(), JUNK)
def test_no_resource_breaks_the_reader(data, junk) -> None:
    bundle = json.loads(SAMPLE)
    spot = bundle
    while True:
        keys = list(spot) if isinstance(spot, dict) else list(range(len(spot)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(spot[key], dict | list) or not spot[key] or data.draw(st.integers(0, 5)) == 0:
            spot[key] = junk
            break
        spot = spot[key]
    try:
        read_reports(json.dumps(bundle).encode("utf-8", "surrogatepass"), "file")
    except Refused as refused:
        in_one_line(refused)


@pytest.mark.shared
def test_public_bundles_are_read(shared_dir) -> None:
    read = {}
    for name in ("lipids", "ghp", "micro", "report", "lri-example"):
        reports = read_reports((shared_dir / "fhir" / "official-r4" / f"Bundle-{name}.json").read_bytes(), name)
        read[name] = [len(report.values) for report, _ in reports]
    assert read == {"lipids": [4], "ghp": [48], "micro": [20], "report": [13], "lri-example": [20]}
