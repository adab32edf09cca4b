"""A studio whose evening is written down: every press with the lights, datagrams and facts it caused.

It has a Launchpad Mini MK3, a REAPER that answers, a generic OSC target and a tablet that gets all
feedback by OSC; its journal is on disk.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from bridge.core.actions import ImportSong
from bridge.core.durations import clock
from bridge.daw.target import DawSettings
from bridge.files.shipped import examples
from bridge.files.songs import load_song
from bridge.messages import Osc, ToDaw
from bridge.ports.osc_peers import LinkIn
from bridge.ports.osc_wire import decode
from bridge.store.sqlite import SqliteJournal
from bridge.web.role import Granted, Traffic
from tests.standins.emulators.launchpad import OFF, LaunchpadMiniMk3, Lit
from tests.standins.reaper import ReaperCore
from tests.standins.studio import PEER, OscLog, Studio

PAD = "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI"
ROW_7 = ("toggle", "complete", "skip", "later", "extend", "break", "mark", "undo")
LEDS = {
    10 * (9 - row) + column: f"pad.{row}.{column}" for row in range(1, 9) for column in range(1, 9)
}
LEDS |= {10 * (9 - row) + 9: f"side.{row}" for row in range(1, 9)}
LEDS |= {91: "up", 92: "down", 93: "left", 94: "right"}
NUMBERS = {name: led for led, name in LEDS.items()}


class Evening(Studio):
    """`lines` is the evening as text; `folder` is the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[str] = []
        self.pad, self.reaper = LaunchpadMiniMk3(), ReaperCore(latency=0.03)
        self._before: dict[int, Lit] = {}
        self._told: list[str] = []
        self._fed: dict[str, list[str]] = {}
        daws = (DawSettings("reaper", port=8000, listen_port=9000), DawSettings("osc", port=9001))
        super().__init__(daws=daws, journal=SqliteJournal.open(folder / "journal.db"), peers=[PEER])

    def begin(self) -> None:
        super().begin()
        for key, message in self.osc.sent:  # it is greeted before we can listen
            self._reaper_hears(key, message)
        self.osc.cue = self._cue  # type: ignore[method-assign] # REAPER hears it, too
        self.osc.send = self._feedback  # type: ignore[method-assign, assignment] # the subscriber's ear
        self.taps.join(self._note)

    # --- what happens ---

    def title(self, text: str) -> None:
        self.lines += ["", f"== {text} =="]

    def plug_in(self) -> None:
        self.pad.power_cycle()
        self.plug(PAD, self.pad)
        self._write("plug in the Launchpad")

    def pull_out(self) -> None:
        self.unplug(PAD)
        self._before = {}
        self._write("unplug the Launchpad")

    def song(self, name: str) -> None:
        answer = self.ask(ImportSong(load_song(examples() / f"{name}.toml", self.settings)))
        assert isinstance(answer, Granted)
        self._write(f"import {name}.toml")

    def press(self, control: str, why: str = "", *, hold: float = 0.08) -> None:
        led = NUMBERS[control]
        self.bytes_in(PAD, *self.pad.press(led))
        super().wait(hold)
        self.bytes_in(PAD, *self.pad.release(led))
        super().wait(0.2)
        word = "hold" if hold > 0.5 else "press"
        self._write(f"{word} {control}{f' ({why})' if why else ''}")

    def row_7(self, action: str, *, hold: float = 0.08) -> None:
        self.press(f"pad.7.{ROW_7.index(action) + 1}", action, hold=hold)

    def say(self, name: str, argument: str | None = None) -> None:
        self.do(name, argument)
        self._write(f"songbridge {name}{f' {argument}' if argument else ''}")

    def pass_time(self, seconds: float, why: str = "") -> None:
        self.wait(seconds)
        self._write(f"{clock(seconds)} pass{f': {why}' if why else ''}")

    def power_cut(self, minutes: float) -> None:
        """Kill the process; what the disk holds at that instant is all that is left."""
        after = self.folder / f"after-{len(self.lines)}"
        after.mkdir()
        for name in ("journal.db", "journal.db-wal"):
            if (self.folder / name).exists():
                shutil.copy(self.folder / name, after / name)
        self.journal.close()
        self.journal = SqliteJournal.open(after / "journal.db")
        self.folder = after
        self.pad.power_cycle()
        self._before = {}
        self.kill(off_for=minutes * 60)
        self._write(f"power cut; {minutes:g} minutes later the service starts again")

    # --- what it caused ---

    def run(self) -> None:
        for answer in self.reaper.advance(self.moment.mono):
            self.inbox.put(LinkIn("reaper", answer, self.moment))
        super().run()

    def wait(self, seconds: float) -> None:
        end = self.moment.mono + seconds
        while (due := self.reaper.due()) is not None and due < end:
            super().wait(max(0.001, due - self.moment.mono))
        super().wait(end - self.moment.mono)

    def _cue(self, key: str, message: ToDaw) -> bool:
        sent = OscLog.cue(self.osc, key, message)
        self._reaper_hears(key, message)
        return sent

    def _reaper_hears(self, key: str, message: ToDaw) -> None:
        if key == "reaper" and isinstance(message, Osc):
            for answer in self.reaper.receive(message, self.moment.mono):
                self.inbox.put(LinkIn("reaper", answer, self.moment))

    def _feedback(self, _peer: object, data: bytes) -> None:
        message = decode(data)
        args = " ".join(_shown(arg) for arg in message.args)
        self._fed.setdefault(message.address, []).append(args)

    def _note(self, traffic: Traffic) -> None:
        if traffic.channel == "fact":
            self._told.append(f"fact   {traffic.more['seq']} {traffic.text} (by {traffic.who})")
        elif (traffic.channel, traffic.way) == ("cue", "out"):
            self._told.append(f"cue    {traffic.who}: {traffic.text}")
        elif "refused" in traffic.more:
            self._told.append(f"refuse {traffic.text}")

    def _write(self, deed: str) -> None:
        wall = datetime.fromtimestamp(self.moment.wall, UTC)
        self.lines.append(f"{wall:%H:%M:%S}  {deed}")
        self.lines += [f"    {line}" for line in self._told]
        self.lines += [f"    osc    {line}" for line in _collapsed(self._fed)]
        self.lines += [f"    light  {line}" for line in self._lights()]
        view = self.view
        shown = f"{view.timer.state} {clock(view.timer.remaining)}"
        self.lines.append(f"    => {shown}  {self.current}".rstrip())
        self._told, self._fed = [], {}

    def _lights(self) -> list[str]:
        now = {led: self.pad.lit(led) for led in LEDS}
        changed = [led for led in LEDS if now[led] != self._before.get(led, OFF)]
        self._before = now
        by_look: dict[str, list[str]] = {}
        for led in sorted(changed, key=list(LEDS).index):
            by_look.setdefault(_look(now[led]), []).append(LEDS[led])
        return [f"{look}: {' '.join(names)}" for look, names in by_look.items()]


def _look(lit: Lit) -> str:
    if lit.effect == "off":
        return "off"
    colour = lit.colour
    shown = (
        "#" + "".join(f"{v:02X}" for v in colour) if isinstance(colour, tuple) else f"no. {colour}"
    )
    other = f"/{lit.other}" if lit.other else ""
    return f"{lit.effect} {shown}{other}"


def _shown(arg: object) -> str:
    return (
        f"{arg:.2f}" if isinstance(arg, float) else repr(arg) if isinstance(arg, str) else str(arg)
    )


def _collapsed(fed: dict[str, list[str]]) -> list[str]:
    """Return one line for each address: its only value, or how many there were, first and last.

    Lights that were told the same stand on one line.
    """
    lines, lights = [], dict[str, list[str]]()
    for address, values in fed.items():
        if address.startswith("/songbridge/light/"):
            lights.setdefault(" then ".join(values), []).append(address.rpartition("/")[2])
        elif len(values) == 1:
            lines.append(f"{address} {values[0]}")
        else:
            lines.append(f"{address} {len(values)} times, {values[0]} to {values[-1]}")
    return lines + [f"/songbridge/light/… {told}: {' '.join(who)}" for told, who in lights.items()]
