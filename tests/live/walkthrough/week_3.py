"""The third week: no music comes, and that is told gently."""

from __future__ import annotations

from tests.live.walkthrough.story import Story


def play(story: Story) -> None:
    """Play the week."""
    story.heading("Week three: the rut")
    _nothing_fits(story)
    _ways_out(story)
    _low_day(story)
    _time_off(story)


def _nothing_fits(story: Story) -> None:
    ada = story.ada
    story.day("2026-11-16", "20:30", "nothing fits")
    with ada.serving():
        ada("start")
        story.works(_first(story), 4)
        ada("skip")
        story.works(_first(story), 2)
        ada("skip")
        story.works(_first(story), 1)
        ada("end")
    story.tell("Seven minutes. Skipped is not thrown away: it is out of the queue for today.")


def _ways_out(story: Story) -> None:
    ada = story.ada
    story.day("2026-11-17", "21:00", "still nothing, and a hand on the shoulder")
    with ada.serving():
        ada("start")
        story.works(_first(story), 1)
        ada("skip")
        story.works(_first(story), 1)
        ada("skip")
        story.tell(
            "Four tasks skipped in two short evenings. That is said once a day at most, in one",
            "sentence, and there is a",
            "way on from it:",
        )
        ada("rut")
        story.tell("Not tonight. The list doesn't run away.")
        ada("end")


def _low_day(story: Story) -> None:
    ada = story.ada
    story.day("2026-11-18", "20:00", "a low day")
    story.tell(
        "She takes the low day: work that needs no idea. The pool of such tasks fills by itself."
    )
    with ada.serving():
        ada("rut prep")
        ada("queue")
        ada("start")
        story.works(_first(story), 14)
        ada("complete")
        story.tell(
            "Something is done again; that a low day helped is remembered. One more, then bed."
        )
        story.works(_first(story), 12)
        ada("complete")
        ada("prep off")
        ada("end")


def _time_off(story: Story) -> None:
    ada = story.ada
    story.tell("And then a long weekend, planned. She leaves herself two things for the mind:")
    ada("feed read a chapter of Bird by Bird")
    ada("feed listen Gymnopédies, Erik Satie")
    ada("off until monday")
    story.day("2026-11-20", "19:00", "nothing nags")
    ada("status")
    ada("feed done 1")


def _first(story: Story) -> str:
    """Return the title of the task that runs, as the command line tells it to programs."""
    return story.ada.running()
