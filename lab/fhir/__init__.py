"""Specimens, orders and reports to and from FHIR R4."""
