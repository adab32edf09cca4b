"""The journal: where facts live."""
