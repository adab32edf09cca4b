"""Recordings read back, cut off anywhere, and refused with the line that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.errors import InvalidFile, SongbridgeError, Unavailable
from bridge.files.recording import Recording, read_recording
from bridge.files.recording_lines import (
    AskCame,
    Came,
    ClockSet,
    Controller,
    Daw,
    DawSaid,
    Down,
    End,
    Gone,
    Head,
    LeftOut,
    Line,
    Lost,
    Midi,
    OscCame,
    Press,
    Turn,
    Typed,
    Up,
    Went,
    ask,
    state,
    text_of,
)  # fmt: skip

HEAD = Head(
    1,
    songbridge="0.1.0",
    wall=1_750_000_000.25,
    controllers=(
        Controller("acme", "mine", ("mine", "x"), "acme", up=False),
        Controller("acme", key="acme-2"),
    ),
    daws=(Daw("reaper"), Daw("osc", "visuals", hears=False)),
    listeners=("udp 127.0.0.1:9000",),
    profiles={"acme": 'id = "acme"\n'},
    state=state(1, 7, 5.5, b'{"seq":7}'),
)
SHORT = '{"recording": 1, "profile": "generic-pads"}'
LINES: tuple[Line, ...] = (
    Midi(0.5, "90 51 7F", "acme"), Press(1, "pad.1.1", 0.8), Down(1.5, "play"), Up(1.6, "play"),
    Turn(2, "encoder.1", by=-2), Turn(2, "fader.1", to=0.25), Typed(2.5, "extend", "5m"),
    OscCame(3, "/songbridge/start", (3, 1.0, True, None, "x\x1b"), "udp 127.0.0.1:1"),
    DawSaid(3, "reaper", "/lastmarker/name", ({"blob": "00"},)), ask(3.5, b'{"request":"presence"}'),
    Came(4, "acme", out=False), Went(5, "acme", "gone"), Lost(6, "acme-2"), Gone(7, "tcp-3 [::1]:9"),
    ClockSet(8, -3600.0), LeftOut(9, 12), End(10, end=True),
)  # fmt: skip
WHOLE = "".join(map(text_of, (HEAD, *LINES)))


def read(tmp_path: Path, text: str | bytes) -> Recording:
    file = tmp_path / "r.jsonl"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_recording(file)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)

    assert (found.head, found.cut) == (HEAD, False)
    assert [line for _, line in found.lines] == list(LINES)
    assert [number for number, _ in found.lines] == list(range(2, len(LINES) + 2))
    assert isinstance(found.lines[9][1], AskCame)


def test_cut_off_at_any_byte_it_is_read_to_the_last_whole_line(tmp_path: Path) -> None:
    whole = WHOLE.encode()
    first = whole.index(b"\n")
    for cut in range(first, len(whole)):
        kept = whole[:cut]
        found = read(tmp_path, kept)
        lines = kept.count(b"\n") if kept.endswith((b"\n", b"}")) else kept.count(b"\n") - 1
        assert len(found.lines) in (lines, kept.count(b"\n") - 1, kept.count(b"\n"))
        assert [line for _, line in found.lines] == list(LINES[: len(found.lines)])
    with pytest.raises(InvalidFile, match="is empty"):
        read(tmp_path, whole[: first // 2])


def test_blank_lines_and_a_last_line_without_its_end_are_fine_by_hand(tmp_path: Path) -> None:
    found = read(tmp_path, f'{SHORT}\n\n{{"at": 1.5, "press": "pad.1.1"}}')

    assert found.lines == ((3, Press(1.5, "pad.1.1")),)
    assert not found.cut


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"at": 1, "press": "pad.1.1", "for": 1e9}', "for: found 1000000000"),
        ('{"at": 1, "pres": "pad.1.1"}', 'r.jsonl:2: found "pres"; did you mean "press"?'),
        ('{"at": 1}', "says nothing that happened; allowed: one of midi, press"),
        ('{"press": "pad.1.1"}', "at: is missing"),
        ('{"at": -1, "press": "a"}', "at: found -1; allowed: a number from 0"),
        ('{"at": "x", "press": "a"}', 'at: found "x"; allowed: a number'),
        ('{"at": 1, "press": "a", "four": 1}', 'four: is not known; did you mean "for"?'),
        ('{"at": 1, "midi": "9"}', 'midi: found "9"; allowed: bytes in hex such as "90 51 7F"'),
        ('{"at": 1, "osc": "/other"}', 'allowed: an address such as "/songbridge/complete"'),
        ('{"at": 1, "turn": "encoder.1"}', "turn: needs either by or to"),
        ('{"at": 1, "turn": "e", "by": 1, "to": 1}', "turn: needs either by or to"),
        ("[1]", "found a list; allowed: a table"),
        ("press pad.1.1", "which is no JSON object"),
        ('{"at": 9, "end": true}\n{"at": 1, "end": true}', "r.jsonl:3: at: found 1 after 9"),
        ("[" * 100_000, "which is no JSON object"),
    ],
)
def test_a_wrong_line_is_told_with_its_number(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(InvalidFile) as error:
        read(tmp_path, f"{SHORT}\n{line}\n")
    assert told in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("", "is empty; needed first"),
        ('{"at": 1, "press": "pad.1.1"}', "is no head of a recording"),
        ('{"recording": 2, "profile": "x"}', 'found "2"; this version of Songbridge reads 1'),
        ('{"recording": 1}', "needs either profile or controllers"),
        ('{"recording": 1, "profile": "x", "songs": 3}', "songs: found 3"),
        (
            '{"recording": 1, "profile": "x", "settings": {"grace": "10s"}}',
            "settings.grace: expected `float`",
        ),
        ('{"recording": 1, "profile": "x", "settings": {"grace": -1}}', "holds a time outside"),
        ('{"recording": 1, "profile": "x", "settings": {"stages": []}}', "two stages"),
    ],
)
def test_a_wrong_head_is_told(tmp_path: Path, head: str, told: str) -> None:
    with pytest.raises(InvalidFile, match=r"r\.jsonl:1: ") as error:
        read(tmp_path, head + "\n")
    assert told in str(error.value)


def test_a_file_that_is_not_there_is_told_without_a_traceback(tmp_path: Path) -> None:
    for name in ("none.jsonl", "x\0y"):
        with pytest.raises(Unavailable, match="can't be read"):
            read_recording(tmp_path / name)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode), st.booleans())
def test_any_bytes_are_read_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, garbage: bytes, behind: bool
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.jsonl"
    file.write_bytes(SHORT.encode() + b"\n" + garbage + b"\n" if behind else garbage)
    try:
        said = str(read_recording(file).cut)
    except SongbridgeError as error:
        said = str(error)
    assert "\n" not in said
