"""The Claim value as a FHIR R4 Claim resource, and back."""
