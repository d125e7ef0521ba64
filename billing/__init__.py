"""From what was done to money: coding, the Claim value, edits, X12, claim documents."""
