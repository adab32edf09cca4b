"""Builds the demo's studio bottom up, and takes it down in reverse order."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, tzinfo
from pathlib import Path

from bridge.app.controllers import Controllers
from bridge.app.demo_daws import LOCAL, Ear, Reaper, free_port
from bridge.app.demo_pads import Pads
from bridge.app.demo_stage import PORT, PROFILE, LoggedOut, Stage
from bridge.app.keeping import Keeping
from bridge.app.listeners import Listeners
from bridge.app.osc_out import PortsOut
from bridge.app.session import Session
from bridge.app.tapping import Taps
from bridge.core.actions import ImportSong, SongDraft
from bridge.core.model import Studio
from bridge.core.settings import SUMMARY_FORMS, Settings
from bridge.core.sitting_account import account
from bridge.daw.links import Links
from bridge.daw.target import DawSettings
from bridge.errors import SongbridgeError
from bridge.files import summary, summary_files
from bridge.files.config_controllers import ControllerConfig
from bridge.files.home import Home
from bridge.files.layouts import load_layouts
from bridge.files.profiles import load_profiles
from bridge.moment import Moment
from bridge.ports.midi_memory import MidiMemory
from bridge.ports.osc import OscPorts
from bridge.ports.osc_subscribers import Subscribers
from bridge.store.sqlite import SqliteJournal
from bridge.surface import matching

LAYOUT = "queue-8x8"


@contextlib.contextmanager
def staged(
    folder: Path, now: Callable[[], Moment], songs: Iterable[SongDraft], zone: tzinfo = UTC
) -> Iterator[Stage]:
    """Build the studio in `folder`, with `songs` in the queue and the device plugged in.

    Raises Unavailable or JournalFault; whatever was built by then is taken down.
    """
    with contextlib.ExitStack() as stack:
        stage = Stage(now)
        _assemble(stage, stack, Home(folder, folder), zone)
        stage.session.begin(now())
        stage.midi.plug(PORT, stage.pads)
        for song in songs:
            answer = stage.ask(ImportSong(song))
            if isinstance(answer, SongbridgeError):
                raise answer
        stage.quiet()
        yield stage


def _assemble(stage: Stage, stack: contextlib.ExitStack, home: Home, zone: tzinfo) -> None:
    """Build bottom up; `stack` takes it down in reverse order."""
    journal = SqliteJournal.open(home.journal)
    stack.callback(journal.close)
    keeping = Keeping(journal, Settings())
    stack.callback(lambda: keeping.close(stage.now()))
    taps = Taps(now=stage.now)
    stack.callback(taps.join(stage.hear))
    osc = OscPorts(stage.put, stage.now)
    stack.callback(osc.close)
    stage.osc = osc.serve(LOCAL, 0)
    stage.plain = Ear()
    stack.callback(stage.plain.close)
    stage.reaper = Reaper(Ear(), stage.now().mono)
    stack.callback(stage.reaper.ear.close)
    stage.answer_to = (LOCAL, free_port())
    links = Links(_daws(stage))
    stage.out = LoggedOut(PortsOut(osc, links), stage.tell)
    stage.midi = MidiMemory(stage.put, stage.now)
    controllers, stage.pads = _controllers(taps)
    stage.session = Session(
        keeping,
        controllers,
        links,
        Listeners(Subscribers(), stage.out),
        midi=stage.midi,
        osc=stage.out,
        taps=taps,
        summarise=lambda before, at: _summarise(home, before, at, zone),
    )
    osc.start()


def _daws(stage: Stage) -> tuple[DawSettings, ...]:
    return (
        DawSettings("osc", host=LOCAL, port=stage.plain.port),
        DawSettings(
            "reaper", host=LOCAL, port=stage.reaper.ear.port,
            listen_host=stage.answer_to[0], listen_port=stage.answer_to[1],
        ),
    )  # fmt: skip


def _controllers(taps: Taps) -> tuple[Controllers, Pads]:
    profiles, layouts = load_profiles().profiles, load_layouts().layouts
    config = ControllerConfig(PROFILE, LAYOUT, f"^{PORT}$")
    on = matching.platform(sys.platform)
    return Controllers((config,), profiles, layouts, on, taps.light), Pads(profiles[PROFILE])


def _summarise(home: Home, before: Studio, at: float, zone: tzinfo) -> str:
    told = account(before, at)
    texts = summary.summaries(told, SUMMARY_FORMS, zone)
    first, *_ = summary_files.write_summaries(home.sittings, texts, told.began, zone)
    return str(first)
