"""Every kind of DAW that Songbridge can tell cues to. A new one is a file here and a line below."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from bridge.daw.ableton import AbletonTarget
from bridge.daw.ardour import ArdourTarget
from bridge.daw.bitwig import BitwigTarget
from bridge.daw.midi import MidiTarget
from bridge.daw.osc import OscTarget
from bridge.daw.reaper import ReaperTarget

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bridge.daw.target import DawSettings, Target


@dataclass(frozen=True, slots=True)
class Kind:
    """How to make an adapter, and where its DAW listens and answers unless the user says otherwise.

    ``listen_port`` 0: it has no feedback. Hosts default to 127.0.0.1.
    """

    make: Callable[[DawSettings], Target]
    port: int
    listen_port: int = 0


TARGETS: Mapping[str, Kind] = MappingProxyType(
    {
        "ableton": Kind(AbletonTarget, port=11000, listen_port=11001),
        "ardour": Kind(ArdourTarget, port=3819),
        "bitwig": Kind(BitwigTarget, port=8000, listen_port=9000),
        "midi": Kind(MidiTarget, port=0),
        "osc": Kind(OscTarget, port=9001),
        "reaper": Kind(ReaperTarget, port=8000, listen_port=9000),
    }
)
"""By the word after ``kind =``. REAPER's ports are the usual ones, not built into it;
AbletonOSC's are (abletonosc/constants.py)."""
