"""What a DAW's transport does, as far as the DAW tells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Transport:
    """None stands for what is not known; ``tempo`` is in beats per minute."""

    playing: bool | None = None
    recording: bool | None = None
    tempo: float | None = None


UNKNOWN = Transport()
"""Of a DAW that tells nothing, or nothing yet."""
