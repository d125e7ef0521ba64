"""The Claim and its kinds: frozen values that know nothing of web, database or paper."""
