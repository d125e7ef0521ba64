"""Rows of the record on their way out as FHIR."""
