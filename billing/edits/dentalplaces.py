"""Where a field of a dental claim stands: the item of the ADA form (J430D) and the place in the 837D.

What both kinds of claim say stands at the same place of the file; the items are the dental form's own. A field without
an item of its own has that of the nearest field around it.
"""

from __future__ import annotations

_ITEMS = """
number                       23
billing                      48
billing.identifier           49
billing.tax                  51
billing.taxonomy             -
billing.contact              52
patient                      20
patient.birth                21
patient.sex                  22
coverage                     12
coverage.payer               3
coverage.payer.identifier    3a
coverage.member_id           15
coverage.filing              -
coverage.rank                -
coverage.relationship        18
coverage.subscriber          12
coverage.subscriber.birth    13
coverage.subscriber.sex      14
coverage.group_number        16
coverage.plan_name           16
coverage.insurance_type      -
coverage.assigns_benefits    37
coverage.release             36
coverage.provider_number     52a
acts                         24
acts[].number                -
acts[].code                  29
acts[].service               24
acts[].quantity              29b
acts[].charge                31
acts[].part.pointers         29a
acts[].part.modifiers        -
acts[].part.place            38
acts[].part.description      30
acts[].part.rendering        53
acts[].part.rendering.identifier  54
acts[].part.rendering.taxonomy    56a
acts[].part.rendering.other       58
part.diagnoses               34a
part.place                   38
part.rendering               53
part.rendering.identifier    54
part.rendering.taxonomy      56a
part.rendering.other         58
part.referring               -
part.supervising             -
part.facility                56
part.signed                  53
part.assignment              -
part.accident                45
part.accident_state          47
part.dates                   46
part.casualty_claim          -
total                        32
frequency                    -
replaces                     -
authority                    2
pay_to                       -
other_coverages              4
other_coverages[].payer      11
other_coverages[].member_id  8
other_coverages[].filing     -
other_coverages[].rank       -
other_coverages[].relationship    10
other_coverages[].subscriber      5
other_coverages[].group_number    9
other_coverages[].plan_name       9
other_coverages[].insurance_type  -
other_coverages[].assigns_benefits  -
other_coverages[].release           -
other_coverages[].adjudication      -
patient_paid                 -
"""
"""Items of fields that both kinds have."""

OWN = """
acts[].code                             29   2400   SV3  SV301-2
acts[].quantity                         29b  2400   SV3  SV306
acts[].quantity.unit                    29b  2400   SV3  SV306
acts[].charge                           31   2400   SV3  SV302
acts[].part.areas                       25   2400   SV3  SV304
acts[].part.teeth                       27   2400   TOO  TOO02
acts[].part.teeth[].surfaces            28   2400   TOO  TOO03
acts[].part.prosthesis                  43   2400   SV3  SV305
acts[].part.prosthesis.replaced         44   2400   DTP  DTP03
acts[].part.pointers                    29a  2400   SV3  SV311
acts[].part.modifiers                   -    2400   SV3  SV301-3
acts[].part.description                 30   2400   SV3  SV301-7
acts[].part.place                       38   2400   SV3  SV303
acts[].part.dates                       41   2400   DTP  DTP03
acts[].part.predetermination_number     2    2400   REF  REF02
acts[].part.assistant                   -    2420B  NM1  NM103
acts[].part.assistant.identifier        -    2420B  NM1  NM109
acts[].part.assistant.taxonomy          -    2420B  PRV  PRV03
acts[].part.assistant.other             -    2420B  REF  REF02
part.predetermination                   1    2300   CLM  CLM19
part.predetermination_number            2    2300   REF  REF02
part.assistant                          -    2310D  NM1  NM103
part.assistant.identifier               -    2310D  NM1  NM109
part.assistant.taxonomy                 -    2310D  PRV  PRV03
part.assistant.other                    -    2310D  REF  REF02
part.supervising                        -    2310E  NM1  NM103
part.supervising.identifier             -    2310E  NM1  NM109
part.supervising.other                  -    2310E  REF  REF02
part.missing                            33   2300   DN2  DN201
part.missing[].status                   33   2300   DN2  DN202
part.orthodontics                       40   2300   DN1  DN101
part.orthodontics.total_months          42   2300   DN1  DN101
part.orthodontics.remaining_months      42   2300   DN1  DN102
part.attachments                        39   2300   PWK  PWK01
part.attachments[].sent                 39   2300   PWK  PWK02
part.attachments[].control              39   2300   PWK  PWK06
part.notes                              35   2300   NTE  NTE02
"""
"""Fields that only a dental claim has, or that stand elsewhere in its file."""

ITEMS: dict[str, str | None] = {
    field: None if item == "-" else item for field, item in (row.split() for row in _ITEMS.strip().splitlines())
}


def item_of(field: str) -> str | None:
    """The item of a field: its own, else that of the nearest field around it."""
    outer = field
    while outer:
        if outer in ITEMS:
            return ITEMS[outer]
        outer = outer[: max(outer.rfind("."), outer.rfind("["), 0)]
    return None
