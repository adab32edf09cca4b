from __future__ import annotations

import pytest

from bridge.daw.bitwig import BitwigTarget
from bridge.daw.bitwig_waiting import (
    PROOF,
    REFRESH,
)
from bridge.daw.target import DawSettings
from bridge.daw.transport import Transport
from bridge.messages import (
    Osc,
    TrackColour,
)
from tests.contract.daw_contract import BLUE, Conversation, DawContract
from tests.standins.bitwig import BitwigCore, Track
from tests.standins.bitwig_talk import INSERT, SETTINGS, met, start, status, transport


class TestContract(DawContract):
    kind = "bitwig"
    paints = True
    unsure = PROOF

    def daw_settings(self) -> DawSettings:
        return SETTINGS

    def colours(self, talk: Conversation) -> dict[str, str]:
        assert isinstance(talk.daw, BitwigCore)
        return {t.name: "#{:02X}{:02X}{:02X}".format(*t.colour) for t in talk.daw.tracks}

    def daw(self) -> BitwigCore:
        return BitwigCore(latency=0.04)

    def names(self, sent: list[Osc]) -> list[str]:
        return ["" for message in sent if message == INSERT]

    def carried(self, names: list[str]) -> list[str]:
        return [""] * len(names)


def test_the_transport_is_heard() -> None:
    core = BitwigCore()
    talk = met(core)
    assert transport(talk) == Transport(playing=False, recording=False, tempo=120.0)
    core.play(talk.now, recording=True)
    talk.hear(*core.advance(talk.now))
    assert transport(talk) == Transport(playing=True, recording=True, tempo=120.0)


def test_the_first_sign_of_life_has_everything_asked_for() -> None:
    core = BitwigCore()
    talk = start(core)
    core.play(talk.now)
    talk.hear(*core.advance(talk.now))
    assert talk.sent == [REFRESH]
    assert status(talk).state == "ready"


def test_what_bitwig_tells_at_its_own_start_is_enough() -> None:
    core = BitwigCore()
    talk = start()
    talk.hear(*core.receive(REFRESH, talk.now))
    assert talk.sent == []
    talk.tell(TrackColour("Bass", BLUE))
    assert len(talk.sent) == 1


def test_of_a_tracks_many_addresses_only_few_are_heard() -> None:
    wanted = BitwigTarget(SETTINGS).wanted
    assert "/track/200/name".startswith(wanted)
    assert not "/track/1/vu".startswith(wanted)
    assert not "/track/1/send/1/name".startswith(wanted)
    assert not "/track/selected/name".startswith(wanted)


@pytest.mark.parametrize(
    "strange",
    [
        Osc("/track/0/name", ("Bass",)), Osc("/track/201/name", ("Bass",)),
        Osc("/track/²/name", ("Bass",)), Osc("/track/9999999/name", ("Bass",)),
        Osc("/track/2/name", (3,)), Osc("/track/2/exists"), Osc("/update", ("1",)),
        Osc("/play", ("yes",)), Osc("/tempo/raw", (None,)), Osc("/marker/1/exists/2", (1,)),
    ],
)  # fmt: skip
def test_what_bitwig_never_says_changes_nothing(strange: Osc) -> None:
    core = BitwigCore(tracks=[Track("Drums")])
    talk = met(core)
    talk.target.hear(strange, talk.moment)
    talk.tell(TrackColour("Bass", BLUE))
    assert [message for message in talk.sent if "color" in message.address] == []
    assert transport(talk) == Transport(playing=False, recording=False, tempo=120.0)
