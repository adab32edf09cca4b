"""Cues on their way out: what can't leave waits, what is lost is told, what was changed is kept."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bridge.app.daw_rows import daw_rows
from bridge.app.delivery import Delivery
from bridge.app.tapping import Taps
from bridge.daw.links import Links
from bridge.daw.osc import KNOCK, OscTarget
from bridge.daw.table import TARGETS, Kind
from bridge.daw.target import DawSettings
from bridge.daw.transport import Transport
from bridge.messages import Cue, Marker, Osc, ToDaw, TrackColour
from bridge.moment import Moment
from bridge.ports.osc_peers import LinkIn, Refusal
from bridge.surface.roles import LIGHTS
from bridge.web.role import Traffic
from tests.standins.deck import Deck
from tests.standins.studio import OscLog

BLUE = "#3FA7FF"
OSC, DESK = DawSettings("osc", port=9001), DawSettings("osc", "desk", port=9002)
MIDI = DawSettings("midi")


def marker(name: str) -> Osc:
    return Osc("/songbridge/cue/marker", (name, BLUE))


class Shelf:
    """Where originals are kept, in memory."""

    trouble = ""

    def __init__(self, kept: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.kept: Mapping[str, Mapping[str, str]] = kept or {}
        self.writes = 0

    def read(self) -> Mapping[str, Mapping[str, str]]:
        return self.kept

    def keep(self, originals: Mapping[str, Mapping[str, str]]) -> None:
        self.kept, self.writes = originals, self.writes + 1

    def close(self) -> None:
        pass


class Desk:
    """A delivery on a clock, with all that it says."""

    def __init__(self, *daws: DawSettings, shelf: Shelf | None = None) -> None:
        self.moment = Moment(1000.0, 1.7e9)
        self.osc, self.said, self.heard = OscLog(), list[str](), list[Traffic]()
        taps = Taps(now=lambda: self.moment)
        taps.join(self.heard.append)
        self.delivery = Delivery(Links(daws), self.osc, taps, originals=shelf, say=self.said.append)
        self.rest()

    def mark(self, *names: str) -> None:
        for name in names:
            self.delivery.tell(Marker(name, BLUE), self.moment)

    def wait(self, seconds: float) -> None:
        end = self.moment.mono + seconds
        while self.moment.mono < end:
            due = self.delivery.wake()
            step = end if due is None else min(end, max(due, self.moment.mono + 0.001))
            self.moment = self.moment.later(step - self.moment.mono)
            self.delivery.advance(self.moment)
            self.rest()

    def rest(self) -> None:
        self.delivery.rest(self.moment)

    def row(self, name: str) -> dict[str, object]:
        rows = daw_rows(self.delivery.links, self.osc, self.moment)
        return next(dict(row) for row in rows if isinstance(row, dict) and row["name"] == name)


# --- a way that is closed ---


@pytest.mark.parametrize("settings", [OSC, MIDI])
def test_cues_for_a_closed_way_wait_and_go_when_it_opens(settings: DawSettings) -> None:
    desk = Desk(settings)
    desk.osc.shut = frozenset({settings.kind})
    desk.mark("one", "two")
    assert (desk.osc.sent, desk.osc.midi) == ([], [])
    assert (desk.row(settings.kind)["pending"], desk.row(settings.kind)["dropped"]) == (2, 0)
    desk.wait(5.0)
    desk.osc.shut = frozenset()
    for _look in range(2):
        desk.wait(1.0)
    told = len(desk.osc.sent) + sum(data[-1] == 0x7F for _, data in desk.osc.midi)
    assert told == 2
    assert desk.row(settings.kind)["pending"] == 0


def test_a_way_that_stays_closed_costs_its_cues_and_is_said_once() -> None:
    desk = Desk(MIDI, OSC)
    desk.osc.shut = frozenset({"midi"})
    desk.mark("one", "two")
    assert desk.osc.to("osc") == [marker("one"), marker("two")]
    desk.wait(60.0)
    assert (desk.row("midi")["pending"], desk.row("midi")["dropped"]) == (0, 2)
    assert 'the last was "two"' in str(desk.row("midi")["detail"])
    assert [line.split(";")[0] for line in desk.said] == ["midi: 2 cues were dropped"]
    assert [(t.who, t.text) for t in desk.heard if "dropped" in t.text] == [
        ("midi", "2 cues were dropped")
    ]
    desk.osc.shut = frozenset()
    desk.wait(60.0)
    assert desk.osc.midi == []


def test_what_waited_in_the_adapter_when_its_way_closed_is_too_old_later() -> None:
    desk = Desk(MIDI)
    desk.mark("one", "two", "three")
    desk.osc.shut = frozenset({"midi"})
    desk.wait(3600.0)
    sent = len(desk.osc.midi)
    desk.osc.shut = frozenset()
    desk.wait(60.0)
    assert len(desk.osc.midi) == sent
    assert desk.row("midi")["dropped"] == 2
    desk.mark("four")
    assert len(desk.osc.midi) == sent + 1


# --- a datagram that is refused ---


def test_a_refused_cue_waits_and_goes_when_somebody_listens() -> None:
    desk = Desk(OSC)
    desk.mark("one", "two")
    for name in ("one", "two"):
        desk.delivery.hear(Refusal("osc", marker(name)), desk.moment)
    assert (desk.row("osc")["state"], desk.row("osc")["pending"]) == ("silent", 2)
    desk.wait(KNOCK + 1.0)
    assert desk.osc.to("osc") == [marker(n) for n in ("one", "two", "one", "two")]
    assert (desk.row("osc")["state"], desk.row("osc")["pending"]) == ("unknown", 0)


def test_what_can_not_be_sent_counts_as_refused() -> None:
    desk = Desk(OSC)
    desk.delivery.rest(desk.moment)
    desk.mark("zero")
    desk.osc.cue = lambda _key, _message: False  # type: ignore[method-assign, assignment] # as without a network
    desk.mark("one")
    assert desk.row("osc")["pending"] == 1


def test_the_news_of_an_unknown_link_harm_nobody() -> None:
    desk = Desk(OSC)
    desk.delivery.hear(Refusal("reaper", None), desk.moment)
    desk.delivery.hear(LinkIn("reaper", Osc("/play", (1.0,)), desk.moment), desk.moment)
    assert desk.osc.sent == []


# --- other links ---


def test_links_that_did_not_change_go_on_with_what_they_know() -> None:
    desk = Desk(OSC, DESK)
    desk.osc.shut = frozenset({"osc", "desk"})
    desk.mark("one")
    changed = DawSettings("osc", "desk", port=9003)
    desk.delivery.use(Links([OSC, changed]))
    assert [desk.row(name)["pending"] for name in ("osc", "desk")] == [1, 0]
    desk.osc.shut = frozenset()
    desk.wait(1.0)
    assert desk.osc.sent == [("osc", marker("one"))]


# --- how it stands, and what was changed ---


def test_the_states_for_the_lights_follow_links_ways_and_transport() -> None:
    deck = Deck(OSC)
    desk = Desk(OSC)
    desk.delivery.use(Links([OSC, DESK], {"osc": Kind(lambda _settings: deck, port=9001)}))
    desk.wait(0.2)
    before = desk.delivery.states
    desk.osc.nobody["osc"] = "nobody listens on 127.0.0.1:9001"
    deck.transport = Transport(playing=True, recording=True)
    desk.wait(1.1)
    desk.rest()
    assert before != desk.delivery.states
    assert desk.delivery.states == ("silent", "recording")


def test_originals_are_recalled_kept_when_they_change_and_not_otherwise() -> None:
    shelf = Shelf({"bitwig": {"Bass": "rgb(1,2,3)"}})
    bitwig = DawSettings("bitwig", port=8000, listen_port=9000)
    desk = Desk(bitwig, OSC, shelf=shelf)
    desk.mark("one")
    desk.delivery.tell(TrackColour("Drums", BLUE), desk.moment)
    desk.wait(30.0)
    recalled = desk.delivery.links.originals()
    assert shelf.kept == {key: dict(one) for key, one in recalled.items()}
    assert shelf.writes <= 1


def test_every_kind_has_a_state_that_lights_know() -> None:
    desk = Desk(*(DawSettings(kind, port=1, listen_port=2) for kind in TARGETS))
    desk.mark("one")
    for _second in range(30):
        desk.wait(1.0)
        assert set(desk.delivery.states) <= LIGHTS["daw"].keys()


def test_a_cue_leaves_for_one_daw_before_the_next_is_told() -> None:
    order: list[str] = []

    class Slow(OscTarget):
        def tell(self, cue: Cue, moment: Moment) -> list[Osc]:
            order.append("told")
            return super().tell(cue, moment)

    desk = Desk()
    desk.delivery.use(Links([OSC, DESK], {"osc": Kind(Slow, port=1)}))
    send = desk.osc.cue

    def cue(key: str, message: ToDaw) -> bool:
        order.append(key)
        return send(key, message)

    desk.osc.cue = cue  # type: ignore[method-assign] # the moment at which it leaves
    desk.mark("one")
    assert order == ["told", "osc", "told", "desk"]
