"""Whose an identity reply is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bridge.files.profiles import load_profiles
from bridge.surface.identity import Identities, Judgement
from tests.standins.devices import KEYS, PADS
from tests.standins.emulators import apc, launchpad, nanokontrol

ONE = replace(PADS, id="one", name="One", identity="F0 7E ?? 06 02 01 * F7")
TWO = replace(
    PADS, id="two", name="Two", identity="F0 7E ?? 06 02 02 * F7 | F0 7E ?? 06 02 01 05 F7"
)
KNOWN = Identities([ONE, TWO, KEYS])


@pytest.mark.parametrize(
    ("profile", "reply", "judgement"),
    [
        ("one", "F0 7E 00 06 02 01 F7", Judgement("own", "One")),
        ("two", "F0 7E 00 06 02 01 F7", Judgement("another", "One")),
        ("two", "F0 7E 00 06 02 02 F7", Judgement("own", "Two")),
        ("one", "F0 7E 00 06 02 01 05 F7", Judgement("own", "One")),
        ("two", "F0 7E 00 06 02 01 05 F7", Judgement("own", "Two")),
        ("keys", "F0 7E 00 06 02 02 F7", Judgement("another", "Two")),
        ("one", "F0 7E 00 06 02 03 F7", Judgement("nobody")),
    ],
)
def test_a_reply_is_ones_own_anothers_or_nobodys(
    profile: str, reply: str, judgement: Judgement
) -> None:
    assert KNOWN.judge(profile, bytes.fromhex(reply)) == judgement


@pytest.mark.parametrize(
    ("profile", "reply"),
    [
        ("novation-launchpad-mini-mk3", launchpad.IDENTITY),
        ("akai-apc-mini-mk2", apc.IDENTITY),
        ("korg-nanokontrol2", nanokontrol.IDENTITY),
    ],
)
def test_shipped_profiles_know_their_emulated_devices_and_only_those(
    profile: str, reply: bytes
) -> None:
    profiles = load_profiles().profiles
    known = Identities(profiles.values())
    own = [name for name in profiles if known.judge(name, reply).whose == "own"]
    assert profile in own
    others = [name for name in own if name != profile]
    assert all(
        profiles[name].name.split()[0] == profiles[profile].name.split()[0] for name in others
    )
