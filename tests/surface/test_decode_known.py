"""What the MIDI ports may throw away unread is exactly what no control sends."""

from __future__ import annotations

import pytest

from bridge.files.profiles import load_profiles
from bridge.surface.decode import Decoder

PROFILES = load_profiles().profiles


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_exactly_what_a_control_can_send_is_known(name: str) -> None:
    decoder = Decoder(PROFILES[name])
    heard = {
        status << 7 | (0 if status >> 4 == 0xE else number)
        for status in range(0x80, 0xF0)
        for number in range(128)
        if any(decoder.feed(bytes((status, number, value))) for value in (0, 1, 127))
    }

    assert decoder.known == heard
