"""From the record to the claim: suggestions, charges, the coding under way, the Claim value."""
