"""The importers on public files, where they lie beside the checkout."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clinic.codes.kind import Wish
from clinic.codes.kinds.icd10cm_index import DRUGS, NEOPLASMS, index_terms, table_of
from clinic.codes.library import Library
from clinic.codes.loading import load
from tests.fixtures.codes import lend_codes

pytestmark = pytest.mark.shared

START = date(2020, 1, 1)
FILES = [
    ("pos", "claims/cms_place_of_service_2024-06.csv.gz", {"pos": (52, 52)}),
    ("carc", "claims/samples/carc_sample12.csv", {"carc": (12, 12)}),
    ("nubc", "claims/samples/revenue_center_sample12.csv", {"nubc": (12, 12)}),
    ("nucc", "claims/samples/nucc_taxonomy_layout_sample12.csv", {"taxonomy": (12, 12)}),
    ("hcpcs", "hcpcs/HCPC2019_CONTR_ANWEB.txt.gz", {"hcpcs": (6440, 6440), "hcpcs-modifier": (360, 360)}),
    ("hcpcs", "hcpcs/HCPC2019_CONTR_ANWEB.xlsx", {"hcpcs": (6440, 6440), "hcpcs-modifier": (360, 360)}),
    ("hcpcs", "hcpcs/hcpcs_level2_2024-07.csv.gz", {"hcpcs": (8033, 8033)}),
    ("icd10cm-index", "icd10cm/icd10cm-drug-April-1-2026.xml.gz", {DRUGS: (7430, None)}),
    ("icd10cm-index", "icd10cm/icd10cm-neoplasm-April-1-2026.xml.gz", {NEOPLASMS: (1940, None)}),
    ("nabm", "fr/IR_BIO_R.csv.gz", {"nabm": (1076, 1076)}),
    ("ngap", "fr/IR_NAT_V.csv.gz", {"ngap": (1141, 1141)}),
    ("ccam", "fr/IR_CCAM_V63.csv.gz", {"ccam": (8160, 8160)}),
    ("cim10", "fr/MS_CIM_V.csv.gz", {"cim10": (19270, 16526)}),
]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "codes", recheck_seconds=0, sources=tuple)


@pytest.mark.parametrize(("kind", "name", "made"), FILES)
def test_a_public_file(library: Library, shared_dir: Path, kind: str, name: str, made: dict):
    wish = Wish() if kind in {"pos", "hcpcs", "icd10cm-index"} else Wish(start=START)
    done = load(library, kind, [shared_dir / "codesets" / name], wish)
    assert {release.system: (release.rows, release.billable) for release, _ in done} == made
    assert [new for _, new in load(library, kind, [shared_dir / "codesets" / name], wish)] == [False] * len(made)


def test_text_and_sheet_of_hcpcs_say_the_same(library: Library, shared_dir: Path):
    folder = shared_dir / "codesets" / "hcpcs"
    load(library, "hcpcs", [folder / "HCPC2019_CONTR_ANWEB.txt.gz"], Wish())
    load(library, "hcpcs", [folder / "HCPC2019_CONTR_ANWEB.xlsx"], Wish("sheet", date(2018, 1, 1), date(2018, 12, 31)))
    differing = 0
    for code in ("A0021", "A0130", "G8891", "J1100", "L1843", "Q9989"):
        by_day = [library.lookup("hcpcs", code, date(year, 5, 1)) for year in (2018, 2019)]
        assert by_day[0] is not None
        assert by_day[0].display == by_day[1].display, code
        differing += dict(by_day[0].facts).get("coverage") != dict(by_day[1].facts).get("coverage")
    assert differing == 0
    assert library.lookup("hcpcs-modifier", "TC", date(2019, 5, 1)).display.startswith("Technical component")


def test_a_terminated_code_by_its_day(library: Library, shared_dir: Path):
    load(library, "hcpcs", [shared_dir / "codesets/hcpcs/hcpcs_level2_2024-07.csv.gz"], Wish())
    ended = next(
        entry for at in range(8033) if (entry := library._by_system["hcpcs"][0].entry(at)).end == date(2020, 12, 31)
    )
    assert library.status("hcpcs", ended.value, date(2020, 12, 31)).state == "billable"
    assert library.status("hcpcs", ended.value, date(2021, 1, 1)).state == "unknown"


def test_drugs_and_neoplasms_by_column(library: Library, shared_dir: Path):
    for name in ("drug", "neoplasm"):
        load(library, "icd10cm-index", [shared_dir / f"codesets/icd10cm/icd10cm-{name}-April-1-2026.xml.gz"], Wish())
    on = date(2026, 5, 1)
    [aspirin] = [line for line in table_of(library, DRUGS, on).lines("aspirin", 9) if line.words == "Aspirin"]
    assert aspirin.codes[2] == "T39.011"
    assert aspirin.codes[7] == "T39.016"
    assert len(table_of(library, NEOPLASMS, on).heads) == 7
    terms = list(index_terms(library, on))
    assert len(terms) > 49_000
    assert sum(term.followed for term in terms) > 400


def test_search_in_the_list_asks_its_indexes(tmp_path: Path, code_library: Library, shared_dir: Path):
    del code_library  # built by it, and lent below
    lend_codes(tmp_path)
    library, on = Library(tmp_path / "codes"), date(2026, 5, 1)
    text = "secondary malignant colon"
    before = library.search(text, "icd10cm", on, 10)
    assert before[0].code != "C78.5"
    load(library, "icd10cm-index", [shared_dir / "codesets/icd10cm/icd10cm-neoplasm-April-1-2026.xml.gz"], Wish())
    hits = library.search(text, "icd10cm", on, 10)
    assert (hits[0].code, hits[0].billable) == ("C78.5", True)
    assert len({hit.value for hit in hits}) == len(hits) == 10
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert library.search("C18", "icd10cm", on, 10)[0].code.startswith("C18")
    library.withdraw("icd10cm-neoplasm", "fy2026-april")
    assert library.search(text, "icd10cm", on, 10) == before
