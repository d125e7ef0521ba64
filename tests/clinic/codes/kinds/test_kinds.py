"""Each kind reads a small file of its layout: every field where it belongs, every fault named by line."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from clinic.codes.kind import Wish
from clinic.codes.kinds import kinds
from clinic.codes.kinds.icd10cm_index import index_terms
from clinic.codes.library import Library
from clinic.codes.loading import load
from clinic.domain.refusal import Refused
from tests.clinic.codes.kinds import samples

START = date(2026, 1, 1)
ON = date(2026, 3, 2)
MADE: dict[str, tuple[str, str | bytes]] = {
    "carc": ("carc.csv", samples.REASONS),
    "rarc": ("rarc.csv", samples.REMARKS),
    "nubc": ("revenue.csv", samples.REVENUE),
    "pos": ("pos.csv", samples.PLACES),
    "nucc": ("nucc_taxonomy_251.csv", samples.TAXONOMY),
    "cpt": ("cpt-2026.csv", samples.CPT),
    "cdt": ("cdt2026.csv", samples.CDT),
    "loinc": ("LoincTableCore.csv", samples.LOINC),
    "ccam": ("CCAM_V79.10.zip", samples.ccam_zip()),
    "nabm": ("nabm.csv", samples.NABM),
    "ngap": ("IR_NAT_V.csv", samples.NGAP),
    "cim10": ("cim10.xml", samples.CLAML),
    "hcpcs": ("HCPC2026_JAN_CONTR_ANWEB.txt", samples.anweb()),
    "icd10cm": ("icd10cm-order-2026.txt", samples.ORDER),
    "icd10cm-index": ("icd10cm-drug-2026.xml", samples.DRUGS),
}
"""For each kind of entries a file, by the name its publisher would give it."""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "codes", recheck_seconds=0, sources=tuple)


def put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def loaded(library: Library, folder: Path, kind: str, text: str | bytes | None = None, name: str = "", **wish):
    given, sample = MADE[kind]
    path = put(folder, name or given, sample if text is None else text)
    return load(library, kind, [path], Wish(**({"start": START} | wish)))


def facts(library: Library, system: str, value: str) -> dict[str, str]:
    return dict(library.lookup(system, value, ON).facts)


def test_every_kind_of_entries_has_its_sample():
    assert {key for key, kind in kinds().items() if kind.shape in {"entries", "terms"}} == set(MADE)


@pytest.mark.parametrize("kind", sorted(MADE))
def test_loaded_again_withdrawn_and_brought_back(library: Library, tmp_path: Path, kind: str):
    first = loaded(library, tmp_path, kind)
    assert all(new for _, new in first)
    assert first[0].release.licence
    again = loaded(library, tmp_path, kind)
    assert [(release, new) for release, new in again] == [(release, False) for release, _ in first]
    names = {(release.system, release.name) for release in library.releases()}
    assert names == {(release.system, release.name) for release, _ in first}
    system, name = next(iter(names))
    library.withdraw(system, name)
    assert (system, name) not in {(release.system, release.name) for release in library.releases()}
    assert [(release.system, release.name) for release in library.withdrawn()] == [(system, name)]
    library.restore(system, name)
    assert {(release.system, release.name) for release in library.releases()} == names
    with pytest.raises(Refused):
        library.restore(system, name)


@pytest.mark.parametrize("kind", sorted(set(MADE) - {"ccam"}))
def test_gz_and_a_bad_release_leaves_nothing(library: Library, tmp_path: Path, kind: str):
    name, text = MADE[kind]
    data = text if isinstance(text, bytes) else text.encode()
    cut = put(tmp_path, name, data[: len(data) // 3])
    with pytest.raises(Refused):
        load(library, kind, [cut], Wish("cut", START, END)) if not whole(kind) else load(library, "rarc", [cut], Wish())
    assert library.releases() == []
    packed = put(tmp_path, f"{name}.gz", gzip.compress(data))
    assert load(library, kind, [packed], Wish(start=START))[0].new


END = date(2026, 12, 31)


def whole(kind: str) -> bool:
    """Files without an end of their own: a third of one is a smaller one."""
    return kind not in {"cim10", "icd10cm-index"}


def test_two_releases_side_by_side_and_the_day_chooses(library: Library, tmp_path: Path):
    loaded(library, tmp_path, "cpt")
    loaded(library, tmp_path, "cpt", samples.CPT.replace("An office", "Another office"), "cpt-2027.csv", start=None)
    assert library.lookup("cpt", "99213", date(2026, 12, 31)).display.startswith("An office")
    assert library.lookup("cpt", "99213", date(2027, 1, 1)).display.startswith("Another")
    assert [release.name for release, _ in library.standing("cpt", "99213")] == ["2026-01", "2027-01"]


def test_other_content_under_the_same_name_is_refused(library: Library, tmp_path: Path):
    loaded(library, tmp_path, "carc")
    with pytest.raises(Refused) as refused:
        loaded(library, tmp_path, "carc", samples.REASONS.replace("Ours", "Yours"))
    assert refused.value.params["name"] == "2026-01"
    assert library.lookup("carc", "1", ON).display == "Ours to pay"


def test_reasons_and_remarks(library: Library, tmp_path: Path):
    loaded(library, tmp_path, "carc")
    loaded(library, tmp_path, "rarc")
    assert library.status("carc", "B7", ON).state == "unknown"
    assert library.status("carc", "B7", date(2020, 1, 31)).state == "billable"
    assert [note.lines for note in library.notes("rarc", "MA04", ON)] == [("Ask",)]


def test_places_revenue_and_taxonomy(library: Library, tmp_path: Path):
    for kind in ("pos", "nubc", "nucc"):
        loaded(library, tmp_path, kind)
    assert facts(library, "pos", "01") == {"facility": "non-facility"}
    assert facts(library, "pos", "21") == {"facility": "facility"}
    assert library.lookup("pos", "10", ON) is None
    assert library.lookup("nubc", "0300", ON).display == "Laboratory in our words"
    assert facts(library, "taxonomy", "123456789X")["grouping"] == "Group, one"
    assert library.lookup("taxonomy", "98765432AX", ON).display == "Skin"


def test_licensed_acts_keep_what_edits_ask(library: Library, tmp_path: Path):
    [(cpt, _)] = loaded(library, tmp_path, "cpt")
    loaded(library, tmp_path, "cdt")
    assert cpt.notice
    assert facts(library, "cpt", "99213") == {
        "short": "Visit", "global_days": "XXX", "add_on": "no", "modifiers": "25 95"
    }  # fmt: skip
    told = facts(library, "cpt", "00100")
    assert (told["age_from"], told["age_to"], told["global_days"], told["add_on"]) == ("0", "12", "000", "yes")
    assert library.lookup("cpt", "00100", ON).end == date(2026, 12, 31)
    told = facts(library, "cdt", "D2391")
    assert (told["tooth"], told["surface"], told["area"]) == ("required", "M O D B L I F", "no")


def test_loinc_has_its_notice_and_its_version(library: Library, tmp_path: Path):
    [(release, _)] = loaded(library, tmp_path, "loinc")
    assert release.name == "2.80"
    assert "Regenstrief" in release.notice
    assert library.status("loinc", "1-8", ON).state == "header"
    assert facts(library, "loinc", "1-8")["copyright_notice"] == "Said so"
    assert library.search("718-7", "loinc", ON)[0].code == "718-7"


def test_french_acts(library: Library, tmp_path: Path):
    for kind in ("ccam", "nabm", "ngap"):
        loaded(library, tmp_path, kind)
    act = library.lookup("ccam", "HBLD001", ON)
    assert (act.display, act.start, act.end) == ("Pose d'une pièce à l'arcade", date(2005, 1, 1), date(2030, 12, 31))
    assert act.groups == ("2", "1")
    assert dict(act.facts) == {"activities": "1 4", "modifiers_1": "F J", "price_1_0": "21.28"}
    assert facts(library, "nabm", "0215") == {"key_letter": "B", "coefficient": "80.00"}
    assert library.status("nabm", "1104", ON).state == "unknown"
    assert facts(library, "ngap", "C") == {"nature": "1111 1112"}
    assert library.lookup("ngap", "A", ON).end == date(2004, 11, 21)


def test_ccam_as_a_list(library: Library, tmp_path: Path):
    [(release, _)] = loaded(library, tmp_path, "ccam", samples.CCAM, "IR_CCAM_V63.csv")
    assert (release.name, release.rows) == ("v63", 1)


def test_cim10_as_claml_and_as_a_list(library: Library, tmp_path: Path):
    loaded(library, tmp_path, "cim10")
    code = library.lookup("cim10", "E100", ON)
    assert (code.display, code.billable, code.parents, code.groups) == (
        "Diabète de type 1, Avec coma", True, ("E10",), ("E10-E14", "IV"),
    )  # fmt: skip
    assert not library.lookup("cim10", "E10", ON).billable
    assert ("exclusion", ("du nouveau-né",)) in [(n.kind, n.lines) for n in library.notes("cim10", "E109", ON)]
    assert library.lookup("cim10", "E150", ON).display == "Coma, Profond"
    library.withdraw("cim10", "2026-01")
    loaded(library, tmp_path, "cim10", samples.CIM10, "MS_CIM_V.csv")
    assert not library.lookup("cim10", "F55", ON).billable
    assert library.lookup("cim10", "F55+0", ON).parents == ("F55",)
    assert library.lookup("cim10", "XXXXXX", ON) is None


def test_hcpcs_by_text_sheet_and_table(library: Library, tmp_path: Path):
    releases = [release for release, _ in loaded(library, tmp_path, "hcpcs", start=None)]
    assert [(each.system, each.start, each.end) for each in releases] == [
        (system, date(2026, 1, 1), date(2026, 3, 31)) for system in ("hcpcs", "hcpcs-modifier")
    ]
    assert library.lookup("hcpcs-modifier", "AD", ON).display == "Supervision: more than four at a time"
    assert facts(library, "hcpcs", "A0021") == {"short": "Ride out", "coverage": "I"}
    assert library.status("hcpcs", "G8999", ON).state == "unknown"
    assert library.status("hcpcs", "G8999", date(2020, 12, 31)).state == "billable"
    heads = ["HCPC", "RECID", "LONG DESCRIPTION", "SHORT DESCRIPTION", "COV", "ADD DT", "TERM DT"]
    book = samples.xlsx([["notice"], heads, ["A0021", "3", "Ride", "R", "I", "19850101", ""],
                         ["   AD", "7", "Sup", "S", "", "", ""]])  # fmt: skip
    assert len(loaded(library, tmp_path, "hcpcs", book, "HCPC2026_APR_ANWEB.xlsx", start=None)) == 2
    assert facts(library, "hcpcs", "A0021")["coverage"] == "I"
    loaded(library, tmp_path, "hcpcs", samples.HCPCS_CSV, "hcpcs_2026-07.csv", start=None)
    assert dict(library.lookup("hcpcs", "A0021", date(2026, 7, 1)).facts)["betos"] == "O1A"


def test_icd10cm_order_and_codes(library: Library, tmp_path: Path):
    loaded(library, tmp_path, "icd10cm", start=None)
    assert not library.lookup("icd10cm", "A00", ON).billable
    assert library.lookup("icd10cm", "a00.0", ON).parents == ("A00",)
    library.withdraw("icd10cm", "fy2026")
    archive = samples.zipped(
        {"x/icd10cm-codes-2026.txt": samples.CODES, "x/icd10cm-codes-addenda-2026.txt": "x", "x/a.pdf": "x"}
    )
    [(release, _)] = loaded(library, tmp_path, "icd10cm", archive, "codes.zip", start=None)
    assert (release.rows, release.billable) == (2, 2)


def test_the_index_and_its_tables_in_one_archive(library: Library, tmp_path: Path):
    members = {"icd10cm-drug-2026.xml": samples.DRUGS, "icd10cm-index-2026.xml": samples.INDEX,
               "icd10cm-tabular-2026.xml": "<no/>"}  # fmt: skip
    made = loaded(library, tmp_path, "icd10cm-index", samples.zipped(members), "table-and-index.zip", start=None)
    assert {release.system for release, _ in made} == {"icd10cm-drug", "icd10cm-index"}
    terms = {(term.words, term.code, term.whole, term.followed) for term in index_terms(library, ON)}
    assert terms == {
        ("Concussion", "S060X", False, False),
        ("Concussion, with death", "S060X7", True, False),
        ("Concussion, with death", "G998", True, False),
        ("Commotio, cerebri", "S060X", False, True),
        ("Adrenaline", "T445X1", True, False),
        ("Adrenaline, drops, eye", "T495X", False, False),
        ("Adrenalin", "T445X1", True, True),
        ("Adrenal extract", "T445X1", True, True),
    }
    ways = library.table("icd10cm-drug", ON).table.ways
    assert ways.find("adrenal extract poisoning", 5)[0][0] == "T445X1"
    assert ways.find("eye adrenaline drops", 5)[0][0] == "T495X"
    assert ways.find("nothing of the kind", 5) == []


def test_a_starter_list_confirms_what_a_release_has_not(library: Library, tmp_path: Path):
    from clinic.codes.release import Contents
    from tests.clinic.codes.test_library import ROWS, release

    library.add(release("own", "2025-01-01", "2025-12-31", complete=False), Contents(ROWS))
    library.add(release("r", "2024-01-01", "2024-12-31"), Contents(ROWS[2:]))
    status = library.status("demo", "A1", date(2025, 5, 1))
    assert (status.state, status.covered, status.release) == ("billable", True, "own")
    assert library.status("demo", "A", date(2025, 5, 1)).release == "r"
    assert not library.status("demo", "ZZ", date(2025, 5, 1)).covered


FAULTS = [
    ("carc", "45,More", "45 x,More", "carc.csv, line 3, code"),
    ("carc", "45,More than the contract says", "45,", "carc.csv, line 3, description"),
    ("carc", "45,More", "1,More", "carc.csv, line 3"),
    ("carc", "1995-01-01", "1995-13-01", "carc.csv, line 3, start"),
    ("carc", "1995-01-01,", "1995-01-01,19940101", "carc.csv, line 3, stop"),
    ("carc", "start,stop", "start,halt", "carc.csv, line 1"),
    ("carc", "code,", "kode,", "carc.csv"),
    ("carc", "start,stop", "start,start", "carc.csv, line 1"),
    ("cpt", "age_from", "age_fom", "cpt-2026.csv, line 1"),
    ("cpt", ",0,12,0,", ",13,12,0,", "cpt-2026.csv, line 3, age_from, age_to"),
    ("cpt", "XXX", "ABC", "cpt-2026.csv, line 2, global_days"),
    ("cpt", "0001F,Measure", "0001F,", "cpt-2026.csv, line 4, short, medium, long"),
    ("cdt", "D1120", "X1120", "cdt2026.csv, line 3, code"),
    ("nucc", "98765432AX", "98765432A", "nucc_taxonomy_251.csv, line 4, Code"),
    ("loinc", '"1-8"', '"18"', "LoincTableCore.csv, line 3, LOINC_NUM"),
    ("nabm", "31DEC2019", "31DIC2019", "nabm.csv, line 3, BIO_SUP_DAT"),
    ("hcpcs", "20201231", "20201331", "HCPC2026_JAN_CONTR_ANWEB.txt, line 5, 285-292"),
    ("hcpcs", "A0021", "00021", "HCPC2026_JAN_CONTR_ANWEB.txt, line 4, 1-5"),
    ("icd10cm", "B20 ", "A00 ", "icd10cm-order-2026.txt, line 3, 7-13"),
    ("icd10cm", "00003", "0000x", "icd10cm-order-2026.txt, line 3, 1-15"),
    ("icd10cm-index", "<mainTerm><title>Ring</title>", "<mainTerm>", "icd10cm-drug-2026.xml, line 9"),
    ("cim10", "<Label>Coma</Label>", "<Label></Label>", "cim10.xml, line 11"),
    ("cim10", 'code="E15.0"', 'code="E10"', "cim10.xml, line 12"),
]


@pytest.mark.parametrize(("kind", "old", "new", "where"), FAULTS)
def test_a_fault_is_named_and_nothing_is_loaded(
    library: Library, tmp_path: Path, kind: str, old: str, new: str, where: str
):
    name, text = MADE[kind]
    assert isinstance(text, str)
    assert old in text
    with pytest.raises(Refused) as refused:
        loaded(library, tmp_path, kind, text.replace(old, new, 1), name)
    assert refused.value.where == where
    assert "\n" not in str(refused.value)
    assert library.releases() == []


def test_a_file_that_tells_no_day_asks_for_one(library: Library, tmp_path: Path):
    with pytest.raises(Refused) as refused:
        loaded(library, tmp_path, "carc", start=None)
    assert "--from" in refused.value.remedy


@pytest.mark.parametrize("stops_at", [1, 2, 3])
def test_stopping_the_reading_leaves_nothing(library: Library, tmp_path: Path, stops_at: int):
    told: list[float] = []

    def tell(_rows: int, share: float) -> None:
        told.append(share)
        if len(told) == stops_at:
            raise KeyboardInterrupt

    many = samples.REASONS + "".join(f"A{n},Words {n},,\n" for n in range(100, 999)) * 1
    more = many + "".join(f"{letter}{n},Words,,\n" for letter in "CDEFGH" for n in range(1, 1000))
    with pytest.raises(KeyboardInterrupt):
        load(library, "carc", [put(tmp_path, "carc.csv", more)], Wish(start=START), tell)
    assert told == sorted(told)
    assert [path.name for path in library.folder.glob("*") if path.name != ".lock"] == []
