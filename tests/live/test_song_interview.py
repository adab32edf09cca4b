"""The interview in a real terminal: lines are edited, Ctrl-C loses nothing, a closed terminal neither."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = [pytest.mark.live, pytest.mark.alone, pytest.mark.needs("posix")]

PATIENCE = 20.0
NOBODY = {"JACK_DEFAULT_SERVER": "songbridge-nobody", "JACK_NO_START_SERVER": "1"}


class Sitter:
    """Somebody at a terminal in which a command runs."""

    def __init__(self, home: Path, *words: str, **environ: str) -> None:
        self._master, slave = os.openpty()
        self.text = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bridge", *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, **NOBODY, "SONGBRIDGE_HOME": str(home), "TERM": "xterm", **environ},
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - no thread holds a lock that it needs
        )
        os.close(slave)

    def see(self, words: str) -> None:
        """Wait until `words` are on the screen; they are used up then."""
        end = time.monotonic() + PATIENCE
        while words not in self.text:
            assert time.monotonic() < end, f"waited in vain for {words!r}: {self.text!r}"
            if select.select([self._master], [], [], 0.1)[0]:
                try:
                    data = os.read(self._master, 4096)
                except OSError:  # nobody has the terminal open any more
                    data = b""
                assert data, f"it ended before {words!r}: {self.text!r}"
                self.text += data.decode("utf-8", "replace").replace("\r\n", "\n")
        self.text = self.text.partition(words)[2]

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def hang_up(self) -> None:
        """Close the terminal window."""
        os.close(self._master)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGHUP)

    def gone(self) -> int:
        return self.process.wait(PATIENCE)


def _take_terminal() -> None:
    import fcntl  # noqa: PLC0415 - not on Windows
    import termios  # noqa: PLC0415 - as above

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


Sit = Callable[..., Sitter]


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Sit]:
    sitters: list[Sitter] = []

    def begin(*words: str, **environ: str) -> Sitter:
        sitters.append(Sitter(tmp_path, *words, **environ))
        return sitters[-1]

    yield begin
    for one in sitters:
        one.process.kill()
        one.process.wait(PATIENCE)


def test_ctrl_c_and_a_closed_terminal_lose_nothing(sit: Sit, tmp_path: Path) -> None:
    one = sit("song", "new")
    one.see("Title of the song")
    one.type("Fren\x7f\x7f\x7fern\n")  # mistyped, and put right with the backspace key
    one.see("Inspiration")
    one.type("the foghorn at six\n")
    one.see("and? (Enter: no more")
    one.type("half a li\x03")
    one.see("'Fern' is kept as a draft; `songbridge song new` goes on where it stopped")
    assert one.gone() == 130
    assert "the foghorn at six" in (tmp_path / "drafts" / "fern.toml").read_text("utf-8")

    two = sit("song", "new")
    two.see("'Fern' is not finished being asked for; go on with it? [Y/n]")
    two.type("\n")
    two.see("· the foghorn at six")
    two.type("\n")
    two.see("Musical themes")
    two.type("sparse, breathing\n")
    two.see("Other themes")
    two.hang_up()
    two.gone()
    text = (tmp_path / "drafts" / "fern.toml").read_text("utf-8")
    assert 'musical_themes = ["sparse", "breathing"]' in text
    assert 'step = "other_themes"' in text

    three = sit("song", "new", EDITOR="sed -i.bak s/Fern/Ferns/")
    three.see("go on with it? [Y/n]")
    three.type("y\n")
    for question in ("Other themes", "depict?", "is it for?", "sound like?"):
        three.see(question)
        three.type("\n")
    three.see("Which template?")
    three.type("ambient\n")
    three.see("Tasks: Enter takes them all")
    three.type("keep 1-2\n")
    three.see("45m in all")
    three.type("\n\n\n")
    three.see("Begin this song?")
    three.type("edit\n")
    three.see("Ferns · idea incubation")
    three.type("yes\n")
    three.see("ferns: Ferns, 2 tasks")
    assert three.gone() == 0
    assert list((tmp_path / "drafts").glob("*.toml")) == []


def test_a_song_is_edited_in_a_real_editor_that_is_wrong_first(sit: Sit, tmp_path: Path) -> None:
    assert sit("song", "new", "Fern", "--no-interview", "--template", "ambient").gone() == 0
    pen = tmp_path / "my pen"
    pen.write_text(
        "#!/bin/sh\n"
        'if grep -q "^#! task" "$1"; then sed -i.bak "s/soon/45m/" "$1"; '
        'else sed -i.bak "s/budget = .15m./budget = \\"soon\\"/" "$1"; fi\n',
        "utf-8",
    )
    pen.chmod(0o755)
    one = sit("song", "edit", "fern", EDITOR=str(pen))
    one.see("the editor opens again, with a comment there")
    one.see("Fern: changed: 'Write three sentences on the place that this music is'")
    assert one.gone() == 0
