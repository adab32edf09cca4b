"""A song's title from the name of its file."""

from __future__ import annotations

import re

_ENDINGS = re.compile(r"\.(csv|txt|json|jsonl|als|rpp|rpp-bak|ics|toml|xml)$", re.IGNORECASE)


def stem(file: str) -> str:
    """Return the name of `file` without folders and ending; a path of any system is understood."""
    name = re.split(r"[/\\]", file)[-1]
    return _ENDINGS.sub("", name).strip() or "Untitled"
