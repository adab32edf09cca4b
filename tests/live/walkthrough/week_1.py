"""The first week: a song map, a goal, and evenings against the clock."""

from __future__ import annotations

from tests.live.walkthrough.story import Story

LINES = "Write ten lines about the one moment the song tells"
CHORDS = "Find chords and a rhythm for the verse on guitar or piano"
MELODY = "Write a chorus melody that can be hummed"
WORDS = "Write the chorus words around its last line"
VERSE = "Write first verse"
DEMO = "Record a demo of the whole song on a phone"


def play(story: Story) -> None:
    """Play the week."""
    story.heading("Week one: ideas")
    _map(story)
    _first_evening(story)
    _second_evening(story)
    _third_evening(story)


def _map(story: Story) -> None:
    ada = story.ada
    story.day("2026-11-02", "19:00", "the song map comes before the first note")
    story.tell(
        "Before she touches a key, Ada is asked what the song is to be: what inspires it, words for how it",
        "sounds and for what it is about, and three questions. Then steps are proposed, each with its minutes.",
        "She drops half of them, and gives the verse less time.",
    )
    (ada.folder / "forty-boats.jpg").write_bytes(b"")
    ada(
        'song new "Paper Boats"',
        ("Inspiration:", "voice memo: rain on the tin roof of the boat house"),
        ("and?", "forty-boats.jpg"),
        ("and?", ""),
        ("Musical themes", "waltz, music box, tape hiss"),
        ("Other themes", "letting go, small things far out"),
        ("depict?", "somebody folds a letter into a boat and lets it go"),
        ("for?", "people who walk home alone and don't mind"),
        ("sound like?", "close and dry at first, then as wide as the water"),
        ("template?", "singer-songwriter"),
        ("Tasks:", "drop 6-8 11-14 17-18 21-22 24"),
        ("Tasks:", ""),
        ("Order:", ""),
        ("Minutes:", "5 15"),
        ("Minutes:", ""),
        ("Begin this song?", "yes"),
    )
    story.tell(
        "One goal, with a date. All of the song's tasks are toward it, so it fills by itself from now on, and",
        "stands in sight on the pads and in `status`.",
    )
    ada('goal set 1 "Paper Boats is out" --by 2026-11-28')
    ada("song toward paper-boats 1")
    ada("goal list")


def _first_evening(story: Story) -> None:
    ada = story.ada
    story.at("20:00")
    story.tell(
        "At eight she starts `songbridge up` in a second terminal; it runs there for as long",
        "as she works. With",
        "a controller plugged in, each of the next commands is one press.",
    )
    with ada.serving():
        ada("start")
        story.works(LINES, 7)
        ada("note the last line is the title")
        ada("mark the line about the lamp")
        story.works(LINES, 1)
        ada("complete")
        story.tell(
            "Done in eight minutes of fifteen, and the next task runs already. The note stands in",
            "the journal, the mark",
            "as a marker in the DAW. Twenty-one minutes into the chords the countdown turns yellow:",
        )
        story.works(CHORDS, 21)
        ada("status")
        story.tell("Five minutes more, on purpose. It is counted, not forbidden.")
        ada("extend 5m")
        story.works(CHORDS, 6)
        ada("complete")
        story.tell(
            "The telephone. The melody began by itself, its 30 minutes ran out, and nobody",
            "pressed anything: the",
            "timer went to `away` and touched nothing else. No task was eaten while she was out",
            "of the room.",
        )
        story.minutes(43)
        ada("status")
        story.tell("Back. What nobody worked is not counted: the box begins anew.")
        ada("resume")
        story.works(MELODY, 10)
        story.tell(
            "It needs a quieter house. She sets it aside; the 20 minutes that are left stay with it."
        )
        ada("later")
        story.works(WORDS, 3)
        ada("pause")
        story.minutes(3)
        ada("resume")
        story.works(WORDS, 10)
        ada("complete")
        ada("end")
    story.tell("The sitting has a summary that anybody can read, as a file and in the terminal:")
    ada("sittings show")


def _second_evening(story: Story) -> None:
    ada = story.ada
    story.day("2026-11-03", "20:00", "a box runs out")
    with ada.serving():
        ada("start")
        story.works(VERSE, 14, 30)
        ada("status")
        story.tell(
            "Thirty seconds, in red. She plays on, and lets it happen: at zero the lights flash",
            "for ten seconds, then",
            "the verse goes to the end of the queue with the time it had, and the next task begins.",
        )
        story.works(VERSE, 0, 40)
        story.works(DEMO, 4, 50)
        ada("log -n 4")
        story.works(DEMO, 11)
        story.tell(
            "The demo needs longer. The second extension is said aloud, because it tells of the plan:"
        )
        ada("extend 5m")
        story.works(DEMO, 5)
        ada("extend 5m")
        story.tell("That was a slip, she is nearly there. Any action can be taken back.")
        ada("undo")
        story.works(DEMO, 2)
        ada("complete")
        ada("end")


def _third_evening(story: Story) -> None:
    ada = story.ada
    story.day("2026-11-05", "20:15", "what was set aside comes back")
    ada("queue")
    story.tell(
        "What was set aside waits at the end, with its remainder. The verse used up its",
        "time, so it gets another",
        "box, and says that this is its second.",
    )
    with ada.serving():
        ada("start 8")
        story.works(MELODY, 13)
        ada("complete")
        ada("start 8")
        story.works(VERSE, 9)
        ada("complete")
        story.tell("The ideas are there. The song moves on, and the sitting ends on a good note.")
        ada("stage next")
        ada("end")
    ada("goal list")
