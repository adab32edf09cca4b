"""How each kind of news is called, and in which style."""

from __future__ import annotations

from collections.abc import Mapping

from bridge.app.demo_stage import Kind

LABELS: Mapping[Kind, tuple[str, str]] = {
    "press": ("midi in", "bold"), "fact": ("journal", "green"), "no": ("refused", "bold red"),
    "osc": ("osc", "cyan"), "reaper": ("reaper", "magenta"), "marker": ("marker", "bold magenta"),
    "lights": ("lights", "yellow"), "in": ("osc in", "bold"), "reply": ("answer", "cyan"),
    "answer": ("answer", "cyan"), "cable": ("cable", "bold"),
}  # fmt: skip
"""A word of at most eight characters, and rich's name of a style."""
