"""FHIR R4 (4.0.1), JSON: reading and writing resources as plain dicts, and judging them at the door."""
