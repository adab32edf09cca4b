"""Lines of ours in REAPER's settings: whatever the file is, what is not ours stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bridge.files import install_reaper_ini as ini
from bridge.files import install_text as text

OURS = (ini.osc_device(9000, 8000), ini.web_interface(8080))
ACTIONS = (
    ini.action_line("SONGBRIDGE_MARK", "Songbridge: mark", "Songbridge/songbridge_mark.lua"),
    ini.action_line("SONGBRIDGE_NOTE", "Songbridge: nöte", "Songbridge/songbridge_note.lua"),
)
VALUES = (
    "MCU 0 0 0 0",
    'OSC "Other" 3 9100 "10.0.0.2" 8100 1024 10 ""',
    "HTTP 0 2307 'a:b' 'x' 0 ''",
    "",
)

other = st.binary(max_size=30).map(lambda raw: b"k=" + raw.replace(b"\n", b"").replace(b"[", b""))
newlines = st.sampled_from([b"\n", b"\r\n"])


@st.composite
def inis(draw: st.DrawFn) -> bytes:
    """A ``reaper.ini`` as REAPER writes it, and as editors leave it."""
    values = draw(st.lists(st.sampled_from(VALUES), max_size=4))
    surfaces = [f"csurf_{n}={value}".encode() for n, value in enumerate(values)]
    section = [f"csurf_cnt={len(values)}".encode(), *surfaces]
    head = draw(st.sampled_from([b"[REAPER]", b"[reaper]", b" [Reaper] "]))
    lines = [b"[first]", *draw(st.lists(other, max_size=2)), head]
    lines += draw(st.permutations([*section, *draw(st.lists(other, max_size=3))]))
    if draw(st.booleans()):
        lines += [b"", b"[last]", b"csurf_cnt=77", *draw(st.lists(other, max_size=2))]
    mark = draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    newline = draw(newlines)
    return mark + newline.join(lines) + newline


@given(st.binary())
def test_any_bytes_are_written_as_they_were_read(data: bytes) -> None:
    try:
        assert text.read(data).written() == data
    except ValueError:
        assert data[:2] in (b"\xff\xfe", b"\xfe\xff")


@given(inis())
def test_surfaces_go_in_behind_the_others_and_out_again(data: bytes) -> None:
    before = text.read(data)
    there = ini.surfaces(before)
    after = ini.with_surfaces(before, OURS)
    assert ini.surfaces(after).values == there.values + OURS
    assert ini.without_surfaces(after, OURS, counted=there.counted).written() == data


@given(inis(), st.integers(0, 4))
def test_a_surface_that_came_later_moves_up_when_ours_go(data: bytes, count: int) -> None:
    before = text.read(data)
    later = tuple(f"MCU {n}" for n in range(count))
    whole = ini.with_surfaces(ini.with_surfaces(before, OURS), later)
    left = ini.without_surfaces(whole, OURS, counted=True)
    assert ini.surfaces(left).values == ini.surfaces(before).values + later
    rest = [line for line in left.lines if "csurf_" not in line]
    assert rest == [line for line in before.lines if "csurf_" not in line]


@given(inis())
def test_a_file_in_utf_16_is_edited_in_utf_16(data: bytes) -> None:
    wide = b"\xff\xfe" + data.removeprefix(b"\xef\xbb\xbf").decode("latin-1").encode("utf-16-le")
    after = ini.with_surfaces(text.read(wide), OURS)
    assert after.written().startswith(b"\xff\xfe")
    assert OURS[0] in after.written().decode("utf-16")
    assert ini.without_surfaces(after, OURS, counted=True).written() == wide


def test_a_file_that_counts_none_gets_a_count_and_loses_it() -> None:
    data = b"[REAPER]\r\nname=x\r\n\r\n[else]\r\n"
    before = text.read(data)
    after = ini.with_surfaces(before, OURS[:1])
    assert after.written().startswith(b"[REAPER]\r\nname=x\r\ncsurf_cnt=1\r\ncsurf_0=OSC")
    assert ini.without_surfaces(after, OURS[:1], counted=False).written() == data


def test_a_surface_is_known_again_when_reaper_wrote_the_rest_of_it_anew() -> None:
    written = (
        b'[REAPER]\ncsurf_cnt=1\ncsurf_0=OSC "Songbridge" 3 9000 "127.0.0.1" 8000 1500 5 "Mine"\n'
    )
    left = ini.without_surfaces(text.read(written), OURS, counted=True)
    assert left.written() == b"[REAPER]\ncsurf_cnt=0\n"


def test_what_listens_where_is_read() -> None:
    lines = "\n".join(f"csurf_{n}={value}" for n, value in enumerate((*VALUES, *OURS)))
    there = ini.surfaces(text.read(f"[REAPER]\ncsurf_cnt=6\n{lines}\n".encode()))
    assert there.osc == ((9100, "10.0.0.2", 8100), (9000, "127.0.0.1", 8000))
    assert there.web == (8080,)
    assert there.ports == {8100, 8000, 2307, 8080}


keys = st.lists(
    st.one_of(
        st.sampled_from([b'SCR 4 0 RS1 "Custom: x" "x.lua"', b"KEY 1 65 _SONGBRIDGE_MARK 0"]), other
    )
)


@given(keys, newlines, st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_actions_go_in_once_and_out_again(lines: list[bytes], newline: bytes, mark: bytes) -> None:
    data = mark + b"".join(line + newline for line in lines)
    after = ini.with_actions(text.read(data), ACTIONS)
    assert ini.with_actions(after, ACTIONS).written() == after.written()
    assert after.written().count(ACTIONS[1].encode()) == 1
    assert ini.without_actions(after, ACTIONS).written() == data
