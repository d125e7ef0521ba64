"""Small invented files of every kind, in the official layouts. Words and codes are made up where a licence asks it."""

# ruff: noqa: E501  # records of official layouts are as wide as they are
from __future__ import annotations

import io
import struct
import zipfile

REASONS = "code,description,start,stop\n1,Ours to pay,19950101,\n45,More than the contract says,1995-01-01,\nB7,Not of ours,,1/31/2020\n"
REMARKS = "Code,Description,Start,Stop,Notes\nM15,Goes with another act,1997-01-01,,\nMA04,Second payer,,,Ask\nN130,See the plan,,,\n"
REVENUE = "code,description,effective,termination\n300,Laboratory in our words,,\n0450,Emergency in our words,20000101,20291231\n"
PLACES = "Place of Service Code(s),Place of Service Name,facility,description\n11,Office,NF,A room\n1,Shop,NF,\n21,Ward,F,\n10,Unassigned,,\n"
TAXONOMY = (
    "Code,Grouping,Classification,Specialization,Definition,Notes,Display Name,Section\n"
    '1234567890X,"Group, one",Teeth,Roots,"Said of\ntwo lines",,Root person,Individual\n'.replace(
        "1234567890X", "123456789X"
    )
    + "98765432AX,Group two,Skin,,,,,Individual\n"
)
CPT = (
    "code,short,medium,long,effective,termination,age_from,age_to,global_days,tooth,add_on,modifiers\n"
    "99213,Visit,,An office visit in our words,,,,,XXX,,n,25 95\n"
    "00100,,Numbing,,20200101,20261231,0,12,0,,yes,\n"
    "0001F,Measure,,,,,,,,,,\n"
)
CDT = "code;long;tooth;surface;area;age_to\nD2391;One surface in our words;required;M O D B L I F;no;\nD1120;Cleaning in our words;;;;13\n"
LOINC = (
    '"LOINC_NUM","COMPONENT","PROPERTY","TIME_ASPCT","SYSTEM","SCALE_TYP","METHOD_TYP","CLASS","CLASSTYPE",'
    '"LONG_COMMON_NAME","SHORTNAME","EXTERNAL_COPYRIGHT_NOTICE","STATUS","VersionFirstReleased","VersionLastChanged"\n'
    '"718-7","Hemoglobin","MCnc","Pt","Bld","Qn","","HEM/BC","1","Hemoglobin in blood","Hgb Bld","","ACTIVE","1.0","2.73"\n'
    '"1-8","Old thing","MCnc","Pt","Bld","Qn","","CHEM","1","Old thing","","Said so","DEPRECATED","1.0","2.80"\n'
)
CCAM = '"CAM_PRS_IDE_COD";"CAM_PRS_IDE_LIB";"CAM_PRS_RGT"\n"HBLD001";"Pose de quelque chose";"ATM"\n"NT_01";"Une note";""\n'
NABM = "BIO_PRS_IDE;BIO_INF_LIB;BIO_CRE_DAT;BIO_SUP_DAT;BIO_TAR_NAT;BIO_TAR_COF\n215;UN DOSAGE;01JAN1996:00:00:00;;B;80.00\n1104;UNE FORMULE;;31DEC2019:00:00:00;B;26.00\n"
NGAP = "PRS_NAT;PRS_NAT_CB2;PRS_NAT_LIB;PRS_NAT_OBS\n1111;C;CONSULTATION;\n1112;C;CONSULTATION BIS;\n1511;A;FORFAIT;fermé le 21/11/2004\n9;;RIEN;\n"
CIM10 = "CIM_COD;CIM_LIC;CIM_LIL\nA00;CHOL;Choléra\nA000;CHOL CL;Choléra classique\nF55;ABUS;Abus\nF55+0;ABUS A;Abus d'antidépresseurs\nXXXXXX;SANS OBJET;sans objet\n"
ORDER = (
    "00001 A00     0 Cholera                                                      Cholera\n"
    "00002 A000    1 Cholera due to one thing                                     Cholera due to one whole thing\n"
    "00003 B20     1 HIV                                                          Human thing\n"
)
CODES = "A000    Cholera due to one whole thing\nB20     Human thing\n"
HCPCS_CSV = "code,long_description,short_description,cov,betos,date_added,date_term\nA0021,Ride outside the state,Ride out,I,O1A,19850101,\nG0008,A shot,Shot,C,,20000101,20241231\n"
DRUGS = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index><version>2026</version>
<indexHeading><head col="1">Substance</head><head col="2">Accident</head><head col="6">Adverse effect</head></indexHeading>
<letter><title>A</title>
<mainTerm><title>Adrenaline<nemod>(synthetic)</nemod></title><cell col="2">T44.5X1</cell><cell col="6">--</cell>
<term level="1"><title>drops, eye</title><cell col="2">T49.5X-</cell></term></mainTerm>
<mainTerm><title>Adrenalin</title><see>Adrenaline</see></mainTerm>
<mainTerm><title>Adrenal extract</title><see>Adrenalin</see></mainTerm>
<mainTerm><title>Ring</title><see>Ring</see></mainTerm>
</letter></ICD10CM.index>
"""
INDEX = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index><version>2026</version><title>ICD-10-CM INDEX TO DISEASES and INJURIES</title>
<letter><title>C</title>
<mainTerm><title>Concussion<nemod>(brain)</nemod></title><code>S06.0X-</code>
<term level="1"><title>with death</title><code>S06.0X7</code><manif>G99.8</manif></term></mainTerm>
<mainTerm><title>Commotio</title><term level="1"><title>cerebri</title><see>Concussion</see></term></mainTerm>
</letter></ICD10CM.index>
"""
CLAML = """<?xml version="1.0" encoding="UTF-8"?>
<ClaML version="2.0.0"><Title name="CIM-10-FR" version="2025">CIM</Title>
<Modifier code="S04"><SubClass code=".0"/></Modifier>
<ModifierClass modifier="S04" code=".0"><Rubric kind="preferred"><Label>Avec coma</Label></Rubric></ModifierClass>
<ModifierClass modifier="S04" code=".9"><Rubric kind="preferred"><Label>Sans complication</Label></Rubric></ModifierClass>
<Class code="IV" kind="chapter"><SubClass code="E10-E14"/><Rubric kind="preferred"><Label>Maladies</Label></Rubric></Class>
<Class code="E10-E14" kind="block"><SuperClass code="IV"/><ModifiedBy code="S04"/><Rubric kind="preferred"><Label>Diabète</Label></Rubric>
<Rubric kind="exclusion"><Label>du nouveau-né</Label></Rubric></Class>
<Class code="E10" kind="category"><SuperClass code="E10-E14"/><Rubric kind="preferred"><Label>Diabète de type 1</Label></Rubric>
<Rubric kind="inclusion"><Label>diabète <Reference>juvénile</Reference></Label></Rubric></Class>
<Class code="E15" kind="category"><SuperClass code="IV"/><Rubric kind="preferred"><Label>Coma</Label></Rubric></Class>
<Class code="E15.0" kind="category" usage="dagger"><SuperClass code="E15"/><Rubric kind="preferred"><Label>Profond</Label></Rubric></Class>
</ClaML>
"""


def anweb() -> str:
    """Three records of the Alpha-Numeric file: a modifier, a code of two lines, and a disclaimer."""

    def record(code: str, number: str, kind: str, long: str, short: str = "", **fields: str) -> str:
        text = [" "] * 320
        places = {"coverage": 229, "added": 268, "terminated": 284, "action": 292}
        for at, part in ((0, code.rjust(5)), (5, number), (10, kind), (11, long), (91, short)):
            text[at : at + len(part)] = part
        for name, part in fields.items():
            text[places[name] : places[name] + len(part)] = part
        return "".join(text)

    return "\r\n".join(
        (
            "***Disclaimers\t\t",
            record("AD", "00100", "7", "Supervision: more than", "Sup", added="19840101"),
            record("AD", "00200", "8", "four at a time"),
            record("A0021", "00100", "3", "Ride outside the state", "Ride out", coverage="I", added="19850101"),
            record("G8999", "00100", "3", "A thing that ended", "End", added="20100101", terminated="20201231"),
            "",
        )
    )


def xlsx(rows: list[list[str]]) -> bytes:
    """A workbook of inline texts and shared strings by turns."""
    shared: list[str] = []

    def cell(row: int, at: int, text: str) -> str:
        place = f"{chr(65 + at)}{row}"
        if (row + at) % 2:
            shared.append(text)
            return f'<c r="{place}" t="s"><v>{len(shared) - 1}</v></c>'
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'

    lines = "".join(
        f'<row r="{number}">{"".join(cell(number, at, text) for at, text in enumerate(row) if text)}</row>'
        for number, row in enumerate(rows, 1)
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{lines}</sheetData></worksheet>")
        strings = "".join(f"<si><t>{text}</t></si>" for text in shared)
        book.writestr("xl/sharedStrings.xml", f"<sst>{strings}</sst>")
    return file.getvalue()


def dbf(fields: list[tuple[str, int]], rows: list[list[str]]) -> bytes:
    """A dBASE III table of text fields."""
    width = 1 + sum(size for _, size in fields)
    head = struct.pack("<B3xIHH20x", 3, len(rows), 32 + 32 * len(fields) + 1, width)
    described = b"".join(struct.pack("<11sc4xBB14x", name.encode(), b"C", size, 0) for name, size in fields)
    body = b"".join(
        b" " + b"".join(text.encode("cp1252").ljust(size) for text, (_, size) in zip(row, fields, strict=True))
        for row in rows
    )
    return head + described + b"\r" + body + b"\x1a"


def ccam_zip() -> bytes:
    """CCAM as tables: an act of two versions, its activity, phase and modifiers."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        acts = [
            ("COD_ACTE", 13),
            ("DT_MODIF", 8),
            ("MENU_COD", 6),
            ("NOM_COURT", 70),
            ("NOM_LONG", 255),
            ("DT_CREATIO", 8),
            ("DT_FIN", 8),
        ]
        archive.writestr(
            "R_ACTE.dbf",
            dbf(acts, [["HBLD001", "20050101", "2", "Pose", "Pose ancienne", "20050101", ""],
                       ["HBLD001", "20200101", "2", "Pose", "Pose d'une pièce à l'arcade", "20050101", "20301231"]]),
        )  # fmt: skip
        archive.writestr(
            "R_ACTE_IVITE.dbf",
            dbf([("COD_AA", 14), ("DT_MODIF", 8)], [["HBLD0011", "20200101"], ["HBLD0014", "20200101"]]),
        )
        phases = [("COD_AAP", 16), ("DT_MODIF", 8), ("PU_BASE", 8), ("AGE_MIN", 3)]
        archive.writestr("R_ACTE_IVITE_PHASE.dbf", dbf(phases, [["HBLD00110", "20200101", "21.28", "0"]]))
        archive.writestr(
            "R_ACTIVITE_MODIFICATEUR.dbf",
            dbf(
                [("AA_CODE", 14), ("AADT_MODIF", 8), ("MODIFI_COD", 1)],
                [["HBLD0011", "20200101", "J"], ["HBLD0011", "20200101", "F"]],
            ),
        )
        archive.writestr(
            "R_MENU.dbf",
            dbf([("COD_MENU", 6), ("LIBELLE", 60), ("COD_PERE", 6)], [["1", "Dents", "0"], ["2", "Prothèses", "1"]]),
        )
        archive.writestr("R_TB11.dbf", b"not looked at")
    return file.getvalue()


def zipped(members: dict[str, str]) -> bytes:
    """An archive of texts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file.getvalue()
