"""What `learn` asks of a running service, and what it is told: ``POST /api/teaching``.

A lesson begins, is asked again and again for what was pressed since (which also shows that whoever
learns is still there), and ends. While it lasts no press does what it is bound to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, Protocol, TypeAlias

import msgspec

from bridge.errors import Invalid, SongbridgeError

Key: TypeAlias = Annotated[str, msgspec.Meta(max_length=300)]
Text: TypeAlias = Annotated[str, msgspec.Meta(max_length=6)]


class Teach(msgspec.Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """One request. ``hear`` answers with what came after number `after`, at once or a little later.

    ``show`` lets `control` of the controller `key` blink, ``send`` has it sent `messages` (note-on
    or control change in hex), to try the lights of one that has no profile.
    """

    do: Literal["begin", "hear", "show", "send", "end"]
    lesson: Key = ""
    after: Annotated[int, msgspec.Meta(ge=0)] = 0
    key: Key = ""
    control: Key = ""
    messages: Annotated[list[Text], msgspec.Meta(max_length=64)] = []


class Heard(msgspec.Struct, frozen=True):
    """One message of a controller; ``control`` and ``what`` are empty where no profile knows it.

    ``number`` counts from 1 in this lesson; ``data`` is in hex; ``key`` as in `Device`.
    """

    number: int
    key: str
    data: str
    control: str = ""
    what: str = ""


class Device(msgspec.Struct, frozen=True):
    """An opened input; without a ``profile`` nothing is known of it but its ``port``.

    ``output`` is the name of the port it is told by, empty for none.
    """

    key: str
    port: str
    output: str = ""
    profile: str = ""
    name: str = ""
    layout: str = ""


class Told(msgspec.Struct, frozen=True):
    """The answer: the lesson's id, what was heard, and what is there to be heard."""

    lesson: str
    heard: list[Heard] = []
    devices: list[Device] = []


Reply: TypeAlias = Callable[[Told | SongbridgeError], None]


class Teacher(Protocol):
    """Whatever has the ports: the running service, or the command itself."""

    def teach(self, request: Teach, reply: Reply) -> None:
        """Do what `request` asks; `reply` is called once, on the teacher's own thread."""


def read_teach(body: bytes) -> Teach:
    """Return the request that `body` is. Raises `Invalid`."""
    try:
        return msgspec.json.decode(body, type=Teach)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Invalid(f"this is nothing that can be asked of a lesson: {error}") from None
