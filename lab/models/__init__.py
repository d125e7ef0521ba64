"""The bench's tables; every row belongs to a practice (law 16)."""

from lab.models.bench import Badge, Device, StoragePlace
from lab.models.catalogue import Laboratory, TestVersion
from lab.models.dental import BiopsyImage, BiopsyRecord, DentalCase
from lab.models.label import LabelPrint
from lab.models.order import LabOrder, OrderLine
from lab.models.package import Package, PackageItem, PackerTraining
from lab.models.rejection import Contact
from lab.models.result import ControlRun, IncomingResult, KitLot, LabResult, Qualification
from lab.models.specimen import Specimen, SpecimenTest

__all__ = [
    "Badge",
    "BiopsyImage",
    "BiopsyRecord",
    "Contact",
    "ControlRun",
    "DentalCase",
    "Device",
    "IncomingResult",
    "KitLot",
    "LabOrder",
    "LabResult",
    "LabelPrint",
    "Laboratory",
    "OrderLine",
    "Package",
    "PackageItem",
    "PackerTraining",
    "Qualification",
    "Specimen",
    "SpecimenTest",
    "StoragePlace",
    "TestVersion",
]
