"""How long a live test waits for what must come: it costs nothing where it comes."""

from __future__ import annotations

PATIENCE = 20.0
"""Seconds, less than a test's own limit of sixty, and enough on a machine that is busy with other things.
What Songbridge promises in seconds is asserted where it is promised, with constants of its own."""
