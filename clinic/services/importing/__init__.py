"""Making rows of what foreign resources say. ``clinic.services.import_bundle`` is the verb; these are its hands."""
