"""The tour's script: which presses, and the words in which they are told. Nothing of what they cause."""

from __future__ import annotations

from bridge.app.demo_player import Command, Datagram, Press, Replug, Step, Until
from bridge.core.actions import Action
from bridge.core.model import TimerState
from bridge.messages import Osc

MINUTE = 60.0

OPENING = (
    "A song, worked through against the clock. What you read really happens: a Launchpad drawn here"
    " sends and takes MIDI bytes, a REAPER-like program and a plain OSC listener take datagrams,"
    " and every fact is in a journal on disk before anybody hears of it. Only the clock is"
    " simulated: an evening passes in a minute."
)
MAP = "First the song map, gathered before the first note"
QUEUE = "Then the queue: every step, in the order you would ideally take, each with its time"

SCRIPT: tuple[Step, ...] = (
    Step(
        "Start",
        "A press on the first pad begins the first task. Its pad pulses in the colour of its"
        " section, the bottom row is the countdown, and the DAW gets a marker and a track colour.",
        Press("pad.1.1"),
        before=2.0,
    ),
    Step(
        "The clock runs",
        "You write. With a fifth of the time left the countdown turns amber; nobody has to look at"
        " a screen.",
        Until(lambda view: view.timer.phase == "warning"),
    ),
    Step(
        "Time is up",
        "At zero the lights flash for a moment of grace: complete, extend, or let it go.",
        Until(lambda view: view.timer.state is TimerState.OVERTIME),
    ),
    Step(
        "It moves on",
        "Nobody answered. The task is set aside with the time it took, to come back to later, and"
        " the next one begins by itself.",
        Until(lambda view: view.timer.state is TimerState.RUNNING),
    ),
    Step(
        "Mark",
        "That bar was good: one press drops a marker where you are.",
        Press("pad.7.7"),
        before=4 * MINUTE,
    ),
    Step(
        "Extend",
        "It needs a little more: five minutes, decided with open eyes.",
        Press("pad.7.5"),
        before=7 * MINUTE,
    ),
    Step(
        "Complete",
        "Done. The DAW hears it, the next task is under way.",
        Press("pad.7.2"),
        before=5 * MINUTE,
    ),
    Step(
        "Choose what comes next",
        "Held instead of pressed, a pad puts its task to the top without starting it.",
        Press("pad.1.5", held=0.8),
        before=10.0,
    ),
    Step(
        "Skip",
        "Not today: the task leaves the queue. But that was the wrong pad.",
        Press("pad.7.3"),
        before=3 * MINUTE,
    ),
    Step(
        "Undo",
        "Any action can be taken back, a hundred deep. The countdown goes on as if nothing had been.",
        Press("pad.7.8"),
        before=4.0,
    ),
    Step(
        "Break",
        "Ears need rest. The countdown shows the break in blue.",
        Press("pad.7.6"),
        before=8 * MINUTE,
    ),
    Step(
        "What makes no sense is refused",
        "A break in the break: the pad blinks red, nothing changes.",
        Press("pad.7.6"),
        before=30.0,
    ),
    Step(
        "The break ends",
        "By itself, and the task goes on where it was.",
        Until(lambda view: view.timer.state is TimerState.RUNNING),
    ),
    Step(
        "Later",
        "Stuck? Set it aside by hand, before the clock does.",
        Press("pad.7.4"),
        before=2 * MINUTE,
    ),
    Step(
        "A foot switch",
        "Whatever speaks OSC says the same words, and is told when the journal has them.",
        Datagram(Osc("/songbridge/complete", (1,))),
        before=20 * MINUTE,
    ),
    Step(
        "The cable comes loose",
        "Pulled out and put back, the controller forgets everything; Songbridge doesn't, and"
        " repaints it.",
        Replug(),
        before=20.0,
    ),
    Step(
        "Stage",
        "The sketch stands: the song moves on to the next stage.",
        Datagram(Osc("/songbridge/stage", ("next",))),
        before=5 * MINUTE,
    ),
    Step(
        "End",
        "The sitting is over (songbridge end). Whoever goes on tomorrow reads this summary:",
        Command(Action("end")),
        before=MINUTE,
    ),
)
"""Eighteen scenes; with a terminal, a little more than three seconds for each."""
