"""Labels, requisition, manifest: pure mappings first, PDF or ZPL at the end."""
