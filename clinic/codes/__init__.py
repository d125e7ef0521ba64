"""Code sets as dated, read-only releases: building, looking up by date of service, searching (law 11)."""
