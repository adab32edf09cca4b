"""What goes wrong on purpose. Every error here has a sentence for the user.

* `SongbridgeError`: the root

  * `Refused`: an action that makes no sense now
  * `Invalid`: something that was given is wrong; nothing was changed

    * `InvalidFile`: the same, in a file: with file, line where known, key, found, allowed

  * `JournalFault`: the journal can't be written or read; the service goes on without it
  * `Unavailable`: a port, address or service can't be had now
"""

from __future__ import annotations


class SongbridgeError(Exception):
    """The root. ``str(error)`` is one line that says what is wrong and what to do."""


class Refused(SongbridgeError):  # noqa: N818 - the word of the interface: an action is refused
    """An action that makes no sense now; nothing was changed."""


class Invalid(SongbridgeError):  # noqa: N818 - reads as the sentence it is
    """Something given is wrong: what was found and what is allowed stand in the text."""


class InvalidFile(Invalid):
    """A file is wrong and was refused whole.

    ``file`` as the user named it, ``line`` counts from 1 (None where unknown), ``key`` is the dotted
    path of the key (empty for the file as a whole), ``problem`` says what was found and what is allowed.
    """

    def __init__(self, file: str, problem: str, *, key: str = "", line: int | None = None) -> None:
        self.file, self.problem, self.key, self.line = file, problem, key, line
        place = f"{file}:{line}" if line is not None else file
        super().__init__(f"{place}: {key}: {problem}" if key else f"{place}: {problem}")


class JournalFault(SongbridgeError):  # noqa: N818 - the fault of something, not our error
    """The journal can't be written or read now (disk full, read-only, locked, corrupt)."""


class Unavailable(SongbridgeError):  # noqa: N818 - a state rather than an error
    """A port, an address or a service can't be had now; it is tried again where that helps."""
