"""What Songbridge hears beside its controllers: the DAWs' transport, and keyboards that only DAWs use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bridge.files.config_schema import ListeningFile
from bridge.files.toml import Document
from bridge.files.toml_faults import found

Keyboards: TypeAlias = Literal["auto", "always", "never"]


@dataclass(frozen=True, slots=True)
class ListeningConfig:
    """``takes``: a box that runs out waits for the take; ``plays_start``: a DAW's play starts the timer.

    ``keyboards`` says whether MIDI inputs that no controller of ours has are heard, as a sign that
    somebody is there: ``auto`` where several programs may share a port.
    """

    takes: bool = True
    plays_start: bool = False
    keyboards: Keyboards = "auto"


def listening(document: Document, written: ListeningFile) -> ListeningConfig:
    """Return what is heard. Raises `InvalidFile`."""
    return ListeningConfig(
        written.takes, written.plays_start, _keyboards(document, written.keyboards)
    )


def _keyboards(document: Document, written: bool | str) -> Keyboards:
    if isinstance(written, bool):
        return "always" if written else "never"
    if written != "auto":
        problem = f'found {found(written)}; allowed: "auto", true or false'
        raise document.error(("listening", "keyboards"), problem)
    return "auto"
