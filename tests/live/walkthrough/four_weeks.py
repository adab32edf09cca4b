"""The whole of it: four weeks, one after another, and the page's own words before them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from tests.live.walkthrough import week_1, week_2, week_3, week_4
from tests.live.walkthrough.story import Story

PAGE: Final = Path(__file__).parents[3] / "docs" / "walkthrough.md"

_HEAD: Final = """\
# Four weeks, from the first note to finished

Ada writes songs in the evening, after work. This is November, and one song, as it stood in her terminal.
The story is made up; nothing else is. Every command here is typed into the real program by
`python -m tests.live.walkthrough`, on a clock that is set from outside, and a test holds this page against
what the program says today, word for word. On the left stands the time.

Each of her commands could as well be a pad or an OSC message ([The method](method.md) says which). She
types, because a page can't show lights."""


@contextmanager
def played() -> Iterator[Story]:
    """Play all weeks, and give the story while its desk still stands.

    Its folder has a short name: a line that names a file is as long as that, and breaks where it is too long.
    """
    short = Path("/tmp")  # noqa: S108 - a fresh folder is made in it
    with ExitStack() as stack:
        made = tempfile.TemporaryDirectory(dir=short if short.is_dir() else None)
        story = Story(Path(stack.enter_context(made)), stack)
        story.head(_HEAD)
        for week in (week_1, week_2, week_3, week_4):
            week.play(story)
        yield story
