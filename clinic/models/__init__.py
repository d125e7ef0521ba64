"""The practice's tables. Importing this package makes all of them known to the metadata."""

from clinic.models.charge import Charge, ChargePrice
from clinic.models.counter import Counter
from clinic.models.fact import Fact
from clinic.models.foreign import ForeignResource, Import, Mapping
from clinic.models.journal import JournalAct, JournalSeal
from clinic.models.patient import Coverage, Patient
from clinic.models.payer import Payer
from clinic.models.practice import Location, Practice
from clinic.models.printer import Printer
from clinic.models.staff import Provider, Role, Staff, staff_role
from clinic.models.visit import Note, Observation, Problem, Visit, VisitAct

__all__ = [
    "Charge",
    "ChargePrice",
    "Counter",
    "Coverage",
    "Fact",
    "ForeignResource",
    "Import",
    "JournalAct",
    "JournalSeal",
    "Location",
    "Mapping",
    "Note",
    "Observation",
    "Patient",
    "Payer",
    "Practice",
    "Printer",
    "Problem",
    "Provider",
    "Role",
    "Staff",
    "Visit",
    "VisitAct",
    "staff_role",
]
