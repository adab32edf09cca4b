"""A lesson as the command has it: through the running service, or with ports of its own."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final

import msgspec

from bridge.cli.learn_talk import Happenings, Lost
from bridge.errors import SongbridgeError, Unavailable
from bridge.store.lock import running
from bridge.web.teaching import Device, Reply, Teach, Teacher, Told

if TYPE_CHECKING:
    from bridge.cli.here import Here
    from bridge.cli.remote import RemoteClient

_OPENING: Final = 3.0  # seconds until ports that are there are opened and told
_ANSWER: Final = 20.0  # seconds; the way to the service itself gives up earlier


class Lesson:
    """What is pressed goes into a queue from the beginning on; ``devices`` is what is there now."""

    def __init__(self, teacher: Teacher, happenings: Happenings) -> None:
        self._teacher, self._happenings = teacher, happenings
        told = self._ask(Teach("begin"))
        self._id = told.lesson
        self.devices: tuple[Device, ...] = tuple(told.devices)
        self._over = threading.Event()
        threading.Thread(target=self._listen, name="lesson", daemon=True).start()

    def settled(self) -> tuple[Device, ...]:
        """Return the devices there are; right after the beginning, wait for them a little."""
        until = time.monotonic() + _OPENING
        while not self.devices and time.monotonic() < until:
            time.sleep(0.05)
        return self.devices

    def device(self, key: str) -> Device | None:
        """Return the device of that key."""
        return next((one for one in self.devices if one.key == key), None)

    def show(self, key: str, control: str) -> None:
        """Let a control blink, and no other. What has gone meanwhile is told by the queue."""
        with contextlib.suppress(SongbridgeError):
            self._ask(Teach("show", self._id, key=key, control=control))

    def send(self, key: str, *messages: bytes) -> bool:
        """Send messages to a device without a profile; tell whether that was possible."""
        try:
            self._ask(Teach("send", self._id, key=key, messages=[one.hex() for one in messages]))
        except SongbridgeError:
            return False
        return True

    def end(self) -> None:
        """Let presses do again what they are bound to."""
        if not self._over.is_set():
            self._over.set()
            with contextlib.suppress(SongbridgeError):
                self._ask(Teach("end", self._id))

    def _listen(self) -> None:
        """Ask again and again: it also tells the teacher that somebody is still there."""
        after = 0
        while not self._over.is_set():
            try:
                told = self._ask(Teach("hear", self._id, after))
            except SongbridgeError as error:
                if not self._over.is_set():
                    self._happenings.put(Lost(error))
                return
            self.devices = tuple(told.devices)
            for heard in told.heard:
                after = heard.number
                self._happenings.put(heard)

    def _ask(self, request: Teach) -> Told:
        answers: SimpleQueue[Told | SongbridgeError] = SimpleQueue()
        self._teacher.teach(request, answers.put)
        try:
            answer = answers.get(timeout=_ANSWER)
        except Empty:
            raise Unavailable("the controllers can't be listened to; nothing was changed") from None
        if isinstance(answer, SongbridgeError):
            raise answer
        return answer


class RemoteTeacher:
    """A `Teacher` that is the running service."""

    def __init__(self, client: RemoteClient) -> None:
        self._client = client

    def teach(self, request: Teach, reply: Reply) -> None:
        """Ask over HTTP; `reply` is called before this returns."""
        try:
            body = self._client.teach(msgspec.json.encode(request))
            reply(msgspec.json.decode(body, type=Told))
        except msgspec.MsgspecError:
            reply(Unavailable("the service answers in a way that is not known; start it again"))
        except SongbridgeError as error:
            reply(error)


@contextlib.contextmanager
def lesson(here: Here, happenings: Happenings) -> Iterator[Lesson]:
    """Begin a lesson, through the service where one runs, and end it with the ``with``.

    Raises any SongbridgeError when it can't begin.
    """
    with contextlib.ExitStack() as stack:
        begun = Lesson(_teacher(here, stack), happenings)
        stack.callback(begun.end)
        yield begun


def _teacher(here: Here, stack: contextlib.ExitStack) -> Teacher:
    info = running(here.home.data_dir)
    if info is not None:
        from bridge.cli.remote import RemoteClient  # noqa: PLC0415 - only beside a service

        return RemoteTeacher(RemoteClient(info, here))
    from bridge.app.teaching_alone import alone  # noqa: PLC0415 - slow to load, and not beside a service

    return stack.enter_context(alone(here.home))
