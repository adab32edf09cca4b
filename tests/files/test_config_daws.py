"""What a ``[[daw]]`` may say: each kind has its keys, and each error its line and key."""

from __future__ import annotations

import pytest

from bridge.daw.midi_way import BUTTONS, MidiWay
from bridge.daw.target import DawSettings
from bridge.errors import Invalid
from bridge.files import toml
from bridge.files.config import read_config


def daws(text: str) -> tuple[DawSettings, ...]:
    return read_config(toml.read(text, "c.toml")).daws


def daw(lines: str) -> DawSettings:
    (one,) = daws(f"[[daw]]\n{lines}\n")
    return one


def way(lines: str) -> MidiWay:
    midi = daw(f'kind = "midi"\n{lines}').midi
    assert midi is not None
    return midi


def test_midi_alone_presses_marker_through_our_own_port() -> None:
    assert way("") == MidiWay("mackie", "", ("marker",), 16, 0, "")


def test_our_own_port_may_be_called_by_its_name() -> None:
    assert way('port = "Songbridge Cues"').output == ""
    assert way('port = "loopMIDI"').output == "loopMIDI"


def test_buttons_may_be_a_chord_in_any_case() -> None:
    assert way('button = "Marker + push6"').buttons == ("marker", "push6")


def test_notes_and_control_changes_have_channel_and_number() -> None:
    assert way('send = "notes"\nchannel = 1\nnumber = 36').press == (bytes((0x90, 36, 127)),)
    assert way('send = "cc"\nchannel = 10\nnumber = 20').press == (bytes((0xB9, 20, 127)),)


def test_what_is_not_chosen_disturbs_no_instrument() -> None:
    assert way('send = "notes"').press == (bytes((0x9F, 0, 127)),)
    assert way('send = "cc"').press == (bytes((0xBF, 119, 127)),)


def test_mmc_has_a_command() -> None:
    assert way('send = "mmc"\ncommand = "play"').press == (bytes.fromhex("F07F7F0602F7"),)


def test_reapers_web_interface_is_looked_for_on_its_machine_unless_it_is_written() -> None:
    one = daw('kind = "reaper"\nhost = "studio.local:8000"')
    assert (one.web_host, one.web_port, one.regions) == ("studio.local", 8080, False)
    one = daw('kind = "reaper"\nweb = "127.0.0.1:2307"\nregions = true')
    assert (one.web_host, one.web_port, one.regions) == ("127.0.0.1", 2307, True)
    assert daw('kind = "reaper"\nweb = "off"').web_port == 0
    assert daw('kind = "osc"').web_port == 0


def test_bitwig_has_an_action() -> None:
    one = daw('kind = "bitwig"\naction = 20')
    assert (one.action, one.port, one.listen_port) == (20, 8000, 9000)
    assert daw('kind = "bitwig"').action == 0


def test_others_have_neither() -> None:
    one = daw('kind = "osc"')
    assert (one.action, one.midi) == (0, None)


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        (
            'kind = "midi"\nhost = "127.0.0.1:9"',
            (
                ':3: daw[1].host: means nothing to kind = "midi"; allowed: kind, name, send, port,'
                " button, channel, number, command"
            ),
        ),
        (
            'kind = "reaper"\naction = 1',
            (
                ':3: daw[1].action: means nothing to kind = "reaper"; allowed: kind, name, host,'
                " listen, web, regions"
            ),
        ),
        (
            'kind = "osc"\nsend = "cc"',
            ':3: daw[1].send: means nothing to kind = "osc"; allowed: kind, name, host, listen',
        ),
        ('kind = "bitwig"\naction = 21', ":3: daw[1].action: found 21; allowed: 1 to 20"),
        ('kind = "bitwig"\naction = 0', ":3: daw[1].action: found 0; allowed: 1 to 20"),
        (
            'kind = "midi"\nsend = "hui"',
            ':3: daw[1].send: found "hui"; allowed: mackie, notes, cc, mmc',
        ),
        (
            'kind = "midi"\nnumber = 3',
            ':3: daw[1].number: means nothing to send = "mackie"; allowed: button',
        ),
        (
            'kind = "midi"\nsend = "notes"\nbutton = "f1"',
            ':4: daw[1].button: means nothing to send = "notes"; allowed: channel, number',
        ),
        (
            'kind = "midi"\nsend = "cc"\nchannel = 17',
            ":4: daw[1].channel: found 17; allowed: 1 to 16",
        ),
        (
            'kind = "midi"\nsend = "cc"\nnumber = 128',
            ":4: daw[1].number: found 128; allowed: 0 to 127",
        ),
        (
            'kind = "midi"\nbutton = "marker+marker"',
            (
                ':3: daw[1].button: found "marker+marker"; allowed: up to 3 different buttons, joined'
                " by +"
            ),
        ),
        (
            'kind = "midi"\nbutton = "markr"',
            ':3: daw[1].button: found "markr"; did you mean "marker"? allowed: '
            + ", ".join(BUTTONS),
        ),
        (
            'kind = "midi"\nsend = "mmc"',
            (
                ":3: daw[1].send: needs a command, for MMC has none for a marker; allowed: stop, play,"
                " record, record-exit, pause"
            ),
        ),
        (
            'kind = "midi"\nsend = "mmc"\ncommand = "marker"',
            (':4: daw[1].command: found "marker"; allowed: stop, play, record, record-exit, pause'),
        ),
        (
            'kind = "midi"\nport = "loop("',
            (
                ':3: daw[1].port: found "loop(", which is no regular expression:'
                " missing ), unterminated subpattern at position 4"
            ),
        ),
        (
            'kind = "midi"\n[[daw]]\nkind = "midi"\nname = "two"',
            ":3: daw[2]: sends each cue as daw[1] does already; the DAW would hear all twice",
        ),
    ],
)
def test_a_wrong_table_is_refused_with_its_line_and_key(lines: str, error: str) -> None:
    with pytest.raises(Invalid) as refused:
        daws(f"[[daw]]\n{lines}\n")
    assert str(refused.value) == f"c.toml{error}"


def test_two_daws_may_be_told_by_midi_each_in_its_own_way() -> None:
    first, second = daws('[[daw]]\nkind = "midi"\n[[daw]]\nkind = "midi"\nsend = "cc"\n')
    assert first.midi != second.midi


def test_every_daw_keeps_cues_as_long_as_the_table_of_cues_says() -> None:
    kinds = '[[daw]]\nkind = "ardour"\n[[daw]]\nkind = "midi"\n'
    assert [one.keep for one in daws(kinds)] == [10.0, 10.0]
    assert [one.keep for one in daws(f'{kinds}[cues]\nkeep = "1m"\n')] == [60.0, 60.0]
    with pytest.raises(Invalid, match=r"c.toml:6: cues\.keep: \"11m\" is longer than 10m"):
        daws(f'{kinds}[cues]\nkeep = "11m"\n')
