"""A real Ardour of our own, without sound card: hosted with the "None (Dummy)" backend.

``luasession`` of Ardour's own package runs the session, so neither X nor JACK is needed; with
``window`` it is the whole program under a private Xvfb. Its configuration is private, its OSC
surface is as users switch it on (answers to port 8000 until it is told otherwise), and all of it is
ended by its process id.
"""

from __future__ import annotations

import base64
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Self
from xml.etree import ElementTree as ET

import pytest

from bridge.messages import Osc, OscArg
from bridge.ports.osc_wire import decode, encode

NAME = "studio"
BEGIN = 40.0
"""Seconds that a start may take on a machine that is busy with other things; 2 are usual."""
SUPERCLOCKS = 282_240_000
"""Superclocks a second: what positions are counted in (a session file's TempoMap says so)."""

SURFACE = (
    '<Protocol name="Open Sound Control (OSC)" active="1" address-only="1" remote-port="8000"'
    ' feedback="0" debugmode="0" banksize="0" striptypes="31" gainmode="0"/>'
)
CONFIG = """<?xml version="1.0" encoding="UTF-8"?>
<Ardour>
  <Config>
    <Option name="osc-port" value="{port}"/>
    <Option name="hide-dummy-backend" value="0"/>
    <Option name="try-autostart-engine" value="1"/>
    <Option name="discover-plugins-on-start" value="0"/>
  </Config>
  <Extra><AudioMIDISetup><EngineStates>
    <State backend="None (Dummy)" driver="Normal Speed" device="Silence" input-device=""
     output-device="" sample-rate="48000" buffer-size="1024" n-periods="0" input-latency="0"
     output-latency="0" lm-input="" lm-output="" active="1" use-buffered-io="0"
     midi-option="1 in, 1 out, Silence" lru="1700000000"><MIDIDevices/></State>
  </EngineStates></AudioMIDISetup></Extra>
  <ControlProtocols>{surface}</ControlProtocols>
</Ardour>
"""
HOST = """
local dir, name, tracks, stay = arg[1], arg[2], arg[3], arg[4]
AudioEngine:set_backend ("None (Dummy)", "", "")
local file = io.open (dir .. "/" .. name .. ".ardour", "r")
local session
if file then
  file:close ()
  session = load_session (dir, name)
else
  session = create_session (dir, name, 48000)
  for track in tracks:gmatch ("[^,]+") do
    session:new_audio_track (1, 2, nil, 1, track, ARDOUR.PresentationInfo.max_order,
                             ARDOUR.TrackMode.Normal, true)
  end
  session:save_state ("", false, false, false, false, false)
end
print ("SESSION UP")
io.stdout:flush ()
if stay then io.stdin:read ("*l") end
close_session ()
quit ()
"""


def need_ardour(*, window: bool = False) -> None:
    """Skip with the reason, or fail in CI, where it is not installed."""
    wanted = "" if _library() else "ardour"
    if window and shutil.which("Xvfb") is None:
        wanted = f"{wanted} xvfb".strip()
    if wanted and os.environ.get("CI") == "true":
        pytest.fail(f"CI must run the live tests: apt install --no-install-recommends {wanted}")
    if wanted:
        pytest.skip(f"not installed: {wanted} (Debian, Ubuntu: apt install {wanted})")


def _library() -> Path | None:
    """Return the folder of the newest Ardour that is installed."""
    found = [path for path in Path("/usr/lib").glob("ardour[0-9]*") if path.name[6:].isdecimal()]
    return max(found, key=lambda path: int(path.name[6:]), default=None)


class RealArdour:
    """An Ardour on a session of its own, which may end and begin again."""

    def __init__(
        self, folder: Path, *, tracks: Iterable[str] = ("Drums", "Bass"), window: bool = False
    ) -> None:
        library = _library()
        assert library is not None
        self.library, self.port = library, _free_port()
        self._folder, self._window = folder, window
        self._tracks = ",".join(tracks)
        self._log, self._script = folder / "ardour.log", folder / "host.lua"
        self._process: subprocess.Popen[bytes] | None = None
        self._screen: subprocess.Popen[bytes] | None = None
        self._configure()

    @property
    def session(self) -> Path:
        """The session file."""
        return self._folder / NAME / f"{NAME}.ardour"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.end()

    # --- life and death ---

    def start(self) -> None:
        """Start it, and wait until session and OSC are there."""
        if self._window:
            self._open_window()
        else:
            self._process = self._host("stay")
        self.wait_until(self._is_up)

    def end(self) -> None:
        """End it for good, and its screen: by force, for to be asked it takes a second more."""
        if self._process is not None:
            self.crash()
        if self._screen is not None:
            self._screen.terminate()
            self._screen.wait()
            self._screen = None

    def crash(self) -> None:
        """End it without a word (SIGKILL), also where it stands still."""
        process, self._process = self._process, None
        assert process is not None
        process.kill()
        process.wait()
        if process.stdin is not None:
            process.stdin.close()

    def freeze(self) -> None:
        """Let it stand still, with what it is sent waiting in its socket (SIGSTOP)."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    # --- asking it ---

    def osc(self, address: str, *args: OscArg) -> None:
        """Send it one message, as another program does."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.sendto(encode(Osc(address, args)), ("127.0.0.1", self.port))

    def frame(self, within: float = 0.2) -> int | None:
        """Return the playhead's sample, None without an answer."""
        answer = self._asked("/transport_frame", Osc("/transport_frame"), within=within)
        assert answer is None or isinstance(answer, int)
        return answer

    def rolls(self) -> bool:
        """Tell whether the playhead moves."""
        before = self.frame()
        time.sleep(0.1)  # some periods
        return self.frame() != before

    def selected(self) -> str:
        """Return the name of the track that is selected."""
        return str(self._asked("/select/name", Osc("/set_surface", (0, 31, 8192, 0, 0, 0))))

    def _asked(self, wanted: str, *questions: Osc, within: float = 1.0) -> OscArg:
        """Ask from a port of our own; return the answer's first argument, None without one."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.bind(("127.0.0.1", 0))
            for message in (Osc("/set_surface/port", (0,)), *questions):
                sock.sendto(encode(message), ("127.0.0.1", self.port))
            until = time.monotonic() + within
            while select.select([sock], [], [], max(0.0, until - time.monotonic()))[0]:
                try:
                    answer = decode(sock.recv(65536))
                except ConnectionError:
                    return None
                if answer.address == wanted:
                    return answer.args[0]
        return None

    def saved(self, within: float = 5.0) -> ET.Element:
        """Have the session saved and return its file's contents."""
        before = self.session.stat().st_mtime_ns
        self.osc("/save_state")
        self.wait_until(lambda: self.session.stat().st_mtime_ns != before, within)
        return ET.parse(self.session).getroot()  # noqa: S314 - a file of our own Ardour's

    def markers(self) -> list[tuple[str, int]]:
        """Save, and return all markers as name and sample, by position."""
        marks = [
            (str(each.get("name")), _sample(str(each.get("start"))))
            for each in self.saved().iter("Location")
            if "IsMark" in str(each.get("flags")).split(",")
        ]
        return sorted(marks, key=lambda mark: mark[1])

    def colours(self) -> dict[str, str]:
        """Save, and return each track's colour as ``#RRGGBB``."""
        found: dict[str, str] = {}
        for route in self.saved().iter("Route"):
            info = route.find("PresentationInfo")
            if info is not None and info.get("color"):
                found[str(route.get("name"))] = f"#{int(str(info.get('color'))) >> 8:06X}"
        return found

    # --- how it is started ---

    def _configure(self) -> None:
        place = self._folder / "config" / self.library.name
        place.mkdir(parents=True)
        (place / f".a{self.library.name[6:]}").touch()  # no wizard for new users
        (place / "config").write_text(CONFIG.format(port=self.port, surface=SURFACE), "utf-8")
        self._script.write_text(HOST, "utf-8")

    def actions(self, scripts: Iterable[tuple[str, dict[str, str]]]) -> None:
        """Put Lua actions (source, parameters) into its slots, as its script manager does."""
        lua = ["scripts = {}"]
        for slot, (source, given) in enumerate(scripts, 1):
            factory = f"function ardour () end\n{source}\nreturn factory (...)"
            parameters = ", ".join(f"[{_lua(key)}] = {_lua(value)}" for key, value in given.items())
            lua.append(
                f"scripts[{slot}] = {{ n = {_lua(f'action {slot}')}, s = {_lua(source)},"
                f" f = {_lua(factory)}, a = {{ {parameters} }} }}"
            )
        packed = base64.b64encode("\n".join(lua).encode()).decode()
        (self._folder / "config" / self.library.name / "ui_scripts").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n<UIScripts>'
            f'<ActionScript lua="Lua 5.3">{packed}</ActionScript><ActionHooks/></UIScripts>\n',
            "utf-8",
        )

    def _environment(self) -> dict[str, str]:
        library, name = str(self.library), self.library.name
        kept = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        return kept | {
            "XDG_CONFIG_HOME": str(self._folder / "config"),
            "HOME": str(self._folder),
            "LC_ALL": "C.UTF-8",  # names of backends are translated
            "LD_LIBRARY_PATH": library,
            "ARDOUR_DLL_PATH": library,
            "ARDOUR_DATA_PATH": f"/usr/share/{name}",
            "ARDOUR_CONFIG_PATH": f"/etc/{name}",
            "VAMP_PATH": f"{library}/vamp",
            "GTK_PATH": f"/etc/{name}:{library}",
            "ARDOUR_TRY_AUTOSTART_ENGINE": "1",
            "JACK_NO_START_SERVER": "1",
        }

    def _host(self, *stay: str) -> subprocess.Popen[bytes]:
        arguments = [str(self.session.parent), NAME, self._tracks, *stay]
        with self._log.open("wb") as log:
            return subprocess.Popen(
                [str(self.library / "luasession"), str(self._script), *arguments],
                env=self._environment(),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
            )

    def _open_window(self) -> None:
        if not self.session.exists():
            made = self._host()
            assert made.stdin is not None
            made.stdin.close()
            made.wait(BEGIN)
        mine, theirs = os.pipe()
        self._screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1400x800x24", "-nolisten", "tcp"],
            pass_fds=[theirs],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        with os.fdopen(mine) as told:
            display = told.readline().strip()
        programs = [p for p in self.library.glob("ardour-[0-9]*") if os.access(p, os.X_OK)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [str(programs[0]), "-a", "-n", str(self.session)],
                env=self._environment() | {"DISPLAY": f":{display}"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _is_up(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError(f"Ardour ended by itself: {self._said()[-3000:]}")
        up = self._window or "SESSION UP" in self._said()
        return up and self.frame() is not None

    def _said(self) -> str:
        return self._log.read_text("utf-8", "replace")

    def wait_until(self, true: Callable[[], bool], within: float = BEGIN) -> None:
        """Wait until `true`, asking seldom, for each question makes Ardour remember who asked."""
        until = time.monotonic() + within
        while not true():
            assert time.monotonic() < until, f"Ardour took too long: {self._said()[-3000:]}"
            time.sleep(0.05)


def _free_port() -> int:
    """Return a UDP port that is free now; Ardour would take the next one without a word."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("0.0.0.0", 0))  # noqa: S104 - where Ardour binds it
        return int(sock.getsockname()[1])


def _sample(position: str) -> int:
    """Read a place in a session file as a sample at 48 kHz: superclocks behind an ``a``, up to 6.9 samples."""
    found = re.fullmatch(r"(a?)(\d+)", position)
    assert found, f"a place in beats: {position}"
    return round(int(found[2]) * 48_000 / SUPERCLOCKS) if found[1] else int(found[2])


def _lua(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
