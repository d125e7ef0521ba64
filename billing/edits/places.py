"""Where a field of the claim stands on paper and in the file: the box and the X12 place a finding protects.

One table a kind of claim (docs/claim-map.md in columns). A field without a row of its own has that of the
nearest field around it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from billing.edits import paths
from billing.edits.dentalplaces import OWN, item_of


class Place(NamedTuple):
    """The printed number of the box, and loop, segment and element. None where the form has none."""

    box: str | None = None
    loop: str | None = None
    segment: str | None = None
    element: str | None = None


_NOWHERE = Place()

# field, box, loop, segment, element; "-" for none. The patient's 2010CA becomes 2010BA for relationship 18.
_PROFESSIONAL = """
number                              26   2300    CLM  CLM01
billing                             33   2010AA  NM1  NM103
billing.name                        33   2010AA  NM1  NM103
billing.name.first                  33   2010AA  NM1  NM104
billing.name.middle                 33   2010AA  NM1  NM105
billing.name.suffix                 33   2010AA  NM1  NM107
billing.identifier                  33a  2010AA  NM1  NM109
billing.tax                         25   2010AA  REF  REF02
billing.taxonomy                    33b  2000A   PRV  PRV03
billing.address                     33   2010AA  N3   N301
billing.address.street_2            33   2010AA  N3   N302
billing.address.city                33   2010AA  N4   N401
billing.address.state               33   2010AA  N4   N402
billing.address.postal_code         33   2010AA  N4   N403
billing.address.country             33   2010AA  N4   N404
billing.contact                     33   2010AA  PER  PER02
billing.contact.phone               33   2010AA  PER  PER04
patient                             2    2010CA  NM1  NM103
patient.name.first                  2    2010CA  NM1  NM104
patient.name.middle                 2    2010CA  NM1  NM105
patient.name.suffix                 2    2010CA  NM1  NM107
patient.birth                       3    2010CA  DMG  DMG02
patient.sex                         3    2010CA  DMG  DMG03
patient.address                     5    2010CA  N3   N301
patient.address.street_2            5    2010CA  N3   N302
patient.address.city                5    2010CA  N4   N401
patient.address.state               5    2010CA  N4   N402
patient.address.postal_code         5    2010CA  N4   N403
patient.address.country             5    2010CA  N4   N404
coverage                            1    2000B   SBR  SBR09
coverage.payer                      -    2010BB  NM1  NM103
coverage.payer.identifier           -    2010BB  NM1  NM109
coverage.payer.address              -    2010BB  N3   N301
coverage.payer.address.street_2     -    2010BB  N3   N302
coverage.payer.address.city         -    2010BB  N4   N401
coverage.payer.address.state        -    2010BB  N4   N402
coverage.payer.address.postal_code  -    2010BB  N4   N403
coverage.payer.address.country      -    2010BB  N4   N404
coverage.member_id                  1a   2010BA  NM1  NM109
coverage.filing                     1    2000B   SBR  SBR09
coverage.rank                       -    2000B   SBR  SBR01
coverage.relationship               6    2000B   SBR  SBR02
coverage.subscriber                 4    2010BA  NM1  NM103
coverage.subscriber.name.first      4    2010BA  NM1  NM104
coverage.subscriber.name.middle     4    2010BA  NM1  NM105
coverage.subscriber.name.suffix     4    2010BA  NM1  NM107
coverage.subscriber.birth           11a  2010BA  DMG  DMG02
coverage.subscriber.sex             11a  2010BA  DMG  DMG03
coverage.subscriber.address         7    2010BA  N3   N301
coverage.subscriber.address.street_2     7  2010BA  N3  N302
coverage.subscriber.address.city         7  2010BA  N4  N401
coverage.subscriber.address.state        7  2010BA  N4  N402
coverage.subscriber.address.postal_code  7  2010BA  N4  N403
coverage.subscriber.address.country      7  2010BA  N4  N404
coverage.group_number               11   2000B   SBR  SBR03
coverage.plan_name                  11c  2000B   SBR  SBR04
coverage.insurance_type             -    2000B   SBR  SBR05
coverage.assigns_benefits           13   2300    CLM  CLM08
coverage.release                    12   2300    CLM  CLM09
coverage.provider_number            33b  2010BB  REF  REF02
acts                                24   2400    LX   LX01
acts[].number                       -    2400    REF  REF02
acts[].code                         24D  2400    SV1  SV101-2
acts[].service                      24A  2400    DTP  DTP03
acts[].quantity                     24G  2400    SV1  SV104
acts[].quantity.unit                24G  2400    SV1  SV103
acts[].charge                       24F  2400    SV1  SV102
acts[].part.pointers                24E  2400    SV1  SV107
acts[].part.modifiers               24D  2400    SV1  SV101-3
acts[].part.place                   24B  2400    SV1  SV105
acts[].part.description             24   2400    SV1  SV101-7
acts[].part.emergency               24C  2400    SV1  SV109
acts[].part.epsdt                   24H  2400    SV1  SV111
acts[].part.rendering               24J  2420A   NM1  NM103
acts[].part.rendering.identifier    24J  2420A   NM1  NM109
acts[].part.rendering.taxonomy      24J  2420A   PRV  PRV03
acts[].part.rendering.other         24J  2420A   REF  REF02
acts[].part.drug                    24   2410    LIN  LIN03
acts[].part.drug.quantity           24   2410    CTP  CTP04
acts[].part.drug.quantity.unit      24   2410    CTP  CTP05
part.diagnoses                      21   2300    HI   HI01-2
part.place                          24B  2300    CLM  CLM05-1
part.rendering                      24J  2310B   NM1  NM103
part.rendering.identifier           24J  2310B   NM1  NM109
part.rendering.taxonomy             24J  2310B   PRV  PRV03
part.rendering.other                24J  2310B   REF  REF02
part.referring                      17   2310A   NM1  NM103
part.referring.identifier           17b  2310A   NM1  NM109
part.referring.other                17a  2310A   REF  REF02
part.supervising                    17   2310D   NM1  NM103
part.supervising.identifier         17b  2310D   NM1  NM109
part.supervising.other              17a  2310D   REF  REF02
part.facility                       32   2310C   NM1  NM103
part.facility.identifier            32a  2310C   NM1  NM109
part.facility.other                 32b  2310C   REF  REF02
part.facility.address               32   2310C   N3   N301
part.facility.address.street_2      32   2310C   N3   N302
part.facility.address.city          32   2310C   N4   N401
part.facility.address.state         32   2310C   N4   N402
part.facility.address.postal_code   32   2310C   N4   N403
part.facility.address.country       32   2310C   N4   N404
part.signed                         31   2300    CLM  CLM06
part.assignment                     27   2300    CLM  CLM07
part.accident                       10   2300    CLM  CLM11-1
part.accident_state                 10b  2300    CLM  CLM11-4
part.dates                          14   2300    DTP  DTP03
part.unable_to_work                 16   2300    DTP  DTP03
part.hospital                       18   2300    DTP  DTP03
part.condition_codes                10d  2300    HI   HI01-2
part.casualty_claim                 11b  2010CA  REF  REF02
part.note                           19   2300    NTE  NTE02
total                               28   2300    CLM  CLM02
frequency                           22   2300    CLM  CLM05-3
replaces                            22   2300    REF  REF02
authority                           23   2300    REF  REF02
pay_to                              -    2010AB  N3   N301
pay_to.street_2                     -    2010AB  N3   N302
pay_to.city                         -    2010AB  N4   N401
pay_to.state                        -    2010AB  N4   N402
pay_to.postal_code                  -    2010AB  N4   N403
pay_to.country                      -    2010AB  N4   N404
other_coverages                     11d  2320    SBR  SBR01
other_coverages[].payer             9d   2330B   NM1  NM103
other_coverages[].payer.identifier  -    2330B   NM1  NM109
other_coverages[].payer.address     -    2330B   N3   N301
other_coverages[].payer.address.street_2     -  2330B  N3  N302
other_coverages[].payer.address.city         -  2330B  N4  N401
other_coverages[].payer.address.state        -  2330B  N4  N402
other_coverages[].payer.address.postal_code  -  2330B  N4  N403
other_coverages[].payer.address.country      -  2330B  N4  N404
other_coverages[].member_id         9a   2330A   NM1  NM109
other_coverages[].filing            -    2320    SBR  SBR09
other_coverages[].rank              -    2320    SBR  SBR01
other_coverages[].relationship      -    2320    SBR  SBR02
other_coverages[].subscriber        9    2330A   NM1  NM103
other_coverages[].subscriber.first  9    2330A   NM1  NM104
other_coverages[].subscriber.middle 9    2330A   NM1  NM105
other_coverages[].subscriber.suffix 9    2330A   NM1  NM107
other_coverages[].group_number      9a   2320    SBR  SBR03
other_coverages[].plan_name         9d   2320    SBR  SBR04
other_coverages[].insurance_type    -    2320    SBR  SBR05
other_coverages[].assigns_benefits  -    2320    OI   OI03
other_coverages[].release           -    2320    OI   OI06
other_coverages[].adjudication      29   2320    AMT  AMT02
other_coverages[].adjudication.decided      -  2330B  DTP  DTP03
other_coverages[].adjudication.adjustments  -  2320   CAS  CAS02
patient_paid                        29   2300    AMT  AMT02
"""


def _read(table: str) -> dict[str, Place]:
    rows: dict[str, Place] = {}
    for row in table.strip().splitlines():
        field, *columns = row.split()
        rows[field] = Place(*(None if each == "-" else each for each in columns))
    return rows


def _dental(rows: dict[str, Place]) -> dict[str, Place]:
    """The rows of a dental claim: those of fields both kinds have, under its own items, and its own."""
    shared = {field: row._replace(box=item_of(field)) for field, row in rows.items() if paths.has("dental", field)}
    return {**shared, **_read(OWN)}


PLACES: dict[str, dict[str, Place]] = {"professional": _read(_PROFESSIONAL)}
"""By kind of claim and field pattern."""

PLACES["dental"] = _dental(PLACES["professional"])


@lru_cache(maxsize=4096)
def place(kind: str, field: str, *, patient_is_subscriber: bool = True) -> Place:
    """The place of a field, given as path or pattern; of a kind without table, nowhere."""
    rows = PLACES.get(kind, {})
    found = rows.get(outer := paths.pattern(field))
    while found is None and outer:
        outer = outer[: max(outer.rfind("."), outer.rfind("["), 0)]
        found = rows.get(outer)
    if found is None:
        return _NOWHERE
    return found._replace(loop="2010BA") if patient_is_subscriber and found.loop == "2010CA" else found
