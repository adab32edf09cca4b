"""What the configuration decides about time, stages and sections; `decide` reads it, `evolve` never."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bridge.core.cue_rules import NO_RULES, CueSettings
from bridge.core.days import Days, days_in
from bridge.core.ear_rest import EarRule
from bridge.core.model import Section
from bridge.core.preparation import AGAIN, KINDS

AtZero: TypeAlias = Literal["move-on", "wait", "keep-counting"]
SummaryForm: TypeAlias = Literal["markdown", "text", "html"]

SUMMARY_FORMS: tuple[SummaryForm, ...] = ("markdown", "text", "html")

DEFAULT_SECTIONS = (
    Section("composition", "#3FA7FF"),
    Section("sound design", "#C77DFF"),
    Section("mixing", "#FFB000"),
)
DEFAULT_STAGES = ("idea incubation", "arrangement", "mixing", "finished")


@dataclass(frozen=True, slots=True)
class Limit:
    """When a phase begins: a share of the budget (0 to 1), or seconds before zero."""

    share: float = 0.0
    seconds: float = 0.0

    def of(self, budget: float) -> float:
        """Return the seconds before zero for a box of `budget` seconds."""
        return self.seconds + self.share * budget


@dataclass(frozen=True, slots=True)
class Settings:
    """Seconds, except where a name says otherwise. The last stage is the one of finished songs.

    ``in_hand`` is how many songs may be in hand before it is said that they are many (0: never),
    ``limits`` the same for single stages.
    ``ear_rest`` tells whether a break for the ears is offered or begun. ``prep_kinds`` are built-in
    kinds of preparation tasks, ``prep_tasks`` one's own (title, budget), ``prep_again`` after how
    long a done one comes back. ``rut`` tells whether signs of a rut are told. ``east`` is by how many
    seconds clocks are ahead of UTC here, None: as this machine's. ``summaries`` are the forms in which
    a sitting's end is written down, ``summary_folder`` is where, empty: in the home.
    """

    at_zero: AtZero = "move-on"
    grace: float = 10.0
    warning: Limit = Limit(share=0.2)
    danger: Limit = Limit(seconds=60.0)
    auto_start: bool = True
    default_budget: float = 25 * 60.0
    default_break: float = 5 * 60.0
    stages: tuple[str, ...] = DEFAULT_STAGES
    sections: tuple[Section, ...] = DEFAULT_SECTIONS
    person: str = ""
    cues: CueSettings = NO_RULES
    in_hand: int = 3
    limits: tuple[tuple[str, int], ...] = ()
    ear_rules: tuple[EarRule, ...] = ()
    ear_rest: Literal["offer", "begin"] = "offer"
    prep_kinds: tuple[str, ...] = KINDS
    prep_tasks: tuple[tuple[str, float], ...] = ()
    prep_again: float = AGAIN
    rut: bool = True
    east: int | None = field(default=0, compare=False)
    summaries: tuple[SummaryForm, ...] = SUMMARY_FORMS
    summary_folder: str = ""

    @property
    def days(self) -> Days:
        """What a day is here."""
        return days_in(self.east)
