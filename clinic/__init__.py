"""The practice, and what the whole house shares: people, records, codes, paper, policy, journal."""
