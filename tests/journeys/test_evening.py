"""A rehearsal as documentation: a whole evening, every light, datagram and fact of it.

``evening.txt`` beside this file is the evening as text. When behaviour changes on purpose, look at
the difference, and write it anew: ``python -m tests.journeys.test_evening``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.standins.evening import Evening

WRITTEN = Path(__file__).with_name("evening.txt")
MINUTE = 60.0


def play(folder: Path) -> Evening:
    evening = Evening(folder)
    evening.title("Three songs come in, the Launchpad lights up")
    for song in ("northern-lights", "harbour-in-fog", "paper-lanterns"):
        evening.song(song)
    evening.plug_in()

    evening.title("The first task, with time to spare")
    evening.press("pad.1.1", "start")
    evening.pass_time(12 * MINUTE)
    evening.row_7("mark")
    evening.row_7("complete")

    evening.title("The second runs into its phases, and gets five minutes more")
    evening.pass_time(12 * MINUTE + 10, "20 % are left: warning")
    evening.pass_time(2 * MINUTE, "a minute is left: danger")
    evening.row_7("extend")
    evening.pass_time(5 * MINUTE + 52, "zero: the lights flash")
    evening.pass_time(10, "the grace is over: set aside, the next begins")

    evening.title("A break, and a press that makes no sense")
    evening.row_7("break")
    evening.row_7("break")
    evening.pass_time(5 * MINUTE + 1, "the break ends by itself")

    evening.title("A slip of the hand, taken back")
    evening.row_7("skip")
    evening.row_7("undo")
    evening.press("pad.1.4", "hold: to the top without starting", hold=0.8)
    evening.row_7("later")

    evening.title("Power cut")
    evening.pass_time(4 * MINUTE)
    evening.power_cut(minutes=3)

    evening.title("Another song, and its stage")
    evening.press("side.2", "the second song")
    evening.say("stage", "next")
    evening.say("start", "harbour-in-fog.2")

    evening.title("The Launchpad is unplugged and comes back")
    evening.pull_out()
    evening.pass_time(2 * MINUTE)
    evening.plug_in()

    evening.title("Nobody is there any more")
    evening.row_7("complete")
    evening.pass_time(60 * MINUTE, "the task that began by itself ran out")

    evening.title("Late at night")
    evening.row_7("toggle")
    evening.pass_time(3 * MINUTE)
    evening.row_7("complete")
    evening.say("end")
    evening.journal.close()
    return evening


def text_of(evening: Evening) -> str:
    markers = [f"    {m.name}" for m in evening.reaper.markers]
    lines = [*evening.lines, "", "== Markers in REAPER at the end ==", *markers]
    return "\n".join(lines).strip() + "\n"


def test_an_evening_is_what_is_written(tmp_path: Path) -> None:
    played = text_of(play(tmp_path)).splitlines()
    written = WRITTEN.read_text(encoding="utf-8").splitlines()

    assert played == written


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        WRITTEN.write_text(text_of(play(Path(folder))), encoding="utf-8")
    sys.stdout.write(f"{WRITTEN.name} was written anew\n")
