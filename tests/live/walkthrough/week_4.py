"""The fourth week: back at work, ears that rest, and the song is finished."""

from __future__ import annotations

from tests.live.walkthrough.story import Story


def play(story: Story) -> None:
    """Play the week."""
    story.heading("Week four: finished")
    _back(story)
    _ears(story)
    _finished(story)
    _looking_back(story)


def _back(story: Story) -> None:
    ada = story.ada
    story.day("2026-11-23", "20:00", "welcome back")
    story.tell(
        "What she skipped in the bad week comes back with one word. Then the queue stands by section."
    )
    ada("bring")
    ada("order section")
    ada("queue")
    with ada.serving():
        ada("start")
        story.works("Rewrite the lines that stumbled in the demo", 18)
        ada("complete")
        story.works("Add rain on the tin roof under the bridge", 13)
        ada("complete")
        ada("stage mixing")
        ada("end")


def _ears(story: Story) -> None:
    ada = story.ada
    ride = "Ride the vocal level line by line"
    story.day("2026-11-24", "20:00", "mixing, and ears that need a rest")
    story.tell("The bounce is the last thing to do, so it moves to the end.")
    ada("task move 1 3")
    story.tell('In her configuration stands `mixing = "10m after 40m"` under `[breaks]`.')
    with ada.serving():
        ada("start")
        story.works("Balance the instrument against the voice", 18)
        ada("complete")
        story.works(ride, 22)
        ada("status")
        story.tell(
            "Forty minutes of mixing. The last line is what studios know: after that, ears lie."
        )
        ada("break")
        story.minutes(10)
        story.works(ride, 2)
        ada("complete")
        ada("end")


def _finished(story: Story) -> None:
    ada = story.ada
    story.day("2026-11-26", "20:00", "the last step")
    with ada.serving():
        ada("start")
        story.works("Bounce the mix and an instrumental", 5)
        ada("complete")
        story.tell("The queue is empty. One word is left to say.")
        ada("stage next")
        ada("end")
    ada("song list")
    ada("goal list")
    story.tell("And the rain on the tin roof? It slept well.")
    ada("wake tin-roof")


def _looking_back(story: Story) -> None:
    ada = story.ada
    story.day("2026-11-27", "18:00", "looking back")
    story.tell(
        "What four weeks add up to, planned against real, and with the weekend off that broke no run:"
    )
    ada("report")
    story.tell(
        "The same as one page with pictures, to send or to keep, and every sitting by itself:"
    )
    ada("report --html paper-boats.html")
    ada("sittings --since 672h")
    story.tell(
        "Next time that nothing fits, what helped in November stands first:",
    )
    ada("rut")
