"""The configuration that a newcomer begins with: every key, with what it does and its default."""

from __future__ import annotations

_STARTER = """\
# Songbridge's configuration. Every key may be left out; what stands here are the defaults,
# and lines behind a single "#" are examples to switch on.
# A duration is "90s", "5m", "1h30m", "2:30", or a number of seconds.

# person = "Ada"                     # who sits here; stands in the journal and in summaries

# Where a song stands, in order. Songs in the last stage are finished and leave the queue.
stages = ["idea incubation", "arrangement", "mixing", "finished"]

[timer]
at_zero = "move-on"                # move-on: set the task aside, go on with the next
                                   # wait: stand still until you decide
                                   # keep-counting: overtime counts on
grace = "10s"                      # the lights flash this long before it moves on
warning = "20%"                    # of the budget, or a time before zero
danger = "60s"                     # the same
auto_start = true                  # the next task starts when one is done
budget = "25m"                     # of a task that names none
break = "5m"                       # of a break that names no length
ear_rest = "offer"                 # a break for the ears is offered; begin: it begins by itself

[breaks]                           # rest for the ears, by section; never during a take
# mixing = "10m after 50m"

[songs]
in_hand = 3                        # more at once are said to be many, never refused; 0: as many as you like
limits = {}                        # the same for single stages: { arrangement = 2 }

[prep]
kinds = ["samples", "colours", "sounds", "listening", "backup", "promotion"]
tasks = []                         # your own beside them: ["Tidy the desk (10m)"]
again = 7                          # days after which a done one comes back

[rut]
tell = true                        # signs of a rut are told, once a day at most

[summary]
formats = ["markdown", "text", "html"]   # in which the end of a sitting is written down; []: it is not
folder = ""                        # where, for example "~/Dropbox/sittings"; empty: sittings in the home

[osc]
listen = "127.0.0.1:7707"          # UDP and TCP
# [[osc.feedback]]                   # who hears about every change without asking
# host = "127.0.0.1:9100"

[midi]
api = "auto"                       # auto | alsa | jack | coremidi | winmm
thru = true                        # what layouts don't use goes on as the port Songbridge Thru;
                                   # on Windows a loopMIDI port's name; false: nothing goes on

[lights]
scroll = true                      # the title of a task that begins runs over the pads once
sleep = "15m"                      # dark when nobody was there for so long; 0: never

# [[controller]]                     # none: every controller that is recognised is used
# profile = "auto"                   # or an id, such as novation-launchpad-mini-mk3
# layout = "auto"                    # or an id, such as queue-8x8, or a list to change between
# port = ""                          # a regular expression; empty: the profile's own

# [[daw]]                            # who gets markers and colours
# kind = "reaper"                    # ableton | ardour | bitwig | midi | osc | reaper
# host = "127.0.0.1:8000"            # where it listens
# listen = "127.0.0.1:9000"          # where it answers to
#   action = 1                       # bitwig: which of its actions makes a cue marker
#   web = "127.0.0.1:8080"           # reaper: its web interface, for colours; "off": never
#   regions = true                   # reaper: a region from a task's start to its end
#   ableset = true                   # ableton: no locator is read by AbleSet as its notation
#   send = "mackie"                  # midi: mackie | cc | notes | mmc, each with keys of its own

[listening]
takes = true                       # while a DAW records, a box that ran out waits for the take
plays_start = false                # play in the DAW starts the timer, or goes on after a pause
keyboards = "auto"                 # playing a keyboard that only the DAW uses shows that somebody
                                   # is there; auto: not on Windows, where it would be taken from the DAW

[cues]
keep = "10s"                       # a cue waits so long for a DAW that can't be reached
defaults = true                    # false: only what [[cue]] says is told
colours = "both"                   # both: the section's, and the state's for a track when work on it
                                   # stops; section or state: that alone
quiet = []                         # nothing is told by itself: ["22:00-07:00", "sat,sun 9:00-12:00"]
stop_for_break = false             # a break stops the DAW, unless it records
restore_colours = true             # tracks get their own colours back when the sitting ends

# [[cue]]                            # which event tells which cue
# on = ["started", "resumed"]
# marker = "{section}: {task}"
# track = "section"                  # or state, or a colour
# text = "{task} ({left} left)"

[http]
listen = "127.0.0.1:7708"          # the page; other addresses than this machine's need a token
# token = "a-long-random-word"       # SONGBRIDGE_TOKEN wins over it

[sections]                         # the parts of a song, each with its colour everywhere
composition = "#3FA7FF"
"sound design" = "#C77DFF"
mixing = "#FFB000"
"""


def starter() -> str:
    """Return a commented ``config.toml`` that says what the defaults say."""
    return _STARTER
