"""Who did what, and who saw what: acts, reads, the seal."""
