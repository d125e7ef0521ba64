"""Claim forms, statements and letters: one file a document. Pure mappings first, PDF at the end."""
