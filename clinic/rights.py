"""Clinic's rows of the policy table."""

from __future__ import annotations

from clinic.domain.words import N_
from clinic.policy import Right, RoleName, declare

_EVERYONE = frozenset(RoleName)
_FRONT = frozenset({RoleName.ASSISTANT, RoleName.BILLER, RoleName.MANAGER})
_CARE = frozenset({RoleName.ASSISTANT, RoleName.PROVIDER})
_MANAGE = frozenset({RoleName.MANAGER, RoleName.ADMINISTRATOR})
_CLINICAL = _EVERYONE - {RoleName.ADMINISTRATOR}

declare(
    (
        Right("today.read", N_("See today's queues"), _EVERYONE),
        Right("self.change", N_("Change one's own language, theme and password"), _EVERYONE, acts=True),
        Right("find", N_("Find a patient or claim"), _CLINICAL),
        Right("patient.read", N_("See patients and their records"), _CLINICAL),
        Right("patient.write", N_("Enter and correct patients and their policies"), _FRONT, acts=True),
        Right("patient.merge", N_("Merge two patients, or undo it"), frozenset({RoleName.MANAGER}), acts=True),
        Right("visit.write", N_("Enter visits, problems and acts"), _FRONT | _CARE, acts=True),
        Right("visit.move", N_("Move a visit to the right patient"), _FRONT, acts=True),
        Right("note.write", N_("Write notes"), _CARE, acts=True),
        Right("record.import", N_("Import records"), _FRONT | _MANAGE, acts=True),
        Right("record.export", N_("Export all records"), _MANAGE, acts=True),
        Right("practice.read", N_("See the practice, its places, staff, payers and charges"), _EVERYONE),
        Right("practice.write", N_("Change the practice and its places"), _MANAGE, acts=True),
        Right("staff.write", N_("Take on staff and give them roles"), frozenset({RoleName.ADMINISTRATOR}), acts=True),
        Right("payer.write", N_("Enter payers"), frozenset({RoleName.BILLER, RoleName.MANAGER}), acts=True),
        Right("charge.write", N_("Change the charge list"), frozenset({RoleName.BILLER, RoleName.MANAGER}), acts=True),
        Right(
            "mapping.write",
            N_("Say what codes and names of other systems are here"),
            frozenset({RoleName.BILLER, RoleName.MANAGER}),
            acts=True,
        ),
        Right("printer.write", N_("Set up printers"), _FRONT | _MANAGE, acts=True),
        Right("policy.read", N_("See who may do what"), _EVERYONE),
        Right("codes.read", N_("See and search the code sets"), _EVERYONE),
        Right(
            "codes.load",
            N_("Load, withdraw and bring back code sets"),
            frozenset({RoleName.ADMINISTRATOR}),
            acts=True,
        ),
        Right("journal.read", N_("Search the journal"), _MANAGE),
    )
)
