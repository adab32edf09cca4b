"""A stand-in for the API that REAPER's scripts see, in front of a real Lua, on the OSC stand-in's project.

What it copies (facts of the API's documentation, and of others' scripts):
* colours are numbers in the system's own order; only ``ColorToNative`` knows it. Without 0x1000000
  they are stored but not used; to `SetProjectMarker3` 0 means "leave it", and "" leaves the name;
* ``AddProjectMarker2`` makes nothing where a marker of that name is already;
* numbers come out of ``GetMediaTrackInfo_Value`` as floats;
* a script that neither makes an undo block nor defers leaves an undo point of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lupa import lua53, lua54

from tests.standins.reaper import Placed, ReaperCore, Track

USED = 0x1000000
LUAS = {"5.3": lua53, "5.4": lua54}

CALLS = {
    "ColorToNative": "color_to_native",
    "GetPlayState": "get_play_state",
    "GetPlayPosition": "get_play_position",
    "GetCursorPosition": "get_cursor_position",
    "EnumProjectMarkers3": "enum_project_markers3",
    "AddProjectMarker2": "add_project_marker2",
    "SetProjectMarker3": "set_project_marker3",
    "EnumProjects": "enum_projects",
    "GetTrack": "get_track",
    "GetTrackName": "get_track_name",
    "GetTrackGUID": "get_track_guid",
    "GetMediaTrackInfo_Value": "get_media_track_info_value",
    "SetMediaTrackInfo_Value": "set_media_track_info_value",
    "GetExtState": "get_ext_state",
    "SetExtState": "set_ext_state",
    "DeleteExtState": "delete_ext_state",
    "Undo_BeginBlock2": "undo_begin_block2",
    "Undo_EndBlock2": "undo_end_block2",
    "Help_Set": "help_set",
    "Main_OnCommand": "main_on_command",
}
"""What of the API is there, and what does it here."""


@dataclass
class Region:
    number: int
    at: float
    end: float
    name: str
    colour: int


@dataclass
class ReaperApi:
    """Runs a script on `core`. ``swapped``: colours are BGR, as on Windows. ``version`` is Lua's."""

    core: ReaperCore
    script: Path
    swapped: bool = True
    version: str = "5.4"
    regions: list[Region] = field(default_factory=list)
    ext: dict[tuple[str, str], str] = field(default_factory=dict)
    undo: list[str] = field(default_factory=list)
    helped: list[str] = field(default_factory=list)
    others: list[list[Track]] = field(default_factory=list)
    """The tracks of other open projects."""

    def __post_init__(self) -> None:
        self._lua = LUAS[self.version].LuaRuntime(unpack_returned_tuples=True, encoding="latin-1")
        self._listed: list[Placed | Region] = []
        self._now, self._blocks, self._quiet = 0.0, 0, False
        api = {name: getattr(self, ours) for name, ours in CALLS.items()}
        self._lua.globals().reaper = self._lua.table_from({**api, "defer": self._defer})

    def run(self, at: float) -> None:
        """Run the script at that instant."""
        self._now, before, self._quiet = at, len(self.undo), False
        self._lua.execute(_to_lua(self.script.read_text("utf-8")))
        assert self._blocks == 0, "an undo block was left open"
        if len(self.undo) == before and not self._quiet:
            self.undo.append("ReaScript: Run")

    def shown(self, colour: int) -> str:
        """Return what a colour looks like, empty for the theme's own."""
        if not colour & USED:
            return ""
        three = (colour & 0xFFFFFF).to_bytes(3, "little" if self.swapped else "big")
        return f"#{three.hex().upper()}"

    def native(self, colour: str) -> int:
        """Return REAPER's number for ``#RRGGBB``."""
        three = bytes.fromhex(colour[1:])
        return int.from_bytes(three, "little" if self.swapped else "big") | USED

    # --- what scripts call ------------------------------------------------------------------------

    def color_to_native(self, red: int, green: int, blue: int) -> int:
        three = bytes((red, green, blue))
        return int.from_bytes(three, "little" if self.swapped else "big")

    def get_play_state(self) -> int:
        return self.core.play_state

    def get_play_position(self) -> float:
        assert self.core.play_state & 5, "the play position means nothing while it stands"
        return self.core.cursor

    def get_cursor_position(self) -> float:
        assert not self.core.play_state & 5, "the edit cursor is not where it plays"
        return self.core.cursor

    def enum_project_markers3(self, project: int, at: int) -> tuple[Any, ...]:
        assert project == 0
        if at == 0:
            self._listed = sorted([*self.core.markers, *self.regions], key=lambda one: one.at)
        every = self._listed
        if at >= len(every):
            return (0, False, 0.0, 0.0, "", 0, 0)
        one = every[at]
        end = one.end if isinstance(one, Region) else 0.0
        region = isinstance(one, Region)
        return (at + 1, region, one.at, end, _to_lua(one.name), one.number, one.colour)

    def add_project_marker2(  # noqa: PLR0917 - the API's signature
        self, project: int, region: bool, at: float, end: float, name: str, want: int, colour: int
    ) -> int:
        assert (project, want) == (0, -1)
        name = _from_lua(name)
        if region:
            number = max((r.number for r in self.regions), default=0) + 1
            self.regions.append(Region(number, at, end, name, colour))
            return number
        if any(m.name == name and m.at == at for m in self.core.markers):
            return -1
        assert at == self.core.cursor, "our markers stand where the work is"
        return self.core.insert(self._now, name, colour)

    def set_project_marker3(  # noqa: PLR0917 - the API's signature
        self, project: int, number: int, region: bool, at: float, end: float, name: str, colour: int
    ) -> bool:
        assert project == 0
        every: list[Any] = self.regions if region else self.core.markers
        for one in every:
            if one.number == number:
                one.at, one.name = at, _from_lua(name) or one.name
                one.colour = colour or one.colour
                if region:
                    one.end = end
                self.core.changed(self._now)
                return True
        return False

    def enum_projects(self, at: int) -> tuple[int, str] | None:
        if at > len(self.others):
            return None
        return max(at, 0) + 100, f"/songs/{at}.rpp"

    def get_track(self, project: int, at: int) -> Track | None:
        every = [self.core.tracks, *self.others][0 if project == 0 else project - 100]
        return every[at] if at < len(every) else None

    def get_track_name(self, track: Track) -> tuple[bool, str]:
        return True, _to_lua(track.name)

    def get_track_guid(self, track: Track) -> str:
        return track.guid

    def get_media_track_info_value(self, track: Track, key: str) -> float:
        assert key == "I_CUSTOMCOLOR"
        return float(track.colour)

    def set_media_track_info_value(self, track: Track, key: str, value: float) -> bool:
        assert key == "I_CUSTOMCOLOR"
        track.colour = int(value)
        return True

    def get_ext_state(self, section: str, key: str) -> str:
        return self.ext.get((section, key), "")

    def set_ext_state(self, section: str, key: str, value: str, persist: bool) -> None:
        assert not persist, "nothing of ours stays in reaper-extstate.ini"
        self.ext[section, key] = value

    def delete_ext_state(self, section: str, key: str, persist: bool) -> None:
        assert not persist
        self.ext.pop((section, key), None)

    def undo_begin_block2(self, _project: int) -> None:
        self._blocks += 1

    def undo_end_block2(self, _project: int, what: str, flags: int) -> None:
        assert flags in (1, 8), "no state of the whole project is written while it records"
        self._blocks -= 1
        self.undo.append(_from_lua(what))

    def help_set(self, text: str, temporary: bool) -> None:
        assert temporary
        self.helped.append(_from_lua(text))

    def main_on_command(self, number: int, flag: int) -> None:
        assert flag == 0
        self.core.act(number, self._now)

    def _defer(self, _again: object) -> None:
        self._quiet = True


def _from_lua(text: str) -> str:
    return text.encode("latin-1").decode("utf-8", "replace")


def _to_lua(text: str) -> str:
    return text.encode("utf-8").decode("latin-1")
