"""Live sets and REAPER projects as their programs write them, of any version, for reading back.

Live: up to 9 a master's tempo automation stands under ``Tempo``, tracks of 8 have ``ColorIndex``; since
10 it is ``Color``; 12 calls the master ``MainTrack``. REAPER: 5 writes markers without a GUID, 6 and 7
with one; notes stand behind bars; a region is two lines. A string is quoted by what it doesn't hold.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st

from bridge.files.exchange.live_colours import COLOURS

METRES = ((4, 4), (3, 4), (7, 8), (5, 4), (12, 16))


@dataclass(frozen=True)
class Made:
    """One track: what it is called, whose colour it has (an index of Live's), what it is."""

    name: str
    colour: int = 0
    kind: str = "own"


@dataclass(frozen=True)
class Drawn:
    """A project that somebody made. ``marks`` are (seconds, name, colour); ``spans`` have an end."""

    version: int
    tempo: float = 120.0
    metre: tuple[int, int] = (4, 4)
    marks: tuple[tuple[float, str], ...] = ()
    spans: tuple[tuple[float, float, str], ...] = ()
    tracks: tuple[Made, ...] = ()
    notes: str = ""
    title: str = ""
    tempos: tuple[float, ...] = ()
    metres: tuple[tuple[int, int], ...] = field(default=())


_TEXT = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"], blacklist_characters="\x7f"),
    max_size=16,
)
_QUOTABLE = _TEXT.filter(lambda t: not {"'", '"', "`"} <= set(t))
_PLACES = st.integers(0, 3_600_000).map(lambda ms: ms / 1000)


def drawn(versions: st.SearchStrategy[int], kinds: tuple[str, ...]) -> st.SearchStrategy[Drawn]:
    """Return projects of those versions, their tracks of those kinds."""
    tracks = st.builds(Made, _QUOTABLE, st.integers(0, 69), st.sampled_from(kinds))
    return st.builds(
        Drawn, versions, st.integers(20, 999).map(float), st.sampled_from(METRES),
        st.lists(st.tuples(_PLACES, _QUOTABLE), max_size=4).map(tuple),
        st.lists(st.tuples(_PLACES, _PLACES, _QUOTABLE), max_size=3).map(tuple),
        st.lists(tracks, max_size=5).map(tuple),
        st.lists(_TEXT.map(str.strip).filter(bool), max_size=3).map("\n".join),
        _QUOTABLE.map(lambda t: " ".join(t.split())),
        st.lists(st.integers(20, 999).map(float), max_size=3).map(tuple),
        st.lists(st.sampled_from(METRES), max_size=3).map(tuple),
    )  # fmt: skip


# --- Live -----------------------------------------------------------------------------------------

_KINDS = {"own": "MidiTrack", "audio": "AudioTrack", "group": "GroupTrack", "return": "ReturnTrack"}


def live_metre(metre: tuple[int, int]) -> int:
    """Return Live's number of a time signature: 99 numerators for each denominator."""
    return metre[0] - 1 + 99 * (metre[1].bit_length() - 1)


def als(set_: Drawn) -> bytes:
    """Return `set_` as Live writes it; places are at a tempo that stands, so in beats."""
    tracks = "".join(_live_track(n, track, set_.version) for n, track in enumerate(set_.tracks, 8))
    locators = "".join(
        f'<Locator Id="{n}"><LomId Value="0"/><Time Value="{at * set_.tempo / 60:.9f}"/>'
        f'<Name Value={quoteattr(name)}/><Annotation Value=""/></Locator>'
        for n, (at, name) in enumerate(set_.marks)
    )
    master = "MainTrack" if set_.version >= 12 else "MasterTrack"
    told = f"{set_.version if set_.version > 8 else 4}.0_{set_.version}000"
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Ableton MajorVersion="5" MinorVersion="{set_.version}.0_377"'
        f' Creator="Ableton Live {set_.version}.1" Revision="{told}"><LiveSet><Tracks>{tracks}</Tracks>'
        f"<{master}>{_mixer(set_)}</{master}>"
        f"<Locators><Locators>{locators}</Locators></Locators>"
        f"<Annotation Value={quoteattr(set_.notes, {chr(10): '&#10;'})}/></LiveSet></Ableton>"
    )
    return gzip.compress(text.encode(), mtime=0)


def _live_track(number: int, track: Made, version: int) -> str:
    kind, colour = _KINDS[track.kind], "ColorIndex" if version < 10 else "Color"
    return (
        f'<{kind} Id="{number}"><LomId Value="0"/><Name><EffectiveName Value={quoteattr(track.name)}/>'
        f'<UserName Value=""/></Name><{colour} Value="{track.colour}"/><DeviceChain><Mixer><Volume>'
        f'<Manual Value="1"/></Volume></Mixer></DeviceChain></{kind}>'
    )


def _mixer(set_: Drawn) -> str:
    beats = "".join(
        f'<EnumEvent Id="{n}" Time="{n * 16 or -63072000}" Value="{live_metre(metre)}"/>'
        for n, metre in enumerate(set_.metres)
    )
    envelope = (
        "<AutomationEnvelopes><Envelopes><AutomationEnvelope><EnvelopeTarget>"
        '<PointeeId Value="10"/></EnvelopeTarget><Automation><Events>'
        f"{beats}</Events></Automation></AutomationEnvelope></Envelopes></AutomationEnvelopes>"
    )
    return (
        f'<DeviceChain><Mixer><Tempo><Manual Value="{set_.tempo:g}"/><AutomationTarget Id="8"/></Tempo>'
        f'<TimeSignature><Manual Value="{live_metre(set_.metre)}"/><AutomationTarget Id="10"/>'
        f"</TimeSignature></Mixer></DeviceChain>{envelope}"
    )


# --- REAPER ---------------------------------------------------------------------------------------


def rpp(project: Drawn) -> str:
    """Return `project` as REAPER writes it."""
    guid = " 1 B {11111111-1111-4111-8111-111111111111}" if project.version > 5 else ""
    lines = [f'<REAPER_PROJECT 0.1 "{project.version}.9/linux-x86_64" 1757000000']
    if project.notes:
        lines += ["  <NOTES 0 2", *(f"    |{line}" for line in project.notes.split("\n")), "  >"]
    lines += [f"  TITLE {quoted(project.title)}"] if project.title else []
    lines += ["  <RENDER_CFG", "    ZXZhdxgAAQ==", "  >"]
    lines.append(f"  TEMPO {project.tempo:g} {project.metre[0]} {project.metre[1]}")
    lines += ["  <TEMPOENVEX", "    ACT 1 -1", *_points(project), "  >"]
    for number, (at, name) in enumerate(project.marks, 1):
        lines.append(f"  MARKER {number} {at:.14g} {quoted(name)} 0 0{guid}")
    for number, (at, end, name) in enumerate(project.spans, 1):
        lines.append(f"  MARKER {number} {at:.14g} {quoted(name)} 1 {_native(0)}{guid}")
        lines.append(f'  MARKER {number} {end:.14g} "" 1')
    for track in project.tracks:
        bus = "1 1" if track.kind == "group" else "0 0"
        lines += [
            "  <TRACK {AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA}", f"    NAME {quoted(track.name)}",
            f"    PEAKCOL {_native(track.colour)}", f"    ISBUS {bus}",
            "    <FXCHAIN", '      <VST "x" y.so 0 ""', "        NAME nothing", "      >", "    >",
            "    <ITEM", "      NAME take.wav", "      <SOURCE WAVE", "      >", "    >", "  >",
        ]  # fmt: skip
    return "\n".join([*lines, ">", ""])


def _points(project: Drawn) -> list[str]:
    """Return the tempo map; a metre is its denominator above its numerator."""
    tempos = [f"    PT {n}.0 {bpm:g} 1" for n, bpm in enumerate(project.tempos)]
    metres = [
        f"    PT {9 + n}.0 {project.tempo:g} 1 {(below << 16) + above} 0 1"
        for n, (above, below) in enumerate(project.metres)
    ]
    return tempos + metres


def quoted(text: str) -> str:
    """Return `text` as a word: bare, or in the first quotation mark of three that it doesn't hold."""
    if text and not set(text) & set(" \"'`\t") and not text[0].isspace() and text.split() == [text]:
        return text
    mark = next(mark for mark in "\"'`" if mark not in text)
    return f"{mark}{text}{mark}"


def _native(index: int) -> int:
    red, green, blue = (int(COLOURS[index][n : n + 2], 16) for n in (1, 3, 5))
    return 0x1000000 | blue << 16 | green << 8 | red
