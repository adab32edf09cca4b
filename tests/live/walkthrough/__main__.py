"""`python -m tests.live.walkthrough`: play four weeks, and write docs/walkthrough.md anew."""

from __future__ import annotations

import sys

from tests.live.walkthrough.four_weeks import PAGE, played

if __name__ == "__main__":
    with played() as story:
        PAGE.write_text(story.page(), "utf-8")
    sys.stdout.write(f"{PAGE.name} was written anew\n")
