"""What happened between people: the facts of who sits here and what one leaves for another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class PersonSat:
    """Somebody else sits here from now on; the entry still bears the name of who sat here before.

    ``configured`` tells that it is whom the configuration names, so that its later changes hold.
    """

    person: str
    configured: bool = False


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The entry's person left a note on a task; ``to`` not empty: and gave the task to that person."""

    task: str
    text: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class HandOverDone:
    """The notes that waited on a task were read and are ticked off."""

    task: str


TogetherFact: TypeAlias = PersonSat | HandedOver | HandOverDone
