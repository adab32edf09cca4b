"""The text of a program's settings file, taken apart and put together again byte for byte.

These files are other programs': they come with CRLF or LF, with and without a byte order mark, in
UTF-8, in UTF-16 or in whatever the machine wrote. What was not touched stays as it was.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "latin-1"),  # one character a byte, so that broken UTF-8 survives, too
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """A file as lines, each with its own ending; ``mark`` and ``codec`` say how it was written.

    With the codec latin-1 characters are bytes: ask `plain` before comparing more than ASCII.
    """

    lines: tuple[str, ...]
    mark: bytes = b""
    codec: str = "latin-1"

    @property
    def newline(self) -> str:
        """The line ending of the file: that of most of its lines, LF for an empty file."""
        crlf = sum(line.endswith("\r\n") for line in self.lines)
        return "\r\n" if crlf * 2 > len(self.lines) else "\n"

    def written(self) -> bytes:
        """Return the file's bytes."""
        return self.mark + "".join(self.lines).encode(self.codec, "surrogatepass")

    def ending(self, line: str) -> str:
        """Return a line of ours, in the file's encoding, with its line ending."""
        shown = line.encode().decode("latin-1") if self.codec == "latin-1" else line
        return shown + self.newline

    def with_lines(self, lines: list[str]) -> Text:
        """Return the file with other lines; all but the last end their line."""
        whole = [one if one.endswith("\n") else one + self.newline for one in lines[:-1]]
        return Text((*whole, *lines[-1:]), self.mark, self.codec)


def read(data: bytes) -> Text:
    """Take a file apart. Raises ValueError for what begins as UTF-16 and is none."""
    mark, codec = next(
        ((mark, codec) for mark, codec in _MARKS if data.startswith(mark)), (b"", "latin-1")
    )
    try:
        text = data[len(mark) :].decode(codec, "surrogatepass")
    except UnicodeDecodeError:
        raise ValueError("it begins as UTF-16 and is none") from None
    return Text(tuple(_split(text)), mark, codec)


def bare(line: str) -> str:
    """Return a line without its ending and the blanks around."""
    return line.strip(" \t\r\n")


def _split(text: str) -> list[str]:
    """Split behind each LF only: other separators are a part of a line here."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
