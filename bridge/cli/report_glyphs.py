"""The signs with which a report is drawn, and what stands for them where a terminal has no such letters."""

from __future__ import annotations

from typing import Final

DRAWN: Final = "█▓▒░▚▞│┊─├┤●·…"
"""All of them."""

PLAIN: Final = str.maketrans(DRAWN, "#%=:x+|:-[]o.-")
"""One letter for each, so that columns stay where they are."""
