"""Cases: a track's colour is a state; the newest waits as long as it takes, and its own comes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge.messages import RestoreColours, TrackColour
from bridge.moment import Moment
from tests.contract.daw_kind import DawKind

if TYPE_CHECKING:
    from collections.abc import Mapping

RED, GREEN = "#FF1744", "#00C853"


class PaintingCases(DawKind):
    """What holds of track colours, also where there are none."""

    def _paint(self) -> dict[str, str]:
        if not self.paints:
            return {}
        return {"Bass": self.shown(GREEN), "Drums": self.shown(RED)}

    def test_the_newest_colour_of_each_track_waits_as_long_as_it_takes(self) -> None:
        talk = self.talk(there=False)
        talk.tell(*(TrackColour(*pair) for pair in (("Bass", RED), ("Drums", RED))))
        talk.tell(TrackColour("Bass", GREEN))
        talk.run(3600.0)
        assert talk.status.pending >= len(self._paint())
        talk.come()
        talk.run(60.0)
        if self.paints:
            assert self.colours(talk) == self._paint()
        assert (talk.status.pending, talk.status.dropped) == (0, 0)

    def test_colours_are_given_back_at_the_end_of_a_sitting(self) -> None:
        talk = self.talk()
        if not self.paints:
            talk.tell(RestoreColours())
            assert self.marked(talk) == []
            return
        own = self.colours(talk)
        talk.tell(TrackColour("Bass", GREEN), TrackColour("Drums", RED))
        talk.run(30.0)
        assert self.colours(talk) == self._paint()
        talk.tell(RestoreColours())
        talk.run(30.0)
        assert self.colours(talk) == own
        assert talk.target.originals == {}

    def test_colours_are_given_back_after_the_service_was_started_anew(self) -> None:
        talk = self.talk()
        own = self.colours(talk) if self.paints else {}
        talk.tell(TrackColour("Bass", GREEN), TrackColour("Drums", RED))
        talk.run(30.0)
        kept = json.dumps(dict(talk.target.originals))
        talk.restart(self.daw_settings())
        talk.target.recall(json.loads(kept))
        assert talk.target.originals == json.loads(kept)
        talk.run(10.0)
        talk.tell(RestoreColours())
        talk.run(30.0)
        if self.paints:
            assert self.colours(talk) == own
        assert talk.target.originals == {}

    @settings(suppress_health_check=[HealthCheck.differing_executors])  # one run for each kind
    @given(st.dictionaries(st.text(max_size=40), st.text(max_size=40), max_size=80))
    def test_whatever_a_file_recalls_does_no_harm(self, originals: Mapping[str, str]) -> None:
        target = self.target()
        target.recall(originals)
        for now in (10.0, 11.0, 30.0):
            target.tell(RestoreColours(), Moment(now, now))
            target.advance(Moment(now, now))
            wake = target.wake()
            assert wake is None or wake > now
        assert len(target.originals) <= len(originals)
