"""The table of ranges, bands by age and sex, controls by day, week and month, bars of kits."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from clinic.settings import ROOT
from lab.domain.check_digits import loinc_ok
from lab.domain.controls import Held, Lot, Moment, Run, against_controls, against_lot, against_operator
from lab.domain.kit_lot import read_scan
from lab.domain.ranges import Analyte, BadRange, Band, age_in_months, flag_of, never_two, read_ranges
from lab.domain.result_words import ANALYTES, CHOICES
from lab.services.shipped import shipped
from tests.counts import count

TEXT = (ROOT / "reference" / "lab" / "ranges.csv").read_text("utf-8")
TABLE = read_ranges(TEXT)
NUMBERS = [each for analytes in TABLE.values() for each in analytes if each.kind == "number"]


def test_every_test_of_the_house_has_its_analytes() -> None:
    house = {key for key, test in shipped().tests.items() if {"poc", "ppm"} & set(test.settings)}
    assert set(TABLE) == house


def test_numbers_codes_and_words_hold() -> None:
    for analytes in TABLE.values():
        for each in analytes:
            assert each.loinc is None or loinc_ok(each.loinc), each.key
            assert each.name in ANALYTES | {"pH", "INR"}
            ours = {one for one in each.choices if not one.endswith("+")}
            assert ours <= CHOICES, each.key
            assert each.kind != "number" or each.least is not None
            assert never_two(each.bands)
            assert each.confidence in {"high", "medium", "low"}
            assert each.source


@pytest.mark.parametrize("drop", ["hgb_poc,hemoglobin", "kind", "positive"])
def test_a_broken_table_is_refused(drop) -> None:
    with pytest.raises(BadRange):
        read_ranges(TEXT.replace(drop, "x", 1))


@pytest.mark.parametrize(
    ("birth", "on", "months"),
    [
        (date(2025, 5, 6), date(2026, 5, 6), 12),
        (date(2025, 5, 7), date(2026, 5, 6), 11),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
        (date(2026, 5, 6), date(2026, 5, 6), 0),
        (date(2026, 5, 7), date(2026, 5, 6), None),
        (None, date(2026, 5, 6), None),
    ],
)
def test_whole_months(birth, on, months) -> None:
    assert age_in_months(birth, on) == months


@pytest.mark.parametrize(
    ("sex", "months", "low"),
    [("F", 216, "12"), ("M", 216, "13.5"), ("F", 215, "12"), ("M", 143, "11.5"), ("F", 59, "11"), ("F", 60, "11.5")],
)
def test_the_band_is_that_of_sex_and_age(sex, months, low) -> None:
    found = TABLE["hgb_poc"][0].band(sex, months)
    assert found is not None
    assert found.low == low


def test_nothing_is_judged_where_sex_or_age_is_not_known() -> None:
    hemoglobin = TABLE["hgb_poc"][0]
    assert hemoglobin.band(None, 400) is None
    assert hemoglobin.band("F", None) is None
    assert TABLE["lipid"][0].band(None, None) is not None


@seed(20260506)
@settings(max_examples=count(200, 20_000), deadline=None)
@given(
    st.sampled_from(NUMBERS), st.sampled_from(["F", "M", None]), st.integers(0, 1300), st.decimals(0, 2000, places=1)
)
def test_a_flag_says_on_which_side_a_value_lies(analyte, sex, months, number) -> None:
    band = analyte.band(sex, months)
    flag = flag_of(analyte, band, "", number, "")
    if band is None:
        assert flag is None
        return
    under = (band.low is not None and number < Decimal(band.low)) or (
        band.critical_low is not None and number <= Decimal(band.critical_low)
    )
    over = (band.high is not None and number > Decimal(band.high)) or (
        band.critical_high is not None and number >= Decimal(band.critical_high)
    )
    assert (flag in {"L", "LL"}) == under
    assert (flag in {"H", "HH"}) == (over and not under)


def test_beyond_the_limit_of_a_method() -> None:
    analyte = Analyte(key="a", name="a", kind="number")
    band = Band(low="10", high="20", critical_low="5")
    said = [flag_of(analyte, band, sign, Decimal(number), "") for sign, number in (("<", 10), ("<", 11), (">", 20))]
    assert said == ["L", None, "H"]
    assert flag_of(analyte, band, ">", Decimal(4), "") is None


ZONE = "America/Chicago"
NOW = datetime(2026, 3, 31, 4, 30, tzinfo=UTC)  # 30 March, 23:30 in Chicago
LEVELS = ("low", "high")


def against(every, *days_ago, failed=()) -> str | None:
    runs = [
        Run(level=level, passed=level not in failed, at=NOW - timedelta(days=days))
        for days in days_ago
        for level in LEVELS
    ]
    lot = Lot(test="t", expires_on=date(2026, 3, 30), every=every, active=True)
    return against_controls(lot, runs, LEVELS, Moment(at=NOW, zone=ZONE))


@pytest.mark.parametrize(
    ("every", "days", "why"),
    [
        ("lot", 300, None),
        ("day", 0, None),
        ("day", 1, "control_due"),
        ("week", 6, None),
        ("week", 7, "control_due"),
        ("month", 28, None),
        ("month", 30, "control_due"),
        ("month", 31, "control_due"),
    ],
)
def test_how_long_a_control_counts_in_local_days(every, days, why) -> None:
    assert against(every, days) == why


def test_a_failed_level_holds_the_lot() -> None:
    assert against("lot", 3, failed=("high",)) == "control_failed"
    assert against("lot") == "control_due"


def test_the_last_day_of_a_lot_still_counts() -> None:
    lot = Lot(test="t", expires_on=date(2026, 3, 30), every="lot", active=True)
    runs = [Run(level=level, passed=True, at=NOW) for level in LEVELS]
    assert against_lot(lot, "t", runs, LEVELS, Moment(at=NOW, zone=ZONE)) is None
    assert against_lot(lot, "t", runs, LEVELS, Moment(at=NOW, zone="UTC")) == "lot_expired"


def test_who_may_run_a_test() -> None:
    def why(settings_, held=None, *, provider=False, known=True):
        return against_operator(settings_, is_provider=provider, held=held, on=date(2026, 5, 6), known=known)

    held = Held(since=date(2026, 1, 1), until=date(2026, 5, 6))
    assert why(("poc",)) == "not_qualified"
    assert why(("poc",), held) is None
    assert why(("poc",), Held(since=date(2026, 5, 7))) == "not_qualified"
    assert why(("poc",), Held(since=date(2026, 1, 1), until=date(2026, 5, 5))) == "qualification_ended"
    assert why(("ppm",), held) == "provider_only"
    assert why(("ppm",), held, provider=True) is None
    assert why(("ppm",), known=False) is None


@pytest.mark.parametrize(
    ("text", "lot", "expires"),
    [
        ("HG2604A", "HG2604A", None),
        ("]d201003123456789061726123110HG2604A", "HG2604A", date(2026, 12, 31)),
        ("01003123456789061726020010AB\x1d21SERIAL", "AB", date(2026, 2, 28)),
        ("(01)00312345678906(17)261231(10)HG2604A", "HG2604A", date(2026, 12, 31)),
    ],
)
def test_bars_of_a_box(text, lot, expires) -> None:
    assert read_scan(text) == (lot, expires)


@seed(20260506)
@settings(max_examples=count(300, 20_000), deadline=None)
@given(st.text(max_size=60) | st.text("0123456789()\x1dAB", max_size=60).map("01".__add__))
def test_anything_may_be_scanned(text) -> None:
    found = read_scan(text)
    assert found is None or found.lot
